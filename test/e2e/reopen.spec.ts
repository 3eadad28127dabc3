import { ALBUM, ALBUM_NAMES } from './album.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import {
  expectPhotos,
  openWindow,
  photo,
  searchField,
  setLens,
  shownNames,
  sidebar,
  tagRow,
  viewer,
} from './window.ts';

const tagroll = tagrollForFile(ALBUM);

test('a reload keeps the search, the lens, the order and the viewer', async ({ page }) => {
  await openWindow(page, tagroll());
  await tagRow(page, 'vivid').click();
  await setLens(page, 30);
  await page.getByRole('button', { name: /^Order/ }).click();
  await page.getByRole('menuitemcheckbox', { name: 'By name' }).click();
  await expect.poll(() => shownNames(page)).toContain('tulip.jpg');
  const before = await shownNames(page);
  expect([...before]).toEqual([...before].sort());
  await photo(page, 'rose.jpg').dblclick();
  await expect(viewer(page)).toHaveAccessibleName('rose.jpg');
  await expect.poll(() => page.url()).toContain('lens=30');
  await page.reload();
  await expect(viewer(page)).toHaveAccessibleName('rose.jpg');
  await expect(viewer(page)).toContainText('4 of 7');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Edit vivid' })).toBeVisible();
  await expect(page.getByRole('slider', { name: 'Confidence lens' })).toHaveAttribute(
    'aria-valuenow',
    '30',
  );
  await expect.poll(() => shownNames(page)).toEqual(before);
});

test('back and forward lead through the searches and out of the viewer', async ({ page }) => {
  await openWindow(page, tagroll());
  await tagRow(page, 'blue').click();
  await expectPhotos(page, ['harbour.jpg', 'sea.jpg', '海边.jpg']);
  await searchField(page).fill('tag:red');
  await searchField(page).press('Enter');
  await page.getByRole('button', { name: 'Remove blue' }).click();
  await expectPhotos(page, ['rose.jpg', 'tulip.jpg']);
  await photo(page, 'rose.jpg').dblclick();
  await expect(viewer(page)).toBeVisible();
  await page.goBack();
  await expect(viewer(page)).toBeHidden();
  await expectPhotos(page, ['rose.jpg', 'tulip.jpg']);
  await page.goForward();
  await expect(viewer(page)).toHaveAccessibleName('rose.jpg');
  await page.keyboard.press('Escape');
  await sidebar(page)
    .getByRole('button', { name: /^Problems/ })
    .click();
  await expect(page.getByRole('main')).toContainText('Every photo could be read');
  await page.goBack();
  await expectPhotos(page, ['rose.jpg', 'tulip.jpg']);
  for (let steps = 0; steps < 6; steps += 1) {
    if ((await shownNames(page)).length === ALBUM_NAMES.length) break;
    await page.goBack();
    await page.waitForTimeout(300);
  }
  await expectPhotos(page, ALBUM_NAMES);
});

test('lens and size are where they were left when the window is opened anew', async ({
  page,
  browser,
}) => {
  await openWindow(page, tagroll());
  await setLens(page, 70);
  await page.getByRole('slider', { name: 'Size of the pictures' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect
    .poll(async () => {
      const { settings } = await tagroll().tagroll<{ settings: Record<string, unknown> }>(
        'settings',
      );
      return [settings['lens'], settings['zoom']];
    })
    .toEqual([70, 1]);
  const context = await browser.newContext();
  try {
    const other = await context.newPage();
    await other.goto(tagroll().door.url);
    await expect(other.getByRole('slider', { name: 'Confidence lens' })).toHaveAttribute(
      'aria-valuenow',
      '70',
    );
    await expect(other.getByRole('slider', { name: 'Size of the pictures' })).toHaveAttribute(
      'aria-valuenow',
      '1',
    );
  } finally {
    await context.close();
  }
});

test('two windows of one library follow each other', async ({ page, context }) => {
  await openWindow(page, tagroll());
  const other = await context.newPage();
  await openWindow(other, tagroll());
  await photo(page, 'leaf.jpg').click();
  await page.keyboard.press('f');
  await expect(photo(other, 'leaf.jpg')).toHaveAccessibleName(/favourite/);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(photo(other, 'leaf.jpg')).not.toHaveAccessibleName(/favourite/);
});
