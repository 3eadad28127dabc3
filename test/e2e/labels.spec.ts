import type { Page } from '@playwright/test';
import { decodeResult } from '../../shared/resultCodec.ts';
import { ALBUM } from './album.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { grid, openWindow, photo, tagRow, toasts, viewer, viewerPanel } from './window.ts';

const tagroll = tagrollForFile(ALBUM);

/** Waits until the library holds that many photos for a query, at any confidence. */
async function expectStored(page: Page, query: string, total: number): Promise<void> {
  const { origin } = tagroll().door;
  const count = async (): Promise<number> => {
    const answer = await page.request.get(`${origin}/result`, { params: { query } });
    return decodeResult(new Uint8Array(await answer.body()).buffer).ids.length;
  };
  await expect.poll(count, { message: query }).toBe(total);
}

function toastOf(page: Page, text: string) {
  return toasts(page).locator('div').filter({ hasText: text }).last();
}

test.beforeEach(({ page }) => openWindow(page, tagroll()));

test('in the viewer a tag is added, removed and rejected, each with a way back', async ({
  page,
}) => {
  await photo(page, 'sea.jpg').dblclick();
  const panel = viewerPanel(page);
  const field = panel.getByRole('combobox', { name: 'Add tag' });
  const mine = panel.getByRole('listitem').filter({ hasText: 'surf' });
  await field.fill('surf');
  await field.press('Enter');
  await expect(mine.getByRole('img', { name: 'Added by you' })).toBeVisible();
  await expectStored(page, 'tag:surf source:me', 1);
  await toastOf(page, '“surf” added to 1 photo').getByRole('button', { name: 'Undo' }).click();
  await expect(mine).toBeHidden();
  await expectStored(page, 'tag:surf', 0);

  await field.fill('surf');
  await field.press('Enter');
  await mine.hover();
  await mine.getByRole('button', { name: 'Remove “surf”' }).click();
  await expect(mine).toBeHidden();
  await expect(toasts(page)).toContainText('“surf” removed from 1 photo');
  await viewer(page).focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(mine).toBeVisible();
  await expectStored(page, 'tag:surf', 1);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(mine).toBeHidden();

  const blue = panel.getByRole('listitem').filter({ hasText: 'blue' });
  await blue.hover();
  await blue.getByRole('button', { name: /^Reject “blue”/ }).click();
  await expect(blue).toBeHidden();
  await expectStored(page, 'tag:blue', 2);
  await panel.getByRole('button', { name: '1 rejected tag' }).click();
  await blue.hover();
  await blue.getByRole('button', { name: 'Let “blue” count again' }).click();
  await expectStored(page, 'tag:blue', 3);
  await viewer(page).focus();
  await page.keyboard.press('x');
  const reject = viewer(page).getByRole('dialog', { name: 'Reject tag' });
  await reject.getByRole('combobox').fill('蓝');
  await page.keyboard.press('Enter');
  await expectStored(page, 'tag:blue', 2);
  await toastOf(page, '“blue” rejected on 1 photo').getByRole('button', { name: 'Undo' }).click();
  await expectStored(page, 'tag:blue', 3);
});

test('a favourite is marked in the viewer and taken back', async ({ page }) => {
  await photo(page, 'leaf.jpg').dblclick();
  const heart = viewer(page).getByRole('toolbar').getByRole('button', { name: 'Favourite' });
  await page.keyboard.press('f');
  await expect(heart).toHaveAttribute('aria-pressed', 'true');
  await expectStored(page, 'is:favorite', 1);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(heart).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(heart).toHaveAttribute('aria-pressed', 'true');
  await heart.click();
  await expect(heart).toHaveAttribute('aria-pressed', 'false');
  await expectStored(page, 'is:favorite', 0);
});

test('a selection of many is labelled by keyboard', async ({ page }) => {
  await grid(page).focus();
  await page.keyboard.press('ControlOrMeta+a');
  const bar = page.getByRole('toolbar', { name: 'Selected photos' });
  await expect(bar).toContainText('12 selected');
  await page.keyboard.press('t');
  const panel = page.getByRole('dialog', { name: 'Add tag' });
  await expect(panel.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('holiday');
  await page.keyboard.press('Enter');
  await expect(panel).toBeHidden();
  await expect(toasts(page)).toContainText('“holiday” added to 12 photos');
  await expect(tagRow(page, 'holiday')).toContainText('12');
  await expectStored(page, 'tag:holiday', 12);
  await expect(grid(page)).toBeFocused();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(toasts(page)).toContainText('Undone for 12 photos');
  await expect(tagRow(page, 'holiday')).toBeHidden();
  await expectStored(page, 'tag:holiday', 0);

  await page.keyboard.press('f');
  await expect(toasts(page)).toContainText('12 photos marked as favourites');
  await expectStored(page, 'is:favorite', 12);
  await page.keyboard.press('ControlOrMeta+z');
  await expectStored(page, 'is:favorite', 0);

  await page.keyboard.press('x');
  await page.keyboard.type('vivid');
  await page.keyboard.press('Enter');
  await expect(toasts(page)).toContainText('“vivid” rejected on');
  await expect(tagRow(page, 'vivid')).toBeHidden();
  await expectStored(page, 'tag:vivid', 0);
  await page.keyboard.press('ControlOrMeta+z');
  await expectStored(page, 'tag:vivid', 7);
});

test('a selection is made and labelled by mouse', async ({ page }) => {
  await photo(page, 'leaf.jpg').click();
  await photo(page, 'tulip.jpg').click({ modifiers: ['Shift'] });
  await photo(page, 'lake.tiff').click({ modifiers: ['ControlOrMeta'] });
  await photo(page, 'rose.jpg').click({ modifiers: ['ControlOrMeta'] });
  for (const name of ['leaf.jpg', 'tulip.jpg', 'lake.tiff']) {
    await expect(photo(page, name)).toHaveAttribute('aria-selected', 'true');
  }
  await expect(photo(page, 'rose.jpg')).toHaveAttribute('aria-selected', 'false');
  const bar = page.getByRole('toolbar', { name: 'Selected photos' });
  await expect(bar).toContainText('3 selected');
  await bar.getByRole('button', { name: 'Add tag' }).click();
  const panel = page.getByRole('dialog', { name: 'Add tag' });
  await panel.getByRole('combobox').pressSequentially('绿');
  await panel.getByRole('option', { name: /green/ }).click();
  await expectStored(page, 'tag:green source:me', 3);
  await toastOf(page, 'added to 3 photos').getByRole('button', { name: 'Undo' }).click();
  await expectStored(page, 'tag:green source:me', 0);
  await bar.getByRole('button', { name: 'Favourite' }).click();
  await expectStored(page, 'is:favorite', 3);
  await toastOf(page, 'marked as favourites').getByRole('button', { name: 'Undo' }).click();
  await expectStored(page, 'is:favorite', 0);

  // The inspector labels the same selection.
  const inspector = page.getByRole('complementary', { name: 'Details' });
  await expect(inspector).toContainText('3 selected');
  const field = inspector.getByRole('combobox', { name: 'Add tag' });
  await field.fill('picnic');
  await field.press('Enter');
  await expectStored(page, 'tag:picnic', 3);
  const common = inspector.getByRole('listitem').filter({ hasText: 'picnic' });
  await expect(common).toContainText('on all');
  await common.getByRole('button', { name: 'Remove “picnic”' }).click();
  await expectStored(page, 'tag:picnic', 0);
  await bar.getByRole('button', { name: 'Clear selection' }).click();
  await expect(bar).toBeHidden();
});
