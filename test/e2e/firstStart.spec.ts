import { ALBUM, ALBUM_NAMES, writeAlbum } from './album.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import {
  expectPhotos,
  expectPicture,
  grid,
  photo,
  resultTitle,
  statusLine,
  tabTo,
  viewer,
} from './window.ts';

const tagroll = tagrollForFile();

test('a person adds a folder by keyboard and sees the photos appear', async ({ page }) => {
  const { door, photosPath } = tagroll();
  await writeAlbum(photosPath);
  await page.goto(door.url);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Find any photo by what is in it',
  );
  // The token has been exchanged for a cookie: it must not stay in the address.
  expect(page.url()).not.toContain('token');

  await tabTo(page, page.getByRole('button', { name: 'Add a folder of photos' }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Add a folder' });
  await expect(dialog).toBeVisible();
  const folders = dialog.getByRole('list', { name: /^Folders in / });
  const target = folders.getByRole('button', { name: 'Photos', exact: true });
  await expect(target).toBeVisible();
  await tabTo(page, target);
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('textbox', { name: 'Folder path' })).toHaveValue(photosPath);
  // The keyboard stays in the list, on the first folder inside.
  await expect(folders.getByRole('button').first()).toBeFocused();
  await tabTo(page, dialog.getByRole('button', { name: 'Add a folder' }));
  await page.keyboard.press('Enter');

  await expect(dialog).toBeHidden();
  await expect(grid(page)).toBeVisible();
  await expectPhotos(page, ALBUM_NAMES);
  for (const name of ['snow.jpg', 'sea.jpg', 'valley.png', 'letter.webp', 'lake.tiff']) {
    await expectPicture(photo(page, name));
  }
  await expect(resultTitle(page)).toHaveText(`${ALBUM.length} photos`);
  await expect(statusLine(page)).toContainText(`${ALBUM.length} photos, up to date`);
});

test('the photos are there again when the window is opened again', async ({ page }) => {
  await page.goto(tagroll().door.url);
  await expectPhotos(page, ALBUM_NAMES);
  await photo(page, 'rose.jpg').dblclick();
  await expect(viewer(page)).toBeVisible();
  await expect(viewer(page).getByText('upright')).toBeVisible();
});
