/** The window reopens where it was: another start, another port, another token. */
import type { BrowserContext, Page } from '@playwright/test';
import { manyPhotos } from './album.ts';
import { startDoor } from './door.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { expectStand, scrollDown } from './gridPlace.ts';
import { grid, openWindow, photo, photos, resultTitle, searchField, viewer } from './window.ts';

const COUNT = 400;
const tagroll = tagrollForFile(manyPhotos(COUNT));

async function keptView(): Promise<string> {
  const { settings } = await tagroll().tagroll<{ settings: { view: string } }>('settings');
  return settings.view;
}

/** Waits until the library has kept the view. */
async function expectKept(pattern: RegExp): Promise<void> {
  await expect.poll(keptView).toMatch(pattern);
}

async function keep(view: string): Promise<void> {
  await tagroll().tagroll('settings', 'view', JSON.stringify(view));
}

/** Opens a window as a start does: with an address that says nothing of a view. */
async function openAnew(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(tagroll().door.url);
  await expect(page.getByRole('main')).toBeVisible();
  return page;
}

test('search, order and place are there after another start', async ({ page, context }) => {
  await openWindow(page, tagroll());
  await searchField(page).fill('-month:3');
  await searchField(page).press('Enter');
  await page.getByRole('button', { name: /^Order/ }).click();
  await page.getByRole('menuitemcheckbox', { name: 'By name' }).click();
  await expect(photo(page, 'photo 001.jpg')).toBeInViewport();
  const stand = await scrollDown(page, 3000);
  await expectKept(/q=-month%3A3.*sort=name.*&at=\d+\.\d+\.-?\d+$/);
  const { port } = tagroll().door;
  await page.close();
  await tagroll().door.stop();
  tagroll().door = await startDoor(tagroll());
  expect(tagroll().door.port).not.toBe(port);
  const again = await openAnew(context);
  await expect(resultTitle(again)).toHaveText('364 photos');
  await expectStand(again, stand);
  expect(again.url()).toMatch(/#\/photos\?q=-month%3A3&lens=50&zoom=2&sort=name&ascending=1$/);
});

test('what was shown last is kept when the window goes at once', async ({ page }) => {
  await openWindow(page, tagroll());
  await page.evaluate(() => {
    window.location.hash = '#/photos?q=name%3A*7.jpg';
  });
  await page.goto('about:blank');
  await expectKept(/name/);
});

test('a search with a mistake is there again, with what is wrong', async ({ context, page }) => {
  await keep('#/photos?q=tag%3Aa+(&lens=50&zoom=2');
  await page.close();
  const again = await openAnew(context);
  await expect(again).toHaveURL(/q=tag/);
  await expect(again.getByRole('main')).toContainText('This search is not understood');
});

test('an address of its own wins', async ({ page }) => {
  await keep('#/photos?q=month%3A3&at=3.40.5');
  await openWindow(page, tagroll());
  await expect(resultTitle(page)).toHaveText(`${COUNT} photos`);
  await expect(photos(page).and(page.locator('[aria-posinset="1"]'))).toBeInViewport();
});

test('the viewer opens again; without its photo the photos are there', async ({
  page,
  context,
}) => {
  await openWindow(page, tagroll());
  const id = Number(await photos(page).nth(2).getAttribute('data-photo-id'));
  const name = (await photos(page).nth(2).getAttribute('aria-label'))?.split(',')[0] ?? '';
  await page.close();
  await keep(`#/photos?photo=${id}`);
  const there = await openAnew(context);
  await expect(viewer(there)).toHaveAccessibleName(name);
  await there.keyboard.press('Escape');
  await expect(photo(there, name)).toBeInViewport();
  await there.close();
  await keep('#/photos?photo=999999&at=999999.380.10');
  const gone = await openAnew(context);
  await expect(grid(gone)).toBeVisible();
  await expect(viewer(gone)).toBeHidden();
  // Beside where the photo was, not at the top.
  await expect(photos(gone).and(gone.locator('[aria-posinset="381"]'))).toBeInViewport();
  expect(gone.url()).not.toContain('photo=');
});
