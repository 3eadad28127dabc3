import { datedLibraryForFile } from './datedLibrary.ts';
import {
  barOf,
  boxOf,
  densityAt,
  expectAtTop,
  findOnBar,
  gridOf,
  HOLIDAY_YEARS,
  hover,
  openDates,
  topOfTitle,
  WORDS,
} from './dates.ts';
import { expect, test } from './largeLibrary.ts';
import { photos, tabTo } from './window.ts';

const tagroll = datedLibraryForFile(HOLIDAY_YEARS);

for (const ascending of [false, true]) {
  test(`the density shows the holiday, ${ascending ? 'oldest' : 'newest'} first`, async ({
    page,
  }) => {
    await openDates(page, tagroll(), 'en', ascending ? '&ascending=1' : '');
    const holiday = await findOnBar(page, 'July 2019');
    expect(await densityAt(page, holiday + 0.05)).toBe(20);
    const quiet = await findOnBar(page, /May 201[678]/);
    expect(await densityAt(page, quiet)).toBeGreaterThan(0);
    expect(await densityAt(page, quiet)).toBeLessThan(5);
    // Undated photos come last in both orders.
    await hover(page, 0.99);
    await expect(barOf(page)).toContainText('No date · 40 photos');
    expect(await densityAt(page, 0.99)).toBe(0);
    await expect(barOf(page).getByText('2018', { exact: true })).toBeVisible();
  });
}

test('the density follows the theme and the result', async ({ page }) => {
  await openDates(page, tagroll());
  const path = barOf(page).locator('path');
  const colour = () => path.evaluate((element) => getComputedStyle(element).fill);
  const light = await colour();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(colour).not.toBe(light);
  const all = await path.getAttribute('d');
  await page.getByRole('combobox', { name: 'Search photos' }).fill('from:2016 to:2018 ');
  await expect(async () => expect(await path.getAttribute('d')).not.toBe(all)).toPass();
  await expect(barOf(page)).not.toContainText('2019');
});

test('the bubble names what a press leads to', async ({ page }) => {
  await openDates(page, tagroll());
  const bar = barOf(page);
  const at = await findOnBar(page, 'July 2019 · 180 photos');
  // Only a look: the grid stands where it did.
  await expect(bar).toHaveAttribute('aria-valuetext', 'March 2020');
  await expect(bar.getByText('July 2019 · 180 photos')).toBeVisible();
  await hover(page, at + 0.1);
  await page.mouse.down();
  await expect(bar).toHaveAttribute('aria-valuetext', 'July 2019');
  await expect(bar.getByText('July 2019 · 180 photos')).toBeVisible();
  await page.mouse.up();
  await page.mouse.move(300, 300);
  await expect(bar.getByText('July 2019 · 180 photos')).toBeHidden();
});

test('the thumb is dragged from end to end', async ({ page }) => {
  await openDates(page, tagroll());
  const bar = barOf(page);
  const box = await boxOf(bar);
  await page.mouse.move(box.x + box.width - 6, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 6, box.y + box.height + 40, { steps: 10 });
  await expect(bar).toHaveAttribute('aria-valuenow', '100');
  await expect(bar).toHaveAttribute('aria-valuetext', 'No date');
  await expect(bar.getByText('No date · 40 photos')).toBeVisible();
  await page.mouse.move(box.x + box.width - 6, box.y - 40, { steps: 10 });
  await page.mouse.up();
  await expect(bar).toHaveAttribute('aria-valuenow', '0');
  // The wheel works over the scroll bar as well.
  await page.mouse.move(box.x + box.width / 2, box.y + 200);
  await page.mouse.wheel(0, 600);
  await expect(bar).not.toHaveAttribute('aria-valuenow', '0');
});

for (const language of ['en', 'zh'] as const) {
  test(`the keyboard moves by month and year in ${language}`, async ({ page }) => {
    await openDates(page, tagroll(), language);
    const bar = barOf(page, language);
    const texts =
      language === 'en'
        ? ['March 2020', 'July 2019', 'December 2018', 'November 2018', 'December 2017']
        : ['2020年3月', '2019年7月', '2018年12月', '2018年11月', '2017年12月'];
    await tabTo(page, bar);
    await expect(bar).toHaveAttribute('aria-valuetext', texts[0] ?? '');
    const steps = ['ArrowDown', 'ArrowDown', 'ArrowDown', 'PageDown'];
    for (const [at, key] of steps.entries()) {
      await page.keyboard.press(key);
      await expect(bar).toHaveAttribute('aria-valuetext', texts[at + 1] ?? '');
    }
    await expect(bar.getByText(texts.at(-1) ?? '')).toBeVisible();
    await page.keyboard.press('PageUp');
    await expect(bar).toHaveAttribute('aria-valuetext', texts[2] ?? '');
    await page.keyboard.press('PageUp');
    await expect(bar).toHaveAttribute('aria-valuetext', texts[1] ?? '');
    await expectAtTop(page, language === 'en' ? '16 July 2019' : '2019年7月16日', language);
    await page.keyboard.press('ArrowUp');
    await expect(bar).toHaveAttribute('aria-valuetext', texts[0] ?? '');
    await page.keyboard.press('End');
    await expect(bar).toHaveAttribute('aria-valuetext', WORDS[language].undated);
    await page.keyboard.press('ArrowUp');
    await expect(bar).toHaveAttribute('aria-valuetext', /2012/);
    await page.keyboard.press('Home');
    await expect(bar).toHaveAttribute('aria-valuenow', '0');
  });
}

for (const language of ['en', 'zh'] as const) {
  test(`a date stays above its photos until the next pushes it out in ${language}`, async ({
    page,
  }) => {
    await openDates(page, tagroll(), language);
    const [above, below] =
      language === 'en'
        ? ['16 July 2019 · 60 photos', '15 July 2019 · 60 photos']
        : ['2019年7月16日 · 60 张照片', '2019年7月15日 · 60 张照片'];
    await page.keyboard.press('g');
    await page.keyboard.type('2019-07-16');
    await page.keyboard.press('Enter');
    await expectAtTop(page, above, language);
    const grid = gridOf(page, language);
    const scrollBy = (pixels: number) =>
      grid.evaluate((element, by) => element.scrollBy(0, by), pixels);
    await scrollBy(800);
    await expectAtTop(page, above, language);
    await page.keyboard.press('g');
    await page.keyboard.type('2019-07-15');
    await page.keyboard.press('Enter');
    await expectAtTop(page, below, language);
    // Back until half of the line above is seen.
    await scrollBy(-22);
    await expect(async () => {
      expect(await topOfTitle(page, below, language)).toBeCloseTo(22, 0);
      expect(await topOfTitle(page, above, language)).toBeCloseTo(-22, 0);
    }).toPass();
    await scrollBy(22);
    await expectAtTop(page, below, language);
  });
}

test('in a narrow window the scroll bar keeps its density and drops its names', async ({
  page,
}) => {
  await page.setViewportSize({ width: 500, height: 700 });
  await openDates(page, tagroll());
  expect((await boxOf(barOf(page))).width).toBe(20);
  await expect(barOf(page).getByText('2018', { exact: true })).toBeHidden();
  await expect(barOf(page).locator('svg')).toBeVisible();
  await findOnBar(page, 'July 2019 · 180 photos');
  await expect(barOf(page).getByText('July 2019 · 180 photos')).toBeInViewport();
  await expect(photos(page).first()).toBeVisible();
});
