import { expectAccessible } from './axe.ts';
import { datedLibraryForFile } from './datedLibrary.ts';
import {
  answerOf,
  barOf,
  expectAtTop,
  fieldOf,
  gridOf,
  HOLIDAY_YEARS,
  type Language,
  openDates,
  titleOf,
  WORDS,
} from './dates.ts';
import { expect, test } from './largeLibrary.ts';

const tagroll = datedLibraryForFile(HOLIDAY_YEARS);

/** What is typed, what it is understood as, and the title of the day that it leads to. */
const FORMS: Readonly<Record<Language, readonly (readonly [string, string, string])[]>> = {
  en: [
    ['2019', '2019 — 180 photos', '16 July 2019 · 60 photos'],
    ['2019-07', 'July 2019 — 180 photos', '16 July 2019'],
    ['7/2019', 'July 2019 — 180 photos', '16 July 2019'],
    ['July 2019', 'July 2019 — 180 photos', '16 July 2019'],
    ['jul 19', 'July 2019 — 180 photos', '16 July 2019'],
    ['2019-07-14', '14 July 2019 — 60 photos', '14 July 2019'],
    ['14 July 2019', '14 July 2019 — 60 photos', '14 July 2019'],
    ['15 jul', '15 July 2019 — 60 photos', '15 July 2019'],
    ['yesterday', '5 March 2020 — 9 photos', '5 March 2020'],
    ['last year', '2019 — 180 photos', '16 July 2019'],
    ['2019年7月14日', '14 July 2019 — 60 photos', '14 July 2019'],
  ],
  zh: [
    ['2019', '2019年：180 张照片', '2019年7月16日'],
    ['2019年7月', '2019年7月：180 张照片', '2019年7月16日'],
    ['2019年7月14日', '2019年7月14日：60 张照片', '2019年7月14日'],
    ['7月15日', '2019年7月15日：60 张照片', '2019年7月15日'],
    ['去年', '2019年：180 张照片', '2019年7月16日'],
    ['昨天', '2020年3月5日：9 张照片', '2020年3月5日'],
    ['14 July 2019', '2019年7月14日：60 张照片', '2019年7月14日'],
  ],
};

for (const language of ['en', 'zh'] as const) {
  test(`a typed date is understood and jumped to in ${language}`, async ({ page }) => {
    await openDates(page, tagroll(), language);
    const grid = gridOf(page, language);
    for (const [typed, understood, title] of FORMS[language]) {
      await page.keyboard.press('g');
      await expect(fieldOf(page, language)).toBeFocused();
      await page.keyboard.type(typed);
      await expect(answerOf(page, language)).toHaveText(understood);
      await page.keyboard.press('Enter');
      await expect(fieldOf(page, language)).toBeHidden();
      await expectAtTop(page, title, language);
      await expect(grid).toBeFocused();
      await expect(grid).toHaveAttribute('aria-activedescendant', /photo-\d+/);
    }
    await expect(grid.getByRole('option', { selected: true })).toHaveCount(0);
  });
}

test('from oldest to newest a jump leads to the first day', async ({ page }) => {
  await openDates(page, tagroll(), 'en', '&ascending=1');
  await page.keyboard.press('g');
  await page.keyboard.type('2019');
  await page.keyboard.press('Enter');
  await expectAtTop(page, '14 July 2019');
  await page.keyboard.press('g');
  await page.keyboard.type('1 Jan 2019');
  await expect(answerOf(page)).toHaveText('No photos that day; nearest: 17 December 2018');
  await page.keyboard.press('Enter');
  const focused = page.locator('[data-focused]');
  await expect(focused).toHaveAccessibleName(/17 December 2018/);
  await expect(focused).toBeInViewport();
});

test('the photo jumped to is where the keyboard goes on', async ({ page }) => {
  await openDates(page, tagroll());
  await page.keyboard.press('g');
  await page.keyboard.type('2019-07-14');
  await page.keyboard.press('Enter');
  await expectAtTop(page, '14 July 2019');
  const focused = page.locator('[data-focused]');
  await expect(focused).toHaveAttribute('aria-selected', 'false');
  const position = Number(await focused.getAttribute('aria-posinset'));
  expect(position).toBe(9 + 120 + 1);
  await page.keyboard.press('ArrowRight');
  const selected = gridOf(page).getByRole('option', { selected: true });
  await expect(selected).toHaveAttribute('aria-posinset', String(position + 1));
  // What is selected stays so over a jump, and a range goes on from there.
  await page.keyboard.press('g');
  await page.keyboard.type('2019-07-15');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-focused]')).toHaveAttribute('aria-posinset', '70');
  await expect(gridOf(page)).toBeFocused();
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(page.getByRole('toolbar')).toContainText('63 selected');
});

test('what is no date, no such date, or has no photos is answered', async ({ page }) => {
  await openDates(page, tagroll());
  await page.keyboard.press('g');
  const field = fieldOf(page);
  await expect(answerOf(page)).toContainText('Such as 2019');
  await field.fill('beach');
  await expect(field).not.toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('Enter');
  await expect(answerOf(page)).toContainText('This is not a date');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.fill('30 February 2019');
  await expect(answerOf(page)).toHaveText('There is no such date');
  await field.fill('12 July 2019');
  await expect(answerOf(page)).toHaveText('No photos that day; nearest: 14 July 2019');
  await field.fill('June 2019');
  await expect(answerOf(page)).toHaveText('No photos that month; nearest: 14 July 2019');
  await field.fill('2013');
  await expect(answerOf(page)).toHaveText('No photos that year; nearest: 29 February 2012');
  await field.fill('9'.repeat(10_000));
  await page.keyboard.press('Enter');
  await expect(answerOf(page)).toContainText('This is not a date');
  await expectAccessible(page, 'a date that is not understood');
  await page.keyboard.press('Escape');
  await expect(field).toBeHidden();
  await expect(gridOf(page)).toBeFocused();
  await expect(barOf(page)).toHaveAttribute('aria-valuenow', '0');
});

test('both ways to understand a text are offered', async ({ page }) => {
  await openDates(page, tagroll());
  await page.keyboard.press('g');
  await page.keyboard.type('jul 15');
  // There is no July 2015, but a 15 July.
  await expect(answerOf(page)).toHaveText('15 July 2019 — 60 photos');
  await fieldOf(page).fill('jan 17');
  await expect(answerOf(page)).toHaveText('January 2017 — 4 photos');
  await fieldOf(page).fill('jul 16');
  await expect(answerOf(page)).toHaveText('July 2016 — 3 photos');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Or 16 July 2019 — 60 photos' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expectAtTop(page, '16 July 2019');
  await expect(gridOf(page)).toBeFocused();
});

test('the date above the photos asks where to go', async ({ page }) => {
  await openDates(page, tagroll());
  await titleOf(page, '5 March 2020').click();
  await expect(fieldOf(page)).toBeFocused();
  await expectAccessible(page, 'jump to a date');
  await page.keyboard.type('15 July 2019');
  await page.keyboard.press('Enter');
  await expectAtTop(page, '15 July 2019');
  await page.mouse.move(500, 500);
  await page.mouse.wheel(0, 500);
  await titleOf(page, '15 July 2019').click();
  await expect(fieldOf(page)).toBeFocused();
  await page.mouse.click(700, 600);
  await expect(fieldOf(page)).toBeHidden();
  // Where the person clicked the focus stays.
  await page.keyboard.press('g');
  await page.getByRole('combobox', { name: 'Search photos' }).click();
  await expect(fieldOf(page)).toBeHidden();
  await expect(page.getByRole('combobox', { name: 'Search photos' })).toBeFocused();
});

for (const language of ['en', 'zh'] as const) {
  test(`in another order it offers to sort by date in ${language}`, async ({ page }) => {
    await openDates(page, tagroll(), language, '&sort=name&ascending=1');
    await expect(barOf(page, language).locator('path')).toHaveCount(0);
    await expect(barOf(page, language)).toHaveAttribute('aria-valuetext', /341/);
    await page.keyboard.press('g');
    const dialog = page.getByRole('dialog', { name: WORDS[language].jump });
    await expect(dialog).toContainText(
      language === 'en' ? 'not in the order of their dates' : '不是按日期排列的',
    );
    await page.keyboard.press('Enter');
    await expect(fieldOf(page, language)).toBeFocused();
    await page.keyboard.type('2019-07-15');
    await page.keyboard.press('Enter');
    await expectAtTop(page, language === 'en' ? '15 July 2019' : '2019年7月15日', language);
    await expect(barOf(page, language).locator('path')).toHaveCount(1);
  });
}

test('the shortcut is listed', async ({ page }) => {
  await openDates(page, tagroll());
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(dialog.getByText('Jump to a date', { exact: true })).toBeVisible();
});
