/** A window on a holiday and some quiet years, and what is on screen of their dates, in both languages. */
import type { Locator, Page } from '@playwright/test';
import type { DatedPhotos } from './datedLibrary.ts';
import { expect, type Tagroll } from './fixture.ts';
import { openWindow } from './window.ts';

/** A photo every tenth day of a year. */
function quietYear(year: number): readonly DatedPhotos[] {
  return Array.from({ length: 36 }, (_, at) => {
    const date = new Date(Date.UTC(year, 0, 1 + at * 10));
    return [date.toISOString().slice(0, 10), 1] as const;
  });
}

/** From newest to oldest: a few, a holiday, three quiet years, one leap day, and photos without a date. */
export const HOLIDAY_YEARS: readonly DatedPhotos[] = [
  ['2020-03-05', 9],
  ['2019-07-16', 60],
  ['2019-07-15', 60],
  ['2019-07-14', 60],
  ...quietYear(2018),
  ...quietYear(2017),
  ...quietYear(2016),
  ['2012-02-29', 4],
  [null, 40],
];

const TODAY = new Date(2020, 2, 6, 10);

export const WORDS = {
  en: {
    bar: 'Position in the photos',
    grid: 'Photos',
    jump: 'Jump to a date',
    order: /^Order/,
    undated: 'No date',
  },
  zh: {
    bar: '浏览位置',
    grid: '照片',
    jump: '跳转到日期',
    order: /^排序/,
    undated: '无日期',
  },
} as const;

export type Language = keyof typeof WORDS;

/** Opens the window on a certain day, in a language. */
export async function openDates(
  page: Page,
  tagroll: Tagroll,
  language: Language = 'en',
  view = '',
): Promise<void> {
  await tagroll.tagroll('settings', 'language', language);
  await page.clock.setFixedTime(TODAY);
  if (language === 'en') {
    await openWindow(page, tagroll, `#/photos?lens=50&zoom=2${view}`);
    return;
  }
  await page.goto(`${tagroll.door.url}#/photos?lens=50&zoom=2${view}`);
  await expect(gridOf(page, language).getByRole('option').first()).toBeVisible();
}

export const gridOf = (page: Page, language: Language = 'en'): Locator =>
  page.getByRole('listbox', { name: WORDS[language].grid, exact: true });
export const barOf = (page: Page, language: Language = 'en'): Locator =>
  page.getByRole('scrollbar', { name: WORDS[language].bar });
export const fieldOf = (page: Page, language: Language = 'en'): Locator =>
  page
    .getByRole('dialog', { name: WORDS[language].jump })
    .getByRole('textbox', { name: WORDS[language].jump });
export const answerOf = (page: Page, language: Language = 'en'): Locator =>
  page.getByRole('dialog', { name: WORDS[language].jump }).getByRole('status');
/** The title of a day, such as `14 July 2019 · 60 photos`. */
export const titleOf = (page: Page, text: string): Locator =>
  page.locator('button').filter({ hasText: new RegExp(`^${text}`) });

export async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (!box) throw new Error(`${locator} is not on screen.`);
  return box;
}

/** Pixels from the top of the grid to the top of a title's line. */
export async function topOfTitle(
  page: Page,
  text: string,
  language: Language = 'en',
): Promise<number> {
  const line = titleOf(page, text).locator('..');
  return (await boxOf(line)).y - (await boxOf(gridOf(page, language))).y;
}

export async function expectAtTop(
  page: Page,
  text: string,
  language: Language = 'en',
): Promise<void> {
  await expect(async () => {
    expect(await topOfTitle(page, text, language)).toBeCloseTo(0, 0);
  }).toPass();
}

/** Moves the pointer over the scroll bar, to a share of its height. */
export async function hover(page: Page, part: number, language: Language = 'en'): Promise<void> {
  const box = await boxOf(barOf(page, language));
  await page.mouse.move(box.x + box.width / 2, box.y + box.height * part);
}

/** The share of the bar's height where the bubble says so. */
export async function findOnBar(page: Page, text: string | RegExp, language: Language = 'en') {
  for (let part = 0.01; part < 1; part += 0.02) {
    await hover(page, part, language);
    const said = (await barOf(page, language).textContent()) ?? '';
    if (typeof text === 'string' ? said.includes(text) : text.test(said)) return part;
  }
  throw new Error(`Nowhere on the scroll bar it says ${text}.`);
}

/** How long the density's bar is at a share of the height, in pixels of the longest one's 20. */
export function densityAt(page: Page, part: number): Promise<number> {
  return page
    .getByRole('scrollbar')
    .locator('svg')
    .evaluate((element, share) => {
      const path = element.querySelector('path');
      const y = Math.floor(element.clientHeight * share) + 0.5;
      let length = 0;
      while (path?.isPointInFill(new DOMPoint(19.75 - length, y)) === true) length += 0.5;
      return length;
    }, part);
}
