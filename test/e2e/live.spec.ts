import { appendFile, readFile, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writePicture } from '../helpers/pictures.ts';
import { ALBUM, ALBUM_NAMES } from './album.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import {
  expectPhotos,
  expectPicture,
  openWindow,
  photo,
  resultTitle,
  tagRow,
  viewer,
} from './window.ts';

const tagroll = tagrollForFile(ALBUM);

/** Marks the page, so that a reload cannot go unnoticed. */
async function mark(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => document.documentElement.setAttribute('data-marked', ''));
  return async () => {
    await expect(page.locator('html[data-marked]')).toHaveCount(1);
  };
}

const nowSeconds = (): number => Date.now() / 1000;

test('what happens in the folder is seen by itself', async ({ page }) => {
  const { photosPath, tagroll: run } = tagroll();
  await openWindow(page, tagroll());
  const expectNoReload = await mark(page);

  // A new photo in a new folder.
  await writePicture(photosPath, '2022 Neu/new.jpg', {
    seed: 50,
    ground: 'hsl(290 70% 40%)',
    takenAt: '2021:05:08 18:00:00',
    modifiedAt: nowSeconds(),
  });
  await expectPhotos(page, [...ALBUM_NAMES, 'new.jpg']);
  await expectPicture(photo(page, 'new.jpg'));
  await expect(resultTitle(page)).toHaveText('13 photos');
  const filter = page.getByRole('textbox', { name: 'Filter tags' });
  await filter.fill('purple');
  await expect(tagRow(page, 'purple')).toContainText('1');
  await filter.fill('');

  // A rename keeps what the person did.
  await photo(page, 'sea.jpg').click();
  await page.keyboard.press('f');
  await expect(photo(page, 'sea.jpg')).toHaveAccessibleName(/favourite/);
  await run('label', 'add', 'holiday', '--query', 'name:sea.jpg');
  await expect(tagRow(page, 'holiday')).toBeVisible();
  const before = await photo(page, 'sea.jpg').getAttribute('data-photo-id');
  await rename(
    join(photosPath, '2019 Qingdao 青岛', 'sea.jpg'),
    join(photosPath, 'Scans', 'ocean.jpg'),
  );
  await expect(photo(page, 'ocean.jpg')).toHaveAccessibleName(/favourite/);
  await expect(photo(page, 'sea.jpg')).toBeHidden();
  await expect(photo(page, 'ocean.jpg')).toHaveAttribute('data-photo-id', before ?? '');
  await expect(tagRow(page, 'holiday')).toContainText('1');
  await expect(resultTitle(page)).toHaveText('13 photos');

  // An edit in place: another picture, other tags, and the person's own ones stay.
  const address = await photo(page, 'ocean.jpg').locator('img').first().getAttribute('src');
  const path = await writePicture(photosPath, 'Scans/ocean.jpg', {
    seed: 60,
    ground: 'hsl(285 70% 42%)',
    takenAt: '2019:07:14 10:15:03',
  });
  await utimes(path, nowSeconds(), nowSeconds());
  await expect(photo(page, 'ocean.jpg').locator('img').first()).not.toHaveAttribute(
    'src',
    address ?? '',
  );
  await expectPicture(photo(page, 'ocean.jpg'));
  await tagRow(page, 'holiday').click();
  await expectPhotos(page, ['ocean.jpg']);
  await expect(tagRow(page, 'purple')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the search' }).click();

  // A file that was deleted stays listed as missing, with what is known of it.
  await rm(join(photosPath, 'Scans', 'ocean.jpg'));
  await expect(photo(page, 'ocean.jpg')).toHaveAccessibleName(/file is missing/);
  await expect(photo(page, 'ocean.jpg')).toHaveAccessibleName(/favourite/);
  await expectNoReload();
});

test('the viewer follows too', async ({ page }) => {
  const { photosPath } = tagroll();
  await openWindow(page, tagroll());
  await photo(page, 'rose.jpg').dblclick();
  await expect(viewer(page)).toHaveAccessibleName('rose.jpg');
  await rename(
    join(photosPath, '2021 Garden', 'rose.jpg'),
    join(photosPath, '2021 Garden', 'Rose 玫瑰.jpg'),
  );
  await expect(viewer(page)).toHaveAccessibleName('Rose 玫瑰.jpg');
  await expect(viewer(page).getByText(join('2021 Garden', 'Rose 玫瑰.jpg'))).toBeVisible();
});

test('a file that is still being written is waited for', async ({ page }) => {
  const { photosPath } = tagroll();
  await openWindow(page, tagroll());
  const whole = await writePicture(photosPath, '../whole.jpg', {
    seed: 70,
    width: 900,
    height: 600,
    takenAt: '2021:05:08 19:00:00',
  });
  const bytes = await readFile(whole);
  const path = join(photosPath, 'growing.jpg');
  for (let start = 0; start < bytes.length; start += Math.ceil(bytes.length / 8)) {
    await appendFile(path, bytes.subarray(start, start + Math.ceil(bytes.length / 8)));
    await page.waitForTimeout(150);
  }
  await expectPicture(photo(page, 'growing.jpg'));
  await expect(photo(page, 'growing.jpg')).not.toHaveAccessibleName(/could not be read/);
});
