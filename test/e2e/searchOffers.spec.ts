import type { Locator, Page } from '@playwright/test';
import { ALBUM } from './album.ts';
import { expectAccessible } from './axe.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { chip, expectQuery, offers, queryOf, search } from './searchFieldParts.ts';
import {
  expectPhotos,
  openWindow,
  photo,
  resultTitle,
  searchField,
  tabTo,
  tagRow,
} from './window.ts';

const tagroll = tagrollForFile(ALBUM);

// Long ways through the field, on machines that have other things to do.
test.describe.configure({ timeout: 180_000 });

const DARK_FROM_50 = ['night.jpg', 'alley.jpg'];
const DARK_FROM_30 = ['rose.jpg', ...DARK_FROM_50];

test.beforeEach(async ({ page }) => {
  await tagroll().tagroll('settings', 'language', 'en');
  await openWindow(page, tagroll());
});

test.describe('suggestions', () => {
  // Half of a term is no search yet.
  test.beforeEach(({ faults }) => faults.allow(/status of 400/));

  test('say what keys mean, and mark what is typed', async ({ page }) => {
    const field = searchField(page);
    await field.pressSequentially('iso');
    const iso = offers(page).filter({ hasText: 'iso:' }).first();
    await expect(iso).toContainText('ISO, e.g. iso:>=1600');
    await expect(iso.locator('mark').first()).toHaveText('iso');
    await field.press('Tab');
    await expect(field).toHaveValue('iso:');
    await expect(offers(page).first()).toContainText('iso:');
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await field.pressSequentially('dar');
    const dark = offers(page).filter({ hasText: 'dark偏暗' });
    await expect(dark.locator('mark')).toHaveText('dar');
    await expect(dark).toContainText(/\d$/);
    await dark.click();
    await expectPhotos(page, DARK_FROM_50);
    await expect(field).toBeFocused();
  });

  test('know dates of one word and of several', async ({ page }) => {
    const field = searchField(page);
    await field.pressSequentially('tag:dark July 2019');
    const july = offers(page).filter({ hasText: 'July 2019' }).first();
    await expect(july).toContainText('2019-07');
    await july.click();
    await expectQuery(page, 'tag:dark date:2019-07');
    await expectPhotos(page, DARK_FROM_50);
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await field.pressSequentially('2021');
    await expect(offers(page).filter({ hasText: '2021' }).first()).toBeVisible();
  });

  test('lead to the help, whose examples can be tried', async ({ page }) => {
    const field = searchField(page);
    await field.pressSequentially('da');
    await expect(offers(page).last()).toHaveText('How to search');
    await field.press('ArrowUp');
    await expect(offers(page).last()).toHaveAttribute('aria-selected', 'true');
    await field.press('Enter');
    const help = page.getByRole('dialog', { name: 'How to search' });
    await expect(help.getByRole('row')).toHaveCount(39);
    await expectAccessible(page, 'help');
    await page.keyboard.press('Escape');
    await expect(field).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(field).not.toBeFocused();
    await page.keyboard.press('?');
    await page.getByRole('button', { name: 'How to search' }).click();
    await help.getByRole('button', { name: 'hour:18-21' }).click();
    await expect(help).toBeHidden();
    await expectQuery(page, 'hour:18-21');
    await page.goBack();
    await expectQuery(page, 'da');
  });
});

test.describe('in Chinese', () => {
  const field = (page: Page): Locator => page.getByRole('combobox', { name: '搜索照片' });
  const offered = (page: Page): Locator =>
    page.getByRole('listbox', { name: '建议' }).getByRole('option');

  test.beforeEach(async ({ page }) => {
    await tagroll().tagroll('settings', 'language', 'zh');
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  });

  for (const typed of ['pianan', 'pa', '偏', 'dark']) {
    test(`“${typed}” finds the tag`, async ({ page }) => {
      await field(page).pressSequentially(typed);
      // The tag with both names, not an earlier search for it.
      const dark = offered(page).filter({ hasText: '偏暗dark' });
      // Pinyin is read a moment after it is first asked for.
      await expect(async () => {
        if ((await dark.count()) === 0) {
          await field(page).press('Backspace');
          await field(page).pressSequentially(typed.slice(-1));
        }
        await expect(dark).toContainText('偏暗', { timeout: 1000 });
      }).toPass();
      await dark.click();
      await expect(page.getByRole('button', { name: '编辑 偏暗', exact: true })).toBeVisible();
      await expectQuery(page, 'tag:偏暗');
    });
  }

  test('an input method composes in peace', async ({ page }) => {
    await field(page).focus();
    const client = await page.context().newCDPSession(page);
    await client.send('Input.imeSetComposition', {
      text: "pian'an",
      selectionStart: 7,
      selectionEnd: 7,
    });
    await expect(field(page)).toHaveValue("pian'an");
    // What is not decided yet is neither searched for nor completed.
    await expect(offered(page)).toHaveCount(0);
    expect(queryOf(page)).toBe('');
    await client.send('Input.insertText', { text: '偏暗' });
    await expect(field(page)).toHaveValue('偏暗');
    await expect(offered(page).first()).toContainText('偏暗');
    await field(page).press('ArrowDown');
    await field(page).press('Enter');
    await expectQuery(page, 'tag:偏暗');
    await client.send('Input.imeSetComposition', {
      text: 'lan',
      selectionStart: 3,
      selectionEnd: 3,
    });
    await client.send('Input.insertText', { text: '蓝' });
    await expectQuery(page, 'tag:偏暗 蓝');
  });

  test('chips, hints, mistakes and help are Chinese', async ({ page, faults }) => {
    faults.allow(/status of 400/);
    await field(page).fill('tag：偏暗＞４０ -is:favorite (camera:fuji OR tag:蓝)');
    await field(page).press('Enter');
    await expect(page.getByRole('button', { name: '编辑 (相机 fuji 或 蓝)' })).toBeVisible();
    await expect(page.getByRole('button', { name: '编辑 非收藏' })).toBeVisible();
    await page.getByRole('button', { name: '编辑 偏暗 > 40' }).click();
    const lens = page.getByRole('slider', { name: '“偏暗”的置信度' });
    await lens.press('ArrowRight');
    await expect(lens).toHaveAttribute('aria-valuetext', '41% 及以上');
    await lens.press('Escape');
    const status = page.locator('search').getByRole('status');
    await field(page).fill('iso:很多');
    await expect(status).toHaveText(
      '“很多”在这里不适用。应为：感光度 ISO，例如 iso:>=1600、iso:100-400。',
    );
    await page.getByRole('button', { name: '清除搜索' }).click();
    await field(page).fill('tag:偏暗色');
    await expect(status).toContainText('没有名为“偏暗色”的标签。');
    await field(page).fill('蓝');
    await offered(page).last().click();
    await expect(page.getByRole('dialog', { name: '如何搜索' })).toContainText('感光度 ISO');
  });
});

test('a pasted address opens its view', async ({ page }) => {
  const paste = (text: string): Promise<void> =>
    searchField(page).evaluate((element, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      element.dispatchEvent(event);
    }, text);
  await searchField(page).focus();
  await paste('http://127.0.0.1:4711/#/photos?q=tag%3Adark&lens=30&sort=name');
  await expect(chip(page, 'dark')).toBeVisible();
  await expectPhotos(page, DARK_FROM_30);
  await expect(page.getByRole('slider', { name: 'Confidence lens' })).toHaveAttribute(
    'aria-valuenow',
    '30',
  );
  await page.goBack();
  await expect(resultTitle(page)).toHaveText('12 photos');
});

test('the lens steps, leaps and goes back to the middle', async ({ page }) => {
  const lens = page.getByRole('slider', { name: 'Confidence lens' });
  await tabTo(page, lens);
  for (const [key, value] of [
    ['ArrowRight', '51'],
    ['PageUp', '61'],
    ['PageDown', '51'],
    ['ArrowLeft', '50'],
    ['Home', '0'],
    ['End', '100'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(lens).toHaveAttribute('aria-valuenow', value);
    await expect(lens).toHaveAttribute('aria-valuetext', `Tags at ${value}% or more`);
  }
  await lens.dblclick();
  await expect(lens).toHaveAttribute('aria-valuenow', '50');
  await tagRow(page, 'dark').click();
  await expectPhotos(page, DARK_FROM_50);
});

test.describe('nothing that is typed breaks the window', () => {
  test.beforeEach(({ faults }) => faults.allow(/status of 4\d\d/));

  for (const [name, text] of [
    ['10,000 letters', 'x'.repeat(10_000)],
    ['5,000 words', 'a '.repeat(5000)],
    ['5,000 parentheses', '('.repeat(5000)],
    ['5,000 quotes', '"'.repeat(4999)],
    ['unbalanced quotes', '"tag:"dark" "'],
    ['right-to-left text', 'tag:"כלב" שלום \u202e txt.exe'],
    ['a bomb of signs', '((a*)*)*"" -- OR OR ) tag:*** >>>= <<'],
    ['control characters', 'a\u0000\u0007\ufeff\ud800b'],
  ] as const) {
    test(name, async ({ page }) => {
      await search(page, text);
      await expectQuery(page, text.trim().toWellFormed());
      await page.getByRole('button', { name: 'Clear the search' }).click();
      await search(page, 'tag:dark');
      await expectPhotos(page, DARK_FROM_50);
    });
  }

  for (const name of ['OR', '-x', 'a:b', '🏖️ כלב', 'a "b" > c']) {
    test(`a tag that is called ${name}`, async ({ page }) => {
      await photo(page, 'sea.jpg').click();
      await page.keyboard.press('t');
      await page.keyboard.type(name);
      await page.keyboard.press('Enter');
      await expect(tagRow(page, name)).toBeVisible();
      await searchField(page).fill(`tag:"${name.replaceAll('"', '""')}`);
      await offers(page).filter({ hasText: name }).first().click();
      await expectPhotos(page, ['sea.jpg']);
      // A lens of its own keeps the name whole.
      await chip(page, name).click();
      await page.getByRole('slider', { name: `Confidence of ${name}` }).press('End');
      await expect(chip(page, `${name} ≥ 100`)).toBeVisible();
      await expectPhotos(page, ['sea.jpg']);
    });
  }
});
