import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { picture } from '../helpers/pictures.ts';
import { nefFile } from '../helpers/rawFile.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { expectPhotos, expectPicture, openWindow, photo, searchField, viewer } from './window.ts';

const tagroll = tagrollForFile();
const LONG_AGO = new Date('2020-06-01T12:00:00Z');

test.beforeAll(async () => {
  const { photosPath, tagroll: run } = tagroll();
  const folder = join(photosPath, 'camera');
  await mkdir(folder, { recursive: true });
  const put = async (name: string, bytes: Buffer | string): Promise<void> => {
    await writeFile(join(folder, name), bytes);
    await utimes(join(folder, name), LONG_AGO, LONG_AGO);
  };
  const preview = await picture({ seed: 3, width: 1200, height: 800 });
  const raw = { width: 1216, height: 810, sensorBytes: 60_000, jpegs: [preview] };
  await put('DSC_1.JPG', await picture({ seed: 1, takenAt: '2021:05:08 16:30:00' }));
  await put('DSC_1.NEF', nefFile({ ...raw, takenAt: '2021:05:08 16:30:00' }));
  await put('DSC_1.NEF.xmp', '<x:xmpmeta/>');
  await put('DSC_1.MOV', 'a film');
  await put('DSC_2.NEF', nefFile({ ...raw, orientation: 6, takenAt: '2021:05:08 15:00:00' }));
  await run('index', photosPath);
});

test('RAW and JPEG of one shot are one photo, with the files that belong to it', async ({
  page,
}) => {
  await openWindow(page, tagroll());
  await expectPhotos(page, ['DSC_1.JPG', 'DSC_2.NEF']);
  const front = photo(page, 'DSC_1.JPG');
  await expect(front).toHaveAccessibleName(/with a RAW file/);
  await expect(front.getByText('RAW', { exact: true })).toBeVisible();
  const alone = photo(page, 'DSC_2.NEF');
  await expectPicture(alone);
  await expect(alone.getByText('RAW', { exact: true })).toBeHidden();
  // Turned as the RAW file says.
  await expect
    .poll(async () => {
      const box = await alone.boundingBox();
      return box === null ? 0 : box.height / box.width;
    })
    .toBeGreaterThan(1);

  await front.click();
  const panel = page.getByRole('complementary', { name: 'Details' });
  const shot = panel.getByRole('list').filter({ hasText: 'DSC_1.MOV' });
  await expect(shot.getByRole('listitem')).toHaveText([
    /DSC_1\.NEF.*RAW file · \d/,
    /DSC_1\.MOV.*Video · 6 bytes/,
    /DSC_1\.NEF\.xmp.*Sidecar · 12 bytes/,
  ]);
  await expect(shot.getByRole('button', { name: 'Show DSC_1.MOV in folder' })).toBeVisible();

  // What is behind a photo has that one's neighbours.
  await shot.getByRole('button', { name: 'DSC_1.NEF', exact: true }).click();
  await expect(viewer(page)).toHaveAccessibleName('DSC_1.NEF');
  await expect(viewer(page)).toContainText('1 of 2');
  await page.keyboard.press('ArrowRight');
  await expect(viewer(page)).toHaveAccessibleName('DSC_2.NEF');
  await page.keyboard.press('Escape');

  await searchField(page).fill('type:raw');
  await expectPhotos(page, ['DSC_1.NEF', 'DSC_2.NEF']);
  await photo(page, 'DSC_1.NEF').click();
  await expect(panel).toContainText('Shown by its embedded preview, 1200 × 800');
  await expect(panel).toContainText('Shown in its place');
});
