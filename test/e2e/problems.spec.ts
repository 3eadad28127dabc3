import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { picture } from '../helpers/pictures.ts';
import { ALBUM } from './album.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { expectPicture, openWindow, photo, sidebar, statusLine, toasts, viewer } from './window.ts';

const tagroll = tagrollForFile(ALBUM);

/** Drawings are listed, never drawn. */
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>';

test('files that cannot be read are listed with their reason and read again', async ({ page }) => {
  const { photosPath, tagroll: run } = tagroll();
  const whole = await picture({ seed: 80, width: 1200, height: 900 });
  const cut = join(photosPath, 'Scans', 'cut off.jpg');
  await writeFile(cut, whole.subarray(0, Math.floor(whole.length * 0.4)));
  await writeFile(join(photosPath, 'Scans', 'drawing.svg'), SVG);
  await writeFile(join(photosPath, 'Scans', 'nothing.png'), '');
  await writeFile(
    join(photosPath, 'Scans', 'letter.jpeg'),
    'Dear reader, this is no picture.\n'.repeat(50),
  );
  await run('index');

  await openWindow(page, tagroll());
  await statusLine(page).getByRole('button', { name: '4 problems' }).click();
  const main = page.getByRole('main');
  await expect(main.getByRole('heading', { level: 1 })).toHaveText(
    '4 photos cannot be shown, or only in part',
  );
  const sections: readonly (readonly [title: string, next: string, file: string])[] = [
    ['1 photo is damaged', 'Restore it from a backup', 'cut off.jpg'],
    ['1 file is empty', 'Copy the file again', 'nothing.png'],
    ['1 file is not a picture', 'the content does not', 'letter.jpeg'],
    ['1 file cannot be shown yet', 'nothing to do', 'drawing.svg'],
  ];
  for (const [title, next, file] of sections) {
    const section = main.getByRole('region', { name: title });
    await expect(section).toContainText(next);
    await expect(section.getByRole('listitem')).toContainText(join(photosPath, 'Scans', file));
  }
  const unsupported = main.getByRole('region', { name: /cannot be shown yet/ });
  await expect(unsupported.getByRole('button', { name: 'Try again' })).toBeHidden();

  // Reading a file again that is still damaged keeps it here.
  const damaged = main.getByRole('region', { name: 'is damaged' });
  await damaged.getByRole('button', { name: 'Try again' }).click();
  await expect(toasts(page)).toContainText('1 photo is read again');
  await expect(damaged).toBeVisible();
  // A repaired one leaves by itself.
  await writeFile(cut, whole);
  await expect(damaged).toBeHidden();
  await expect(main.getByRole('heading', { level: 1 })).toHaveText(
    '3 photos cannot be shown, or only in part',
  );
  await sidebar(page)
    .getByRole('button', { name: /^All photos/ })
    .click();
  await expect(photo(page, 'cut off.jpg')).not.toHaveAccessibleName(/could not be read/);

  // In the grid and the viewer the file is there, with its reason.
  await photo(page, 'nothing.png').scrollIntoViewIfNeeded();
  await expect(photo(page, 'nothing.png')).toHaveAccessibleName(/could not be read/);
  await expect(photo(page, 'drawing.svg')).toHaveAccessibleName(/no picture yet/);
  await photo(page, 'nothing.png').dblclick();
  await expect(viewer(page).getByRole('status').first()).toContainText('The file is empty');
  // Nothing was done to the files.
  expect(await readFile(cut)).toEqual(whole);
});

test('the reason leaves free what could be saved of a photo, and says what to do', async ({
  page,
}) => {
  const { photosPath, tagroll: run } = tagroll();
  const whole = await picture({ seed: 81, width: 1200, height: 900 });
  await writeFile(
    join(photosPath, 'Scans', 'half.jpg'),
    whole.subarray(0, Math.floor(whole.length / 2)),
  );
  await writeFile(join(photosPath, 'Scans', 'plan.svg'), SVG);
  await run('index');

  await openWindow(page, tagroll());
  await photo(page, 'half.jpg').scrollIntoViewIfNeeded();
  await expectPicture(photo(page, 'half.jpg'));
  await photo(page, 'half.jpg').dblclick();
  const reason = viewer(page).getByRole('status').filter({ hasText: 'is damaged' });
  await expect(reason).toBeVisible();
  const box = await reason.boundingBox();
  const window = page.viewportSize();
  expect(box?.y).toBeGreaterThan((window?.height ?? 0) * 0.85);
  expect(box?.height).toBeLessThan(60);
  await page.keyboard.press('Escape');

  await photo(page, 'plan.svg').dblclick();
  await expect(viewer(page).getByRole('status')).toContainText('Export it as PNG');
});
