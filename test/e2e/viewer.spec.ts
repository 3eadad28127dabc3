import type { Page } from '@playwright/test';
import { ALBUM, type AlbumPhoto } from './album.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { grid, openWindow, photo, photos, viewer, viewerPanel } from './window.ts';

/** Larger than the preview, so that zooming in asks for the file itself. */
const LARGE: AlbumPhoto = {
  path: 'large.jpg',
  seed: 13,
  width: 3000,
  height: 2000,
  ground: 'hsl(130 60% 32%)',
  takenAt: '2021:05:08 20:00:00',
};

const tagroll = tagrollForFile([LARGE, ...ALBUM]);

test.beforeEach(({ page }) => openWindow(page, tagroll()));

/** The picture's place on screen. */
async function pictureBox(page: Page, name: string) {
  const box = await viewer(page).getByRole('img', { name, exact: true }).first().boundingBox();
  if (!box) throw new Error(`${name} is not on screen.`);
  return box;
}

test('opens at a photo, goes to its neighbours, and gives the focus back', async ({ page }) => {
  await photo(page, 'rose.jpg').dblclick();
  await expect(viewer(page)).toHaveAccessibleName('rose.jpg');
  await expect(viewer(page)).toContainText('4 of 13');
  await expect(viewer(page).getByRole('img', { name: 'rose.jpg' }).first()).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(viewer(page)).toHaveAccessibleName('tulip.jpg');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(viewer(page)).toHaveAccessibleName('leaf.jpg');
  await viewer(page).getByRole('button', { name: 'Next photo' }).click();
  await expect(viewer(page)).toHaveAccessibleName('rose.jpg');
  await page.keyboard.press('Home');
  await expect(viewer(page)).toHaveAccessibleName('large.jpg');
  await expect(viewer(page).getByRole('button', { name: 'Previous photo' })).toBeHidden();
  await page.keyboard.press('End');
  await expect(viewer(page)).toHaveAccessibleName('lake.tiff');
  await expect(viewer(page)).toContainText('13 of 13');
  await page.keyboard.press('Escape');
  await expect(viewer(page)).toBeHidden();
  await expect(grid(page)).toBeFocused();
  await expect(photo(page, 'lake.tiff')).toHaveAttribute('aria-selected', 'true');
});

test('the keyboard stays inside while it is open', async ({ page }) => {
  await photo(page, 'rose.jpg').dblclick();
  await expect(viewer(page)).toBeVisible();
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    await expect(viewer(page).locator(':focus')).toHaveCount(1);
  }
});

test('zooms by key, button and wheel, and pans no further than the picture', async ({ page }) => {
  const originals: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/media/original/')) originals.push(request.url());
  });
  await photo(page, 'large.jpg').dblclick();
  const fitted = await pictureBox(page, 'large.jpg');
  expect(fitted.width / fitted.height).toBeCloseTo(1.5, 1);
  expect(originals).toEqual([]);
  await page.keyboard.press('+');
  await expect
    .poll(async () => (await pictureBox(page, 'large.jpg')).width / fitted.width)
    .toBeCloseTo(1.5, 1);
  await page.keyboard.press('1');
  await expect(viewer(page)).toContainText('100%');
  await expect.poll(async () => (await pictureBox(page, 'large.jpg')).width).toBeCloseTo(3000, -1);
  await expect.poll(() => originals.length).toBeGreaterThan(0);

  const before = await pictureBox(page, 'large.jpg');
  const middle = { x: fitted.x + fitted.width / 2, y: fitted.y + fitted.height / 2 };
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.down();
  await page.mouse.move(middle.x + 120, middle.y - 80, { steps: 4 });
  await page.mouse.up();
  const panned = await pictureBox(page, 'large.jpg');
  expect(panned.x - before.x).toBeCloseTo(120, -1);
  expect(panned.y - before.y).toBeCloseTo(-80, -1);
  await page.mouse.down();
  await page.mouse.move(middle.x + 5000, middle.y, { steps: 4 });
  await page.mouse.up();
  // Its left edge comes no further in than the window's.
  expect((await pictureBox(page, 'large.jpg')).x).toBeLessThanOrEqual(1);

  await page.keyboard.press('0');
  await expect
    .poll(async () => (await pictureBox(page, 'large.jpg')).width)
    .toBeCloseTo(fitted.width, 0);
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.wheel(0, -300);
  await expect
    .poll(async () => (await pictureBox(page, 'large.jpg')).width)
    .toBeGreaterThan(fitted.width * 1.3);
  await viewer(page).getByRole('button', { name: 'Fit to the window' }).click();
  await viewer(page).getByRole('button', { name: 'Zoom in' }).click();
  await expect
    .poll(async () => (await pictureBox(page, 'large.jpg')).width / fitted.width)
    .toBeCloseTo(1.5, 1);
});

test('the side panel tells what is known of the photo', async ({ page }) => {
  await photo(page, 'sea.jpg').dblclick();
  const panel = viewerPanel(page);
  await expect(panel).toBeVisible();
  const blue = panel.getByRole('listitem').filter({ hasText: 'blue' });
  await expect(blue).toContainText('蓝');
  await expect(blue.getByRole('img', { name: 'Confidence 100' })).toBeVisible();
  await expect(blue.getByRole('img', { name: /^Found on this computer/ })).toBeVisible();
  await expect(panel).toContainText('Fujifilm X-T3');
  await expect(panel).toContainText('14 July 2019');
  await expect(panel).toContainText('From the camera');
  await expect(panel).toContainText('320 × 240');
  await expect(panel).toContainText('2019 Qingdao 青岛');
  await expect(panel.getByRole('button', { name: 'Show in folder' })).toBeVisible();
  await page.keyboard.press('i');
  await expect(panel).toBeHidden();
  await viewer(page).getByRole('button', { name: 'Side panel' }).click();
  await expect(panel).toBeVisible();
  await panel.getByRole('button', { name: 'Find photos with “blue”' }).click();
  await expect(viewer(page)).toBeHidden();
  await expect(page.getByRole('button', { name: 'Edit blue' })).toBeVisible();
  await expect(photos(page)).toHaveCount(3);
});

test('space is a quick look, and enter makes it the full viewer', async ({ page }) => {
  await photo(page, 'sea.jpg').click();
  await page.keyboard.press('Space');
  await expect(viewer(page)).toBeVisible();
  await expect(viewerPanel(page)).toBeHidden();
  await page.keyboard.press('Space');
  await expect(viewer(page)).toBeHidden();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(viewerPanel(page)).toBeVisible();
  await page.goBack();
  await expect(viewer(page)).toBeHidden();
});
