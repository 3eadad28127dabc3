import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { ALBUM } from './album.ts';
import { expectAccessible } from './axe.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { simulatorsForFile } from './simulated.ts';
import { openWindow, photo, toasts, viewer, viewerPanel } from './window.ts';

const simulators = simulatorsForFile();
const tagroll = tagrollForFile(ALBUM, () => simulators().environment);

const HUAWEI = 'Huawei Image Tagging';
const SENT = ALBUM.length - 1;
/** Nothing of this photo is sent. */
const KEPT = 'snow.jpg';

type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};
type Tag = {
  readonly names: { readonly en?: string };
  readonly source: string;
  readonly confidence: number;
  readonly boxes?: readonly Box[];
};

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  const { tagroll: run } = tagroll();
  await run('settings', 'huawei-tagging.pricePerThousand', '20');
  simulators().huawei.next({ kind: 'code', code: 'AIS.0503' }, { times: 1 });
  await run('tag', '--service', 'huawei-tagging', '--query', `-name:${KEPT}`);
  await run('tag', '--service', 'tencent-tag', '--query', `-name:${KEPT}`);
});

/** The photo's most certain tag with a box, as the command line knows it. */
async function boxedTag(name: string): Promise<{ readonly en: string; readonly box: Box }> {
  const { photos } = await tagroll().tagroll<{ photos: { tags: Tag[] }[] }>(
    'search',
    `name:${name}`,
  );
  const tag = photos[0]?.tags.find(({ boxes }) => boxes !== undefined);
  const [box] = tag?.boxes ?? [];
  if (!tag?.names.en || !box) throw new Error(`Nothing was found in ${name}.`);
  return { en: tag.names.en, box };
}

async function placeOf(locator: Locator) {
  const place = await locator.boundingBox();
  if (!place) throw new Error('It is not on screen.');
  return place;
}

/** Waits until an outline lies where the service saw the tag in the picture that is on screen. */
async function expectOutline(page: Page, name: string, box: Box): Promise<void> {
  const outline = viewer(page)
    .getByRole('img', { name: /“.+” is in 1 place/ })
    .locator('> div');
  await expect(async () => {
    const picture = await placeOf(viewer(page).getByRole('img', { name, exact: true }).first());
    const place = await placeOf(outline);
    expect(Math.abs(place.x - (picture.x + box.x * picture.width))).toBeLessThan(2);
    expect(Math.abs(place.y - (picture.y + box.y * picture.height))).toBeLessThan(2);
    expect(Math.abs(place.width - box.width * picture.width)).toBeLessThan(2);
    expect(Math.abs(place.height - box.height * picture.height)).toBeLessThan(2);
  }).toPass({ timeout: 5000 });
}

async function openSentTab(page: Page): Promise<Locator> {
  await page.keyboard.press('ControlOrMeta+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('tab', { name: 'Sent' }).click();
  await expect(settings.getByRole('table')).toBeVisible();
  return settings;
}

test('a tag is outlined in the picture while it is pointed at, also when zoomed', async ({
  page,
}) => {
  const { en, box } = await boxedTag('sea.jpg');
  await openWindow(page, tagroll(), '#/photos?lens=0&zoom=2');
  await photo(page, 'sea.jpg').dblclick();
  const row = viewerPanel(page).getByRole('listitem').filter({ hasText: en }).first();
  const layer = viewer(page).getByRole('img', { name: new RegExp(`“${en}” is in 1 place`) });
  await row.hover();
  await expectOutline(page, 'sea.jpg', box);
  await viewer(page).getByRole('heading', { level: 1 }).hover();
  await expect(layer).toBeHidden();

  const keep = row.getByRole('button', { name: `Keep “${en}” outlined` });
  await row.hover();
  await keep.click();
  await viewer(page).getByRole('heading', { level: 1 }).hover();
  await viewer(page).focus();
  await expectOutline(page, 'sea.jpg', box);
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await expectOutline(page, 'sea.jpg', box);
  await page.keyboard.press('ArrowRight');
  await expect(layer).toBeHidden();
  await page.keyboard.press('ArrowLeft');
  await expect(layer).toBeVisible();
  await row.hover();
  await keep.click();
  await viewer(page).getByRole('heading', { level: 1 }).hover();
  await viewer(page).focus();
  await expect(layer).toBeHidden();
  await keep.focus();
  await expect(layer).toBeVisible();
});

test('a tag of several sources is one line that names each of them', async ({ page }) => {
  const { en } = await boxedTag('sea.jpg');
  await openWindow(page, tagroll(), '#/photos?lens=0&zoom=2');
  await photo(page, 'sea.jpg').dblclick();
  const sources = viewerPanel(page).getByRole('button', { name: `2 sources of “${en}”` });
  await expect(sources).toHaveCount(1);
  await sources.click();
  const list = viewerPanel(page).getByRole('list', { name: 'Sources' });
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await expect(list).toContainText(HUAWEI);
  await expect(list).toContainText('Tencent Image Tags V1');
  await expectAccessible(page, 'sources of a tag');
});

test('the panel says what of a photo was sent, and what never was', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openWindow(page, tagroll());
  await photo(page, 'sea.jpg').dblclick();
  const section = viewerPanel(page).locator('section', {
    has: page.getByRole('heading', { name: 'Sent to' }),
  });
  const sent = section.getByRole('listitem');
  await expect(sent).toHaveCount(2);
  const huawei = sent.filter({ hasText: HUAWEI });
  await expect(huawei).toContainText('¥0.02');
  await expect(huawei).toContainText('320 × 240');
  await expect(huawei).toContainText('Answered');
  await expect(sent.filter({ hasText: 'Tencent' })).toContainText('price not set');
  await huawei.getByRole('button', { name: 'Copy the request ID' }).click();
  await expect(toasts(page)).toContainText('Request ID copied');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(simulators().huawei.requests.map(({ requestId }) => requestId)).toContain(copied);
  await page.keyboard.press('Escape');
  await photo(page, KEPT).dblclick();
  await expect(viewerPanel(page)).toContainText('Never left this computer');
});

test('the ledger lists all of it, adds it up, and is saved as a table', async ({ page }) => {
  await openWindow(page, tagroll());
  const settings = await openSentTab(page);
  const row = (name: string) =>
    settings.getByRole('row', { name: new RegExp(`^${name} ${SENT} `) });
  await expect(row(HUAWEI)).toContainText('¥0.22');
  await expect(row('Tencent Image Tags V1')).toContainText('price not set');
  const lines = settings.getByRole('list', { name: 'Pictures that were sent' });
  await expect(lines.getByRole('listitem').first()).toHaveAttribute(
    'aria-setsize',
    String(2 * SENT),
  );
  await expectAccessible(page, 'the ledger');

  await settings.getByRole('button', { name: 'All services' }).click();
  await page.getByRole('menuitemcheckbox', { name: HUAWEI }).click();
  await expect(lines.getByRole('listitem').first()).toHaveAttribute('aria-setsize', String(SENT));
  const damaged = lines.getByRole('listitem').filter({ hasText: 'The picture is damaged' });
  await damaged.scrollIntoViewIfNeeded();
  await expect(damaged).toHaveCount(1);

  const saving = page.waitForEvent('download');
  await settings.getByRole('button', { name: 'Save as a table (CSV)' }).click();
  const download = await saving;
  expect(download.suggestedFilename()).toBe('tagroll-huawei-tagging.csv');
  const text = await readFile(await download.path(), 'utf8');
  const [names, ...rows] = text.trimEnd().split('\r\n');
  expect(names).toBe(
    '\uFEFFat,service,path,bytes,width,height,status,requestId,cost,currency,code',
  );
  expect(rows).toHaveLength(SENT);
  expect(rows.every((line) => line.includes(',huawei-tagging,'))).toBe(true);
  expect(rows.filter((line) => line.endsWith(',AIS.0503'))).toHaveLength(1);
  await expect(toasts(page)).toContainText(`${SENT} lines saved`);

  await lines.getByRole('button').first().click();
  await expect(viewer(page)).toBeVisible();
});

test('the picture that would be sent is the one that is sent, to the byte', async ({ page }) => {
  await openWindow(page, tagroll());
  await photo(page, KEPT).dblclick();
  await viewer(page).getByRole('button', { name: 'More', exact: true }).click();
  const asked = page.waitForRequest(/\/media\/upload\//);
  await page.getByRole('menuitem', { name: 'What would be sent…' }).click();
  const jpeg = await (await page.request.get((await asked).url())).body();
  const dialog = page.getByRole('dialog', { name: 'The picture that would be sent' });
  await expect(dialog.locator('img')).toHaveJSProperty('naturalWidth', 320);
  await expect(dialog).toContainText('320 × 240');
  await expect(dialog).toContainText('JPEG, quality 85');
  await expect(dialog).toContainText('there is nothing in it but the picture');
  await expect(dialog).toContainText('Apple iPhone 12');
  await expect(dialog).toContainText('8 May 2021');
  await expectAccessible(page, 'the picture that would be sent');
  await dialog.getByRole('button', { name: /^Service: / }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Tencent Porn Detection' }).click();
  await expect(dialog.locator('img')).toHaveJSProperty('naturalWidth', 320);
  const { huawei } = simulators();
  const before = huawei.requests.length;
  await tagroll().tagroll('tag', '--service', 'huawei-tagging', '--query', `name:${KEPT}`);
  const [picture] = huawei.requests[before]?.pictures ?? [];
  expect(picture?.bytesHash).toBe(createHash('sha256').update(jpeg).digest('hex'));
});

test('before photos are sent, one of the pictures can be looked at', async ({ page }) => {
  await openWindow(page, tagroll());
  await photo(page, 'sea.jpg').click();
  await page.keyboard.press('Shift+T');
  const tagDialog = page.getByRole('dialog', { name: 'Tag these photos' });
  await tagDialog.getByRole('radio', { name: HUAWEI }).click();
  await tagDialog.getByRole('button', { name: 'See one of the pictures' }).click();
  const dialog = page.getByRole('dialog', { name: 'The picture that would be sent' });
  await expect(dialog).toContainText('sea.jpg');
  await expect(dialog.getByRole('button', { name: `Service: ${HUAWEI}` })).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(tagDialog.getByRole('radio', { name: HUAWEI })).toBeChecked();
});

test('two names are linked, taken apart and left alone, with a way back', async ({ page }) => {
  const { tagroll: run } = tagroll();
  const names = async () => {
    const { tags } = await run<{ tags: { names: { zh?: string; en?: string } }[] }>('tags');
    return tags
      .filter(({ names: { zh, en } }) => zh === '钢琴' || en === 'piano')
      .map(({ names: { zh, en } }) => [zh ?? null, en ?? null]);
  };
  await run('label', 'add', '钢琴', '--query', 'name:sea.jpg');
  await run('label', 'add', 'piano', '--query', 'name:leaf.jpg');
  expect(await names()).toHaveLength(2);
  await openWindow(page, tagroll());
  await page.getByRole('button', { name: /^1 pair of names/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Names of the same tag' });
  await expectAccessible(page, 'names that may be one tag');
  await dialog.getByRole('button', { name: '“钢琴” and “piano” are the same tag' }).click();
  await expect(dialog).toContainText('There are no more names to compare');
  await expect.poll(names).toEqual([['钢琴', 'piano']]);
  await page.keyboard.press('Escape');
  await toasts(page).getByRole('button', { name: 'Undo' }).click();
  await expect(toasts(page)).toContainText('are two tags now');
  await expect.poll(names).toHaveLength(2);

  // From the menu of one of them to the other.
  const sidebar = page.getByRole('navigation', { name: 'Library' });
  await sidebar.getByRole('button', { name: /^piano/ }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Same as…' }).click();
  const choose = page.getByRole('dialog', { name: '“piano” is the same as…' });
  await choose.getByRole('combobox', { name: 'Name of the other tag' }).fill('钢琴');
  await expect(choose.getByRole('option')).toHaveCount(1);
  await expectAccessible(page, 'which tag is the same');
  await page.keyboard.press('Enter');
  await expect(choose).toBeHidden();
  await expect.poll(names).toEqual([['钢琴', 'piano']]);
  await photo(page, 'leaf.jpg').click();
  const details = page.getByRole('complementary');
  await details.getByRole('listitem').filter({ hasText: 'piano' }).hover();
  await details.getByRole('button', { name: 'Names of “piano”' }).click();
  await page.getByRole('menuitem', { name: 'These are two different tags' }).click();
  await expect(toasts(page)).toContainText('“钢琴” and “piano” are two tags now');
  await expect.poll(names).toHaveLength(2);

  await run('label', 'add', '小提琴', '--query', 'name:sea.jpg');
  await run('label', 'add', 'violin', '--query', 'name:leaf.jpg');
  await page.getByRole('button', { name: /^1 pair of names/ }).click();
  await dialog.getByRole('button', { name: '“小提琴” and “violin” are two tags' }).click();
  await expect(dialog).toContainText('There are no more names to compare');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /pairs? of names/ })).toBeHidden();
});

test('nothing of a folder is uploaded once that is said of it', async ({ page }) => {
  const { tagroll: run } = tagroll();
  await openWindow(page, tagroll());
  const folder = (name: string) => page.getByRole('treeitem', { name: new RegExp(`^${name}`) });
  await folder('Photos').press('ArrowRight');
  await folder('Scans').click({ button: 'right' });
  await page.getByRole('menuitemcheckbox', { name: 'Never upload from this folder' }).click();
  await expect(toasts(page)).toContainText('will be uploaded');
  const mark = folder('Scans').getByRole('img', { name: 'Nothing of this folder is uploaded' });
  await expect(mark).toBeVisible();
  const priced = await run<{ calls: number; considered: number }>(
    'tag',
    '--service',
    'tencent-classify',
    '--dry-run',
  );
  expect(priced.considered).toBe(ALBUM.length);
  expect(priced.calls).toBe(ALBUM.length - 3);

  await toasts(page).getByRole('button', { name: 'Undo' }).click();
  await expect(mark).toBeHidden();
  await folder('Photos').click({ button: 'right' });
  await page.getByRole('menuitemcheckbox', { name: 'Never upload from this folder' }).click();
  const inherited = folder('Scans').getByRole('img', { name: 'as of a folder above it' });
  await expect(inherited).toBeVisible();
  await folder('Scans').click({ button: 'right' });
  const item = page.getByRole('menuitemcheckbox', { name: 'Never uploaded, as a folder above it' });
  await expect(item).toBeDisabled();
  await expectAccessible(page, 'the menu of a folder');
  await page.keyboard.press('Escape');
  await folder('Photos').click({ button: 'right' });
  await page.getByRole('menuitemcheckbox', { name: 'Never upload from this folder' }).click();
  await expect(inherited).toBeHidden();
});

test('what tagging again changed is shown and taken back in one step', async ({ page }) => {
  const { tagroll: run } = tagroll();
  const tagsOfSea = async () => {
    const { photos } = await run<{ photos: { tags: Tag[] }[] }>('search', 'name:sea.jpg');
    return photos[0]?.tags
      .filter(({ source }) => source === 'huawei-tagging')
      .map(({ names, confidence }) => `${names.en} ${confidence}`);
  };
  const before = await tagsOfSea();
  const [first] = before ?? [];
  const kept = first?.replace(/ [\d.]+$/, '') ?? '';
  await openWindow(page, tagroll());
  const { huawei } = simulators();
  const answer = (en: string, zh: string, confidence: string) => ({
    confidence,
    type: '动物',
    tag: zh,
    i18n_tag: { zh, en },
    i18n_type: { zh: '动物', en: 'Animal' },
    instances: [],
  });
  const { tags } = await run<{ tags: { names: { zh?: string; en?: string } }[] }>('tags');
  const zh = tags.find(({ names }) => names.en === kept)?.names.zh ?? '';
  const body = { result: { tags: [answer('otter', '水獭', '77.5'), answer(kept, zh, '12.25')] } };
  huawei.next({ kind: 'body', body });
  await run('tag', '--service', 'huawei-tagging', '--query', 'name:sea.jpg', '--again');
  const toast = toasts(page).getByText(`${HUAWEI}: tags of 1 photo changed`);
  await expect(toast).toBeVisible();
  await toasts(page).getByRole('button', { name: 'See what changed' }).click();
  const dialog = page.getByRole('dialog', { name: 'What tagging again changed' });
  const change = dialog.getByRole('list', { name: 'What tagging again changed' }).first();
  await expect(change).toContainText('sea.jpg');
  await expect(change).toContainText('otter 77.5');
  await expect(change).toContainText(new RegExp(`${kept} [\\d.]+12\\.3`));
  for (const name of ['Added', 'Removed', 'Confidence moved']) {
    await expect(change.getByRole('img', { name })).toBeVisible();
  }
  await expectAccessible(page, 'what a run changed');
  await dialog.getByRole('button', { name: 'Take all of it back' }).click();
  await expect(dialog).toBeHidden();
  await expect(toasts(page)).toContainText('Undone for 1 photo');
  await expect.poll(tagsOfSea).toEqual(before);

  // Done again by key, it is in the pane.
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect.poll(tagsOfSea).toEqual(['otter 77.5', `${kept} 12.25`]);
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Tagging/ })
    .click();
  const runs = page.getByRole('region', { name: 'Tagged again' });
  await runs.getByRole('button', { name: /^See what changed/ }).click();
  await expect(dialog).toContainText('otter');
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await expectAccessible(page, 'the pane with runs');
});
