import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ALBUM, ALBUM_NAMES } from './album.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import {
  expectPhotos,
  expectPicture,
  openWindow,
  photo,
  sidebar,
  tagRow,
  toasts,
  viewer,
} from './window.ts';

const tagroll = tagrollForFile(ALBUM);

test('a folder that goes away and comes back loses nothing', async ({ page, faults }) => {
  test.skip(process.platform === 'win32', 'Windows does not rename a folder that is watched');
  // Previews of photos that are away cannot be made.
  faults.allow(/status of 422/);
  const { photosPath, tagroll: run } = tagroll();
  const awayPath = `${photosPath} unplugged`;
  await run('label', 'add', 'holiday', '--query', 'tag:blue');
  await openWindow(page, tagroll());
  await photo(page, 'rose.jpg').click();
  await page.keyboard.press('f');
  await expect(photo(page, 'rose.jpg')).toHaveAccessibleName(/favourite/);
  await expectPicture(photo(page, 'rose.jpg'));

  await rename(photosPath, awayPath);
  const root = sidebar(page).getByRole('treeitem', { name: /^Photos/ });
  await expect(root.getByRole('img', { name: 'Not connected' })).toBeVisible();
  await expect(toasts(page)).toContainText(`${photosPath} is not connected`);
  await expectPhotos(page, ALBUM_NAMES);
  await expect(photo(page, 'rose.jpg')).toHaveAccessibleName(/offline, favourite/);
  await expectPicture(photo(page, 'rose.jpg'));
  const opacity = await photo(page, 'rose.jpg')
    .locator('img')
    .first()
    .evaluate((image) => Number(getComputedStyle(image.parentElement ?? image).opacity));
  expect(opacity).toBeCloseTo(0.55);
  // Tags still find what is away, and its picture can be looked at.
  await tagRow(page, 'holiday').click();
  await expectPhotos(page, ['harbour.jpg', 'sea.jpg', '海边.jpg']);
  await photo(page, 'sea.jpg').dblclick();
  await expect(viewer(page)).toContainText('The disk of this photo is not connected');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear the search' }).click();

  await rename(awayPath, photosPath);
  await root.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Look for changes' }).click();
  await expect(root.getByRole('img', { name: 'Not connected' })).toBeHidden();
  await expectPhotos(page, ALBUM_NAMES);
  await expect(photo(page, 'rose.jpg')).not.toHaveAccessibleName(/offline/);
  await expect(photo(page, 'rose.jpg')).toHaveAccessibleName(/favourite/);
  await expect(tagRow(page, 'holiday')).toContainText('3');
});

test('problems of a folder that is away are neither counted nor denied', async ({ page }) => {
  test.skip(process.platform === 'win32', 'Windows does not rename a folder that is watched');
  const { photosPath, tagroll: run } = tagroll();
  const awayPath = `${photosPath} unplugged`;
  await writeFile(join(photosPath, 'empty.png'), '');
  await run('index');
  await openWindow(page, tagroll());
  const row = sidebar(page).getByRole('button', { name: /^Problems/ });
  await expect(row).toContainText('1');
  await row.click();
  const main = page.getByRole('main');
  await expect(main.getByRole('listitem')).toContainText('empty.png');

  await rename(photosPath, awayPath);
  await expect(main).toContainText('Every photo of the connected folders could be read.');
  await expect(row).toContainText('0');
  await rename(awayPath, photosPath);
  await run('index');
  await expect(main.getByRole('listitem')).toContainText('empty.png');
  await expect(row).toContainText('1');
});
