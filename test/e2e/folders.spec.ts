import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from '@playwright/test';
import { writePicture } from '../helpers/pictures.ts';
import { ALBUM, ALBUM_NAMES } from './album.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { expectPhotos, openWindow, photo, photos, sidebar, statusLine, toasts } from './window.ts';

const tagroll = tagrollForFile(ALBUM);

type Answer = { readonly total: number };

async function openMenu(page: Page): Promise<void> {
  await sidebar(page)
    .getByRole('treeitem', { name: /^Photos/ })
    .click({ button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
}

/** Adds a folder by its path. */
async function addFolder(page: Page, path: string) {
  const dialog = page.getByRole('dialog', { name: 'Add a folder' });
  const field = dialog.getByRole('textbox', { name: 'Folder path' });
  await expect(field).not.toHaveValue('');
  await field.fill(path);
  await field.press('Enter');
  await expect(dialog.getByRole('navigation').getByRole('button').last()).toHaveText(
    basename(path),
  );
  await dialog.getByRole('button', { name: 'Add a folder' }).click();
  return dialog;
}

test('a folder inside a folder of the library is refused with the reason', async ({ page }) => {
  const { photosPath, homePath } = tagroll();
  await openWindow(page, tagroll());
  await sidebar(page).getByRole('button', { name: 'Add a folder' }).click();
  const inside = join(photosPath, 'Scans');
  const dialog = await addFolder(page, inside);
  await expect(dialog.getByRole('alert')).toContainText(
    `${inside} is inside a folder of the library`,
  );
  await addFolder(page, homePath);
  await expect(dialog.getByRole('alert')).toContainText(homePath);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('treeitem')).toHaveCount(1);
});

test('the folder browser walks by mouse, shows hidden folders, and says what is not there', async ({
  page,
}) => {
  const { homePath } = tagroll();
  await openWindow(page, tagroll());
  await sidebar(page).getByRole('button', { name: 'Add a folder' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a folder' });
  const path = dialog.getByRole('textbox', { name: 'Folder path' });
  const list = dialog.getByRole('list', { name: /^Folders in / });
  await expect(path).toHaveValue(homePath);
  await expect(list.getByRole('button', { name: '.library' })).toBeHidden();
  await dialog.getByRole('checkbox', { name: 'Show hidden folders' }).click();
  await expect(list.getByRole('button', { name: '.library' })).toBeVisible();
  await list.getByRole('button', { name: 'Photos', exact: true }).click();
  await list.getByRole('button', { name: '2019 Qingdao 青岛' }).click();
  await expect(dialog).toContainText('There are no folders in here');
  await dialog.getByRole('button', { name: 'Parent folder' }).click();
  await expect(list.getByRole('button', { name: 'Scans' })).toBeVisible();
  await path.fill(join(homePath, 'nothing here'));
  await path.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('does not exist');
  await expect(dialog.getByRole('button', { name: 'Add a folder' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Home folder' }).click();
  await expect(path).toHaveValue(homePath);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('a paused folder is left alone until it goes on', async ({ page }) => {
  const { photosPath } = tagroll();
  await openWindow(page, tagroll());
  await openMenu(page);
  await page.getByRole('menuitem', { name: 'Pause' }).click();
  const root = sidebar(page).getByRole('treeitem', { name: /^Photos/ });
  await expect(root.getByRole('img', { name: 'Paused' })).toBeVisible();
  await expectPhotos(page, ALBUM_NAMES);
  await writePicture(photosPath, 'while paused.jpg', { seed: 90, takenAt: '2021:05:08 17:00:00' });
  await page.waitForTimeout(1500);
  await expect(photo(page, 'while paused.jpg')).toBeHidden();
  await openMenu(page);
  await page.getByRole('menuitem', { name: 'Continue' }).click();
  await expect(root.getByRole('img', { name: 'Paused' })).toBeHidden();
  await expect(photo(page, 'while paused.jpg')).toBeVisible();
});

test('a removed folder comes back with its tags, a forgotten one without', async ({ page }) => {
  const { photosPath, tagroll: run } = tagroll();
  await run('label', 'add', 'holiday', '--query', 'tag:blue');
  await openWindow(page, tagroll());
  const total = await photos(page).count();
  await openMenu(page);
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove this folder' });
  await expect(dialog).toContainText(`${photosPath} holds ${total} photos`);
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  // It was the only one: everything begins again.
  await expect(page.getByRole('button', { name: 'Add a folder of photos' })).toBeVisible();
  expect(existsSync(join(photosPath, '2019 Qingdao 青岛', 'sea.jpg'))).toBe(true);
  await toasts(page).getByRole('button', { name: 'Undo' }).click();
  await expect(photos(page)).toHaveCount(total);
  await expect.poll(async () => (await run<Answer>('search', 'tag:holiday')).total).toBe(3);

  await openMenu(page);
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await dialog.getByRole('checkbox', { name: /^Also forget/ }).click();
  await dialog.getByRole('button', { name: 'Remove and forget' }).click();
  const start = page.getByRole('button', { name: 'Add a folder of photos' });
  await expect(start).toBeVisible();
  await expect(toasts(page).getByRole('button', { name: 'Undo' })).toBeHidden();
  expect(existsSync(join(photosPath, '2019 Qingdao 青岛', 'sea.jpg'))).toBe(true);
  await start.click();
  await addFolder(page, photosPath);
  await expect(photos(page)).toHaveCount(total);
  await expect(statusLine(page)).toContainText('up to date');
  expect((await run<Answer>('search', 'tag:holiday')).total).toBe(0);
});
