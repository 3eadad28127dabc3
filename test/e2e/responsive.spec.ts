import type { Page } from '@playwright/test';
import { ALBUM, ALBUM_NAMES } from './album.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import {
  expectPhotos,
  grid,
  openWindow,
  photo,
  photos,
  searchField,
  tagRow,
  viewer,
} from './window.ts';

const tagroll = tagrollForFile(ALBUM);

/** Nothing may stand out of the window sideways. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const widths = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    body: document.body.scrollWidth,
    window: window.innerWidth,
  }));
  expect(widths.content).toBeLessThanOrEqual(widths.window);
  expect(widths.body).toBeLessThanOrEqual(widths.window);
  const outside = await page.evaluate(() =>
    [...document.querySelectorAll('button, input, [role="slider"], h1')]
      .filter((element) => element.checkVisibility())
      .filter((element) => {
        const { right, left, width } = element.getBoundingClientRect();
        // What lies in a part that scrolls by itself, such as the chips, may.
        const scrolls = element.closest('search, nav') !== null;
        return width > 0 && !scrolls && (right > window.innerWidth + 1 || left < -1);
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  );
  expect(outside).toEqual([]);
}

for (const [width, height] of [
  [900, 600],
  [700, 600],
  [500, 600],
] as const) {
  test(`everything has its place at ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await openWindow(page, tagroll());
    await expectNoSidewaysScroll(page);
    await expect(searchField(page)).toBeVisible();
    await expect(page.getByRole('slider', { name: 'Confidence lens' })).toBeVisible();
    await searchField(page).fill('tag:wide tag:vivid camera:fujifilm from:2018 -tag:dark');
    await searchField(page).press('Enter');
    await expect(photos(page)).toHaveCount(3);
    await expectNoSidewaysScroll(page);
    await photo(page, 'sea.jpg').click();
    await page.keyboard.press('i');
    await expect(page.getByRole('complementary', { name: 'Details' })).toBeVisible();
    await expectNoSidewaysScroll(page);
    await page.keyboard.press('i');
    await photo(page, 'sea.jpg').dblclick();
    await expect(viewer(page).getByRole('button', { name: 'Close' })).toBeInViewport();
    await expect(viewer(page).getByRole('button', { name: 'Side panel' })).toBeInViewport();
    await expectNoSidewaysScroll(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+,');
    await expect(page.getByRole('dialog').getByRole('button', { name: 'Close' })).toBeInViewport();
    await expectNoSidewaysScroll(page);
  });
}

test('a narrow window has icons and a drawer instead of the library pane', async ({ page }) => {
  await page.setViewportSize({ width: 700, height: 600 });
  await openWindow(page, tagroll());
  await expect(tagRow(page, 'blue')).toBeHidden();
  const rail = page.getByRole('navigation', { name: 'Library' }).first();
  await rail.getByRole('button', { name: 'Tags' }).click();
  await tagRow(page, 'blue').click();
  await expectPhotos(page, ['harbour.jpg', 'sea.jpg', '海边.jpg']);
  await page.keyboard.press('Escape');
  await expect(tagRow(page, 'blue')).toBeHidden();
  await rail.getByRole('button', { name: 'All photos' }).click();
  await expect(photo(page, 'rose.jpg')).toBeVisible();
  // Choosing a view closes the drawer.
  await rail.getByRole('button', { name: 'Folders' }).click();
  await page.getByRole('treeitem', { name: /^Photos/ }).click();
  await expect(page.getByRole('treeitem', { name: /^Photos/ })).toBeHidden();

  // With room again the pane is back.
  await page.setViewportSize({ width: 1200, height: 800 });
  await expect(tagRow(page, 'blue')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expectPhotos(page, ALBUM_NAMES);
});

test('the library pane is made wider and narrower, and stays so', async ({ page }) => {
  await openWindow(page, tagroll());
  const edge = page.getByRole('separator', { name: 'Width of the library pane' });
  await edge.focus();
  await page.keyboard.press('End');
  await expect(edge).toHaveAttribute('aria-valuenow', '360');
  const left = (await grid(page).boundingBox())?.x ?? 0;
  const box = await edge.boundingBox();
  if (!box) throw new Error('The edge is not on screen.');
  await page.mouse.move(box.x + box.width / 2, 300);
  await page.mouse.down();
  await page.mouse.move(box.x - 100, 300, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => (await grid(page).boundingBox())?.x ?? 0).toBeLessThan(left - 80);
  const width = await edge.getAttribute('aria-valuenow');
  await expect
    .poll(async () => {
      const { settings } = await tagroll().tagroll<{ settings: Record<string, unknown> }>(
        'settings',
      );
      return String(settings['sidebarWidth']);
    })
    .toBe(width);
  await page.reload();
  await expect(edge).toHaveAttribute('aria-valuenow', width ?? '');
});
