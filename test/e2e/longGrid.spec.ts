import { manyPhotos } from './album.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { expectPicture, grid, openWindow, photo, photos, resultTitle } from './window.ts';

const COUNT = 400;
/** More than this in the page at once would be all of them soon. */
const MOST_DRAWN = 150;

const tagroll = tagrollForFile(manyPhotos(COUNT));

test.beforeEach(({ page }) => openWindow(page, tagroll()));

test('only what is near the screen is drawn, and the end is one key away', async ({ page }) => {
  await expect(resultTitle(page)).toHaveText(`${COUNT} photos`);
  expect(await photos(page).count()).toBeLessThan(MOST_DRAWN);
  await grid(page).press('End');
  const last = photos(page).and(page.locator(`[aria-posinset="${COUNT}"]`));
  await expect(last).toBeInViewport();
  await expectPicture(last);
  expect(await photos(page).count()).toBeLessThan(MOST_DRAWN);
  await grid(page).press('Home');
  await expect(photos(page).and(page.locator('[aria-posinset="1"]'))).toBeInViewport();
  await grid(page).press('PageDown');
  await grid(page).press('PageDown');
  await expect(photos(page).and(page.locator('[aria-posinset="1"]'))).not.toBeInViewport();
});

test('the scroll bar tells the month and leads anywhere', async ({ page }) => {
  const bar = page.getByRole('scrollbar', { name: 'Position in the photos' });
  await expect(bar).toHaveAttribute('aria-valuetext', 'December 2015');
  const box = await bar.boundingBox();
  if (!box) throw new Error('The scroll bar is not on screen.');
  const x = box.x + box.width / 2;
  await page.mouse.move(x, box.y + box.height / 2);
  await page.mouse.down();
  await expect(bar).toHaveAttribute('aria-valuetext', /^(May|June) 2015$/);
  await page.mouse.move(x, box.y + box.height - 4, { steps: 8 });
  await page.mouse.up();
  await expect(bar).toHaveAttribute('aria-valuenow', '100');
  await expect(bar).toHaveAttribute('aria-valuetext', 'January 2015');
  const last = photos(page).and(page.locator(`[aria-posinset="${COUNT}"]`));
  await expectPicture(last);
});

test('the size changes without losing the place', async ({ page }) => {
  const first = photos(page).and(page.locator('[aria-posinset="1"]'));
  await first.hover();
  await page.mouse.wheel(0, 4000);
  await expect(first).not.toBeInViewport();
  await page.mouse.click(600, 450);
  const selected = grid(page).getByRole('option', { selected: true });
  await expect(selected).toHaveCount(1);
  const name = (await selected.getAttribute('aria-label'))?.split(',')[0] ?? '';
  for (const key of ['+', '+', '-', '-', '-', '-']) {
    await page.keyboard.press(key);
    await expect(photo(page, name)).toBeInViewport();
  }
});
