import type { Page } from '@playwright/test';
import { ALBUM, ALBUM_NAMES } from './album.ts';
import { expectAccessible } from './axe.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { sendButton, simulatorsForFile, tagDialog } from './simulated.ts';
import {
  expectPhotos,
  grid,
  openWindow,
  photo,
  resultTitle,
  sidebar,
  statusLine,
  tagRow,
  toasts,
  viewer,
} from './window.ts';

const simulators = simulatorsForFile();
const tagroll = tagrollForFile(ALBUM, () => simulators().huawei.environment);

const HUAWEI = 'Huawei Image Tagging';

test.describe.configure({ mode: 'serial' });

test.afterEach(() => {
  simulators().huawei.calm();
});

function lane(page: Page) {
  return page.getByRole('region', { name: HUAWEI });
}

async function openTagDialog(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Tag these photos…' }).click();
  await tagDialog(page).getByRole('radio', { name: HUAWEI }).click();
}

const set = (key: string, value: string) => tagroll().tagroll('settings', key, value);

test('the dialog says what is sent, to whom and for how much, and sends nothing', async ({
  page,
}) => {
  await openWindow(page, tagroll());
  await openTagDialog(page);
  const dialog = tagDialog(page);
  await expect(dialog.getByRole('radio', { name: 'Tencent Image Tags V1' })).toBeDisabled();
  await expect(sendButton(page)).toHaveText(`Send ${ALBUM.length} photos · price not set`);
  await expect(dialog).toContainText('without place, date, camera or file name');
  await expect(dialog).toContainText('127.0.0.1');

  // From the price to its setting and back to the same dialog.
  await dialog.getByRole('button', { name: 'Set the price' }).click();
  await page.getByRole('textbox', { name: 'Price per 1,000 calls' }).fill('30');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Undo: Price per 1,000 calls' })).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expect(sendButton(page)).toHaveText(`Send ${ALBUM.length} photos · about ¥0.36`);

  await dialog.getByRole('textbox', { name: 'Send at most' }).fill('2');
  await expect(sendButton(page)).toHaveText('Send 2 photos · about ¥0.06');
  await dialog.getByRole('textbox', { name: 'Send at most' }).fill('none');
  await expect(sendButton(page)).toBeDisabled();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  expect(simulators().huawei.counters().received).toBe(0);
});

test('photos are sent, paused, and found by what the service said', async ({ page }) => {
  const { huawei } = simulators();
  huawei.behave({ latencyMs: 300 });
  await set('huawei-tagging.concurrency', '1');
  await set('huawei-tagging.capMoney', '50');
  await openWindow(page, tagroll());
  await openTagDialog(page);
  await sendButton(page).click();
  await expect(toasts(page)).toContainText(`being sent to ${HUAWEI}`);
  await statusLine(page).getByRole('button', { name: 'Huawei' }).click();

  await expect(lane(page)).toContainText(`of ${ALBUM.length} photos`);
  await lane(page).getByRole('button', { name: 'Pause' }).click();
  await expect(lane(page)).toContainText('Paused');
  await expect(statusLine(page)).toContainText('Paused');
  const { received } = huawei.counters();
  expect(received).toBeLessThan(ALBUM.length);
  await lane(page).getByRole('button', { name: 'Resume' }).click();
  await expect(lane(page)).toContainText(`${ALBUM.length} of ${ALBUM.length} photos`);
  await expect(lane(page)).toContainText('Done');
  expect(huawei.counters()).toMatchObject({ received: ALBUM.length, accepted: ALBUM.length });
  await expect(statusLine(page)).toContainText('Huawei 12 · ¥0.36 of ¥50');

  // The newest answers, with their pictures, lead to the photos.
  const answers = lane(page).getByRole('listitem');
  await expect(answers).toHaveCount(ALBUM.length);
  await expect(answers.first().locator('img')).toHaveJSProperty('complete', true);
  await answers.first().getByRole('button').click();
  await expect(viewer(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(lane(page)).toBeVisible();

  const { tags } = await tagroll().tagroll<{
    tags: { names: { en?: string }; type: string; count: number }[];
  }>('tags');
  const found = tags.find(({ names, count }) => names.en === 'dog' && count > 0);
  const name = (found ?? tags.find(({ type }) => type === 'animal'))?.names.en ?? 'dog';
  await sidebar(page).getByRole('button', { name: 'All photos' }).click();
  await page.getByRole('slider', { name: 'Confidence lens' }).press('Home');
  await page
    .getByRole('combobox', { name: 'Search photos' })
    .fill(`tag:"${name}" source:huawei-tagging`);
  await page.keyboard.press('Enter');
  await expect(resultTitle(page)).not.toHaveText(`${ALBUM.length} photos`);
  await expect(resultTitle(page)).toHaveText(/^\d+ photos?$/);
  await expect(tagRow(page, name)).toBeVisible();
});

test('what is known is not sent again, unless that is asked for', async ({ page }) => {
  await openWindow(page, tagroll());
  await photo(page, 'sea.jpg').click();
  await grid(page).press('ControlOrMeta+a');
  await page.keyboard.press('Shift+T');
  await tagDialog(page).getByRole('radio', { name: HUAWEI }).click();
  await expect(sendButton(page)).toBeDisabled();
  await expect(tagDialog(page).getByText('has answered for all of them')).toBeVisible();
  await tagDialog(page).getByRole('checkbox', { name: 'Tag again' }).click();
  await expect(sendButton(page)).toHaveText(`Send ${ALBUM.length} photos · about ¥0.36`);
  await page.keyboard.press('Escape');
  expect(simulators().huawei.counters().received).toBe(ALBUM.length);
});

test('a stop says why, waits for the person, and goes on', async ({ page }) => {
  const { huawei } = simulators();
  huawei.behave({ outcome: { kind: 'code', code: 'ModelArts.4106' } });
  await openWindow(page, tagroll());
  await openTagDialog(page);
  await tagDialog(page).getByRole('checkbox', { name: 'Tag again' }).click();
  await sendButton(page).click();
  await expect(toasts(page).getByText(`${HUAWEI} stopped`)).toBeVisible();
  await expect(sidebar(page).getByRole('img', { name: 'A service stopped' })).toBeVisible();
  await sidebar(page)
    .getByRole('button', { name: /^Tagging/ })
    .click();
  const reason = lane(page).getByRole('alert');
  await expect(reason).toContainText('account');
  await reason.getByRole('button', { name: 'Settings of the service' }).click();
  await expect(page.getByRole('button', { name: 'Test connection' })).toBeVisible();
  await page.keyboard.press('Escape');
  huawei.calm();
  await reason.getByRole('button', { name: 'Resume' }).click();
  await expect(lane(page)).toContainText('Done');
  await expect(reason).toBeHidden();
});

test('the cap is said before, and holds', async ({ page }) => {
  const { huawei } = simulators();
  const calls = huawei.counters().received;
  await set('huawei-tagging.capCalls', String(calls + 3));
  await openWindow(page, tagroll());
  await openTagDialog(page);
  await tagDialog(page).getByRole('checkbox', { name: 'Tag again' }).click();
  await expect(tagDialog(page).getByText('has room for 3 more calls')).toBeVisible();
  await expect(sendButton(page)).toHaveText('Send 3 photos · at most ¥0.36');
  await sendButton(page).click();
  await statusLine(page).getByRole('button', { name: 'Huawei' }).click();
  await expect(lane(page).getByRole('alert')).toContainText('cap of calls is reached');
  expect(huawei.counters().received).toBe(calls + 3);
  // A cap that was raised holds nothing back: the rest goes by itself.
  await set('huawei-tagging.capCalls', String(calls + 100));
  await expect(lane(page)).toContainText('Done');
  expect(huawei.counters().received).toBe(calls + ALBUM.length);
});

test('photos that could not be tagged are listed by cause and tried again', async ({ page }) => {
  const { huawei } = simulators();
  huawei.next({ kind: 'code', code: 'AIS.0503' }, { times: 2 });
  await openWindow(page, tagroll(), '#/tagging');
  await page.getByRole('button', { name: 'Tag photos…' }).click();
  await tagDialog(page).getByRole('radio', { name: HUAWEI }).click();
  await tagDialog(page).getByRole('checkbox', { name: 'Tag again' }).click();
  await sendButton(page).click();
  await expect(lane(page)).toContainText('2 photos · The picture is damaged.');
  await expect(lane(page)).toContainText('Done');
  await lane(page).getByRole('button', { name: 'Show the photos' }).click();
  const again = lane(page).getByRole('button', { name: 'Try again · at most ¥0.06' });
  await again.click();
  await expect(again).toBeHidden();
  await expect(lane(page)).toContainText('Done');
  await sidebar(page).getByRole('button', { name: 'All photos' }).click();
  await expectPhotos(page, ALBUM_NAMES);
});

test('what waits is dropped when that is asked for', async ({ page }) => {
  const { huawei } = simulators();
  huawei.behave({ latencyMs: 400 });
  const calls = huawei.counters().received;
  await openWindow(page, tagroll());
  await openTagDialog(page);
  await tagDialog(page).getByRole('checkbox', { name: 'Tag again' }).click();
  await sendButton(page).click();
  await statusLine(page).getByRole('button', { name: 'Huawei' }).click();
  await lane(page)
    .getByRole('button', { name: `Cancel: ${HUAWEI}` })
    .click();
  await expect(toasts(page)).toContainText('no longer waiting');
  await expect(lane(page)).toContainText('Done');
  await expect(lane(page).getByRole('button', { name: 'Cancel' })).toBeHidden();
  expect(huawei.counters().received).toBeLessThan(calls + ALBUM.length);
});

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ colorScheme: theme, locale: theme === 'dark' ? 'zh-CN' : 'en-US' });

    test('the dialog, the settings and the pane pass axe and fit a small window', async ({
      page,
    }) => {
      await page.setViewportSize({ width: 900, height: 600 });
      await page.goto(`${tagroll().door.url}#/photos?lens=50&zoom=2`);
      await expect(page.getByRole('option').first()).toBeVisible();
      await page.keyboard.press('Shift+T');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('radio').nth(2).click();
      await expect(dialog.getByRole('status')).not.toBeEmpty();
      await expect(dialog.getByRole('button').last()).toBeInViewport();
      await expectAccessible(page, 'dialog');
      await page.keyboard.press('Escape');
      await page.keyboard.press('ControlOrMeta+,');
      await dialog.getByRole('tab').nth(2).click();
      for (const line of await dialog.locator('h4 > button').all()) await line.click();
      for (const line of await dialog.locator('h5 > button').all()) await line.click();
      await expectAccessible(page, 'services, all unfolded');
      const wide = await dialog.evaluate((element) => element.scrollWidth > element.clientWidth);
      expect(wide).toBe(false);
      await page.keyboard.press('Escape');
      await page.locator('footer button').last().click();
      await expect(page.getByRole('progressbar').first()).toBeVisible();
      await expectAccessible(page, 'pane');
    });
  });
}
