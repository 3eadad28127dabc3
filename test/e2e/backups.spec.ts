import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ALBUM } from './album.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { openWindow, sidebar, tagRow } from './window.ts';

const tagroll = tagrollForFile(ALBUM);

test('a backup is made by hand, and puts back what was there then', async ({ page, faults }) => {
  faults.allow(/WebSocket|ERR_/);
  const place = tagroll();
  await openWindow(page, place);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'Backups' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Backups' });
  await expect(panel).toContainText(place.libraryPath);
  await panel.getByRole('button', { name: 'Back up now' }).click();
  const rows = panel.getByRole('listitem');
  await expect(rows.filter({ hasText: 'Made by you' })).toHaveCount(1);
  await expect(rows.first()).toContainText(`${ALBUM.length} photos`);
  await page.keyboard.press('Escape');

  await place.tagroll('label', 'add', 'after the backup', '--query', '');
  await expect(tagRow(page, 'after the backup')).toBeVisible();

  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'Backups' }).click();
  await rows
    .filter({ hasText: 'Made by you' })
    .getByRole('button', { name: /^Restore the backup of/ })
    .click();
  const question = page.getByRole('dialog', { name: /^Restore the backup of/ });
  await expect(question).toContainText('becomes a backup of its own');
  await question.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(question).toBeHidden();
  await expect(rows.filter({ hasText: 'Before a restore' })).toHaveCount(1, { timeout: 30_000 });
  await page.keyboard.press('Escape');
  await expect(sidebar(page)).toBeVisible();
  await expect(tagRow(page, 'after the backup')).toHaveCount(0);
  const files = await readdir(join(place.libraryPath, 'backups'));
  expect(files.filter((name) => name.includes('-replaced-'))).toHaveLength(1);
});

test('the question before a restore can be left by keyboard, back to its button', async ({
  page,
}) => {
  await openWindow(page, tagroll());
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'Backups' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Backups' })).toContainText('Backups lie in');
  const buttons = page.getByRole('button', { name: /^Restore the backup of/ });
  const before = await buttons.count();
  await page.getByRole('button', { name: 'Back up now' }).click();
  // The newest one comes first.
  await expect(buttons).toHaveCount(before + 1);
  const restore = buttons.first();
  await restore.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: /^Restore the backup of/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(restore).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Settings' })).toBeFocused();
});
