/** The window's own folder picker at a share that does not answer. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type HangingFolder, hangFolder } from '../faults/hangingFolder.ts';
import { ALBUM } from './album.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { expectPicture, openWindow, photo, sidebar } from './window.ts';

const tagroll = tagrollForFile(ALBUM.slice(0, 3));

let hanging: HangingFolder | null = null;
test.afterEach(() => {
  hanging?.release();
  hanging = null;
});

test('a share that hangs is named with the reason, and the picker goes on', async ({ page }) => {
  const { homePath } = tagroll();
  const share = join(homePath, 'Share');
  mkdirSync(share);
  hanging = hangFolder(share);
  test.skip(!hanging, 'nothing can be made to hang here: it needs Linux, root and FUSE');
  await openWindow(page, tagroll());
  await sidebar(page).getByRole('button', { name: 'Add a folder' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a folder' });
  const list = dialog.getByRole('list', { name: /^Folders in / });
  await list.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(dialog.getByRole('status')).toHaveText(`Waiting for ${share} to answer…`);
  await expect(dialog.getByRole('button', { name: 'Add a folder' })).toBeDisabled();
  await expect(dialog.getByRole('alert')).toHaveText(
    `The folder ${share} does not answer. Check the connection to its network or drive, then try again.`,
  );
  // The way there is still there to go back by.
  const way = dialog.getByRole('navigation').getByRole('button');
  await expect(way.last()).toHaveText('Share');
  await way.nth(-2).click();
  await expect(dialog.getByRole('alert')).toBeHidden();
  await expect(list.getByRole('button', { name: 'Photos', exact: true })).toBeVisible();

  hanging?.release();
  await expect(async () => {
    await list.getByRole('button', { name: 'Share', exact: true }).click();
    await expect(dialog.getByRole('textbox')).toHaveValue(share, { timeout: 1000 });
  }).toPass();
  await expect(dialog.getByRole('button', { name: 'Add a folder' })).toBeEnabled();
  await page.keyboard.press('Escape');
  await expectPicture(photo(page, 'snow.jpg'));
});
