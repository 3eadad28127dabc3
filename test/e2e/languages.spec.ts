import { writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Page } from '@playwright/test';
import { QUERY_KEYS } from '../../main/search/keys.ts';
import { ALBUM } from './album.ts';
import { expect, type Tagroll, tagrollForFile, test } from './fixture.ts';
import { openWindow, photos, viewer } from './window.ts';

const tagroll = tagrollForFile(ALBUM);
const empty = tagrollForFile();

/** What may be in Latin letters in any language: names, units, keys, formats. */
const NAMES = [
  /https?:\/\/[^\s，。]*|cn-north-4/g,
  /Tagroll/g,
  /(?:[A-Z]:\\|\/)[^\s]*(?: [^\s/]+)*/g,
  /[\p{L}\d ]+\.(?:jpg|png|webp|tiff|heic)/gu,
  /\d{4} (?:Qingdao 青岛|Garden)|Scans|Photos/g,
  /iPhone 12|X-T3|Testcam T-1|Apple|Fujifilm|FUJIFILM/g,
  /JPEG|PNG|WebP|TIFF|HEIC|ISO|GPS|Linux|darwin|win32|x64|arm64/gi,
  /\b(?:kB|MB|GB|mm|byte)\b/g,
  /\b(?:Esc|Ctrl|Shift|Alt|Enter|Delete|Home|End|Tab|Space)\b/g,
  /English/g,
  // What consoles of services call their things, addresses, currencies.
  /\b(?:APPID|SecretId|SecretKey|AK|SK|IAM|API|ID|OP5|JSON|CNY|USD|EUR|V[12])\b/g,
  // Keys of the query language, as the person wrote them.
  new RegExp(`-?\\b(?:${QUERY_KEYS.join('|')}):[^\\s]*|\\bOR\\b`, 'g'),
];

/** Everything that can be read or heard in the page. */
async function readTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const texts: string[] = [];
    const isShown = (element: Element): boolean =>
      element.checkVisibility({ opacityProperty: false });
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode;
      if (parentElement && isShown(parentElement)) texts.push(textContent ?? '');
    }
    const attributes = [
      'aria-label',
      'title',
      'placeholder',
      'alt',
      'aria-valuetext',
      'aria-description',
    ];
    for (const element of document.querySelectorAll('*')) {
      if (!isShown(element)) continue;
      for (const name of attributes) texts.push(element.getAttribute(name) ?? '');
    }
    return [document.title, ...texts];
  });
}

/** English names of tags, which stand beside the Chinese ones, and the folders above the photos. */
async function ownNames(at: Tagroll): Promise<ReadonlySet<string>> {
  const { tags } = await at.tagroll<{ tags: { names: { en?: string } }[] }>('tags');
  return new Set([...tags.map(({ names }) => names.en ?? ''), ...at.homePath.split(sep)]);
}

/** Texts with a Latin word that is no name. */
async function foreignTexts(page: Page, names: ReadonlySet<string>): Promise<readonly string[]> {
  const texts = await readTexts(page);
  return texts.filter((text) => {
    if (names.has(text)) return false;
    const rest = NAMES.reduce((left, name) => left.replace(name, ' '), text);
    return /[a-z]{2,}/i.test(rest);
  });
}

let known: ReadonlySet<string> = new Set();
test.beforeAll(async () => {
  known = await ownNames(tagroll());
});

async function expectChinese(page: Page, place: string): Promise<void> {
  await expect.poll(() => foreignTexts(page, known), { message: place, timeout: 3000 }).toEqual([]);
}

async function openChinese(page: Page, at: Tagroll): Promise<void> {
  await at.tagroll('settings', 'language', 'zh');
  await page.goto(`${at.door.url}#/photos?lens=50&zoom=2`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
}

test('the language is switched in the settings and kept', async ({ page }) => {
  await openWindow(page, tagroll());
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: '简体中文' }).click();
  const dialog = page.getByRole('dialog', { name: '设置' });
  await expect(dialog).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await page.reload();
  await expect(page.getByRole('listbox', { name: '照片' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+,');
  await dialog.getByRole('radio', { name: 'English' }).click();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
});

test.describe('with a Chinese system', () => {
  test.use({ locale: 'zh-CN' });
  test('the window is Chinese by itself', async ({ page }) => {
    await empty().tagroll('settings', 'language', 'null');
    await page.goto(empty().door.url);
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
    await expectChinese(page, 'welcome');
  });
});

test('no English word is left: grid, menus, viewer', async ({ page }) => {
  await openChinese(page, tagroll());
  await expect(
    page.getByRole('listbox', { name: '照片' }).getByRole('option').first(),
  ).toBeVisible();
  await expectChinese(page, 'grid');
  await page.getByRole('option', { name: /^sea\.jpg/ }).click();
  await expect(page.getByRole('complementary')).toContainText('富士');
  await expectChinese(page, 'inspector of one photo');
  await page.keyboard.press('ControlOrMeta+a');
  await expect(page.getByRole('toolbar')).toBeVisible();
  await expectChinese(page, 'inspector of a selection');
  await page.keyboard.press('t');
  await expectChinese(page, 'tag panel');
  await page.keyboard.type('蓝');
  await expectChinese(page, 'offers of the tag panel');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('f');
  await expectChinese(page, 'toast');
  await page.keyboard.press('ControlOrMeta+z');
  await expectChinese(page, 'toast of an undo');
  await page.getByRole('button', { name: /^蓝/ }).click({ button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
  await expectChinese(page, 'menu of a tag');
  await page.keyboard.press('Escape');
  await page.getByRole('treeitem').first().click({ button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
  await expectChinese(page, 'menu of a folder');
  await page.keyboard.press('Escape');
  await page.getByRole('option', { name: /^sea\.jpg/ }).dblclick();
  await expect(viewer(page).getByRole('complementary')).toContainText('富士');
  await expectChinese(page, 'viewer');
});

test('no English word is left: search', async ({ page, faults }) => {
  faults.allow(/status of 400/);
  await openChinese(page, tagroll());
  const field = page.getByRole('combobox').first();
  await field.fill('tag:蓝 -is:favorite from:2018');
  await field.press('Enter');
  await expect(page.getByRole('option')).toHaveCount(3);
  await expectChinese(page, 'chips');
  await field.fill('-tag:蓝');
  await field.press('Enter');
  await expect(page.getByRole('option')).toHaveCount(0);
  await expectChinese(page, 'nothing found');
  await page.getByRole('button', { name: '清除搜索' }).click();
  await expect(page.getByRole('listbox', { name: '建议' })).toBeVisible();
  await expectChinese(page, 'earlier searches');
  await field.fill('tag:蓝>40');
  await field.press('Enter');
  await page.getByRole('button', { name: '编辑 蓝 > 40' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectChinese(page, 'the lens of a tag');
  await page.keyboard.press('Escape');
  await field.fill('蓝');
  await page.getByRole('listbox', { name: '建议' }).getByRole('option').last().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectChinese(page, 'how to search');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '清除搜索' }).click();
  await field.fill('蓝色:');
  await expect(page.getByRole('status').first()).toBeVisible();
  await expectChinese(page, 'a mistake');
  await field.fill('');
  await page.getByRole('main').getByRole('button', { name: /^排序/ }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await expectChinese(page, 'orders');
});

test('no English word is left: settings, dialogs, problems', async ({ page }) => {
  const { photosPath, tagroll: run } = tagroll();
  await writeFile(join(photosPath, 'Scans', 'empty.jpg'), '');
  await run('index');
  await openChinese(page, tagroll());
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectChinese(page, 'shortcuts');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+,');
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click();
    await expectChinese(page, `settings, ${await tab.textContent()}`);
    for (const level of ['h4', 'h5']) {
      for (const line of await page.locator(`${level} > button`).all()) await line.click();
    }
    await expectChinese(page, `settings, ${await tab.textContent()}, all unfolded`);
  }
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+T');
  await expect(page.getByRole('dialog').getByRole('radio').first()).toBeVisible();
  await expectChinese(page, 'asking a service');
  await page.keyboard.press('Escape');
  await page.getByRole('treeitem').first().click({ button: 'right' });
  await page.getByRole('menuitem').last().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectChinese(page, 'removing a folder');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '添加文件夹' }).click();
  await expect(
    page.getByRole('dialog').getByRole('list').getByRole('button').first(),
  ).toBeVisible();
  await expectChinese(page, 'folder browser');
  await page.keyboard.press('Escape');
  await page.getByRole('navigation').getByRole('listitem').last().getByRole('button').click();
  await expect(page.getByRole('main')).toContainText('empty.jpg');
  await expectChinese(page, 'problems');
});

test('tags are found and shown in either language', async ({ page }) => {
  await openChinese(page, tagroll());
  await page.getByRole('combobox').first().fill('tag:blue');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option')).toHaveCount(3);
  await tagroll().tagroll('settings', 'language', 'en');
  // The open window follows at once.
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByRole('combobox').first().fill('tag:蓝');
  await expect(photos(page)).toHaveCount(3);
});
