import type { Page } from '@playwright/test';
import { ALBUM } from './album.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { openWindow, photo, viewer } from './window.ts';

const tagroll = tagrollForFile(ALBUM);

/** 0 black to 255 white, of what is behind the page. */
function brightness(page: Page, selector: string): Promise<number> {
  return page.locator(selector).evaluate((element) => {
    const canvas = document.createElement('canvas').getContext('2d');
    if (!canvas) throw new Error('No canvas.');
    canvas.fillStyle = getComputedStyle(element).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return (red + green + blue) / 3;
  });
}

async function choose(page: Page, name: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+,');
  const group = page.getByRole('radiogroup', { name: 'Appearance' });
  await group.getByRole('radio', { name }).click();
  await expect(group.getByRole('radio', { name })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
}

test('light and dark are chosen and kept', async ({ page }) => {
  await openWindow(page, tagroll());
  await choose(page, 'Dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await brightness(page, 'body')).toBeLessThan(60);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await choose(page, 'Light');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  expect(await brightness(page, 'body')).toBeGreaterThan(200);
  // A chosen theme does not follow the system.
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});

test('the system is followed as it changes', async ({ page }) => {
  await tagroll().tagroll('settings', 'theme', 'system');
  await openWindow(page, tagroll());
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await brightness(page, 'body')).toBeLessThan(60);
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});

test('photos are looked at on near black in both', async ({ page }) => {
  await openWindow(page, tagroll());
  await photo(page, 'snow.jpg').dblclick();
  await expect(viewer(page)).toBeVisible();
  expect(await brightness(page, '[role="dialog"][data-theme="dark"]')).toBeLessThan(40);
});
