import type { Locator, Page } from '@playwright/test';
import type { Client } from '../../app/engineClient.ts';
import { connectHolder } from '../../app/remote.ts';
import en from '../../renderer/i18n/en.json' with { type: 'json' };
import zh from '../../renderer/i18n/zh.json' with { type: 'json' };
import { expect, LARGE_COUNT, largeLibraryForFile, test } from './largeLibrary.ts';
import { expectQuery, part, photosOf } from './sidebarParts.ts';

const tagroll = largeLibraryForFile();

/** What is on screen of a large library, in each language. */
const LANGUAGES = {
  en: {
    words: en,
    cameras: 'Cameras',
    dates: 'Dates',
    list: 'Suggestions',
    dog: 'dog',
  },
  zh: { words: zh, cameras: '相机', dates: '日期', list: '建议', dog: '狗' },
} as const;

async function ask<Answer>(question: (client: Client) => Promise<Answer>): Promise<Answer> {
  const remote = await connectHolder(tagroll().libraryPath);
  try {
    return await question(remote.client);
  } finally {
    remote.close();
  }
}

/** How many photos the engine finds in pages of its own, which the window does not use. */
async function found(query: string): Promise<number> {
  const page = { threshold: 50, sort: 'taken', ascending: false, limit: 1, offset: 0 } as const;
  return (await ask((client) => client.photos.search({ query, ...page }))).total;
}

for (const language of ['en', 'zh'] as const) {
  const { words, cameras, dates, list, dog } = LANGUAGES[language];
  const grid = (page: Page): Locator =>
    page.getByRole('listbox', { name: words.grid.label, exact: true });
  const field = (page: Page): Locator => page.getByRole('combobox', { name: words.search.label });
  const photoAt = (page: Page, place: number): Locator =>
    grid(page)
      .getByRole('option')
      .and(page.locator(`[aria-posinset="${place}"]`));
  const expectCount = async (page: Page, count: number): Promise<void> => {
    await expect(page.getByRole('heading', { level: 1 })).toContainText(count.toLocaleString('en'));
    await expect(grid(page).getByRole('option').first()).toHaveAttribute(
      'aria-setsize',
      String(count),
    );
  };
  const search = async (page: Page, query: string): Promise<void> => {
    await field(page).fill(query);
    await field(page).press('Enter');
  };

  test.describe(`100,000 photos in ${language}`, () => {
    test.beforeEach(async ({ page }) => {
      await ask(async (client) => {
        await client.settings.set({ key: 'language', value: language });
        for (const { id } of (await client.searches.list()).searches) {
          await client.searches.remove({ id });
        }
      });
      await page.goto(`${tagroll().door.url}#/photos?lens=50&zoom=2`);
      await expectCount(page, LARGE_COUNT);
    });

    test('years and cameras narrow the result, by mouse and by keyboard', async ({ page }) => {
      const year = part(page, dates)
        .getByRole('button', { name: /^(19|20)\d\d/ })
        .first();
      await expect(year).toBeVisible();
      const number = /\d{4}/.exec((await year.textContent()) ?? '')?.[0] ?? '';
      const query = `date:${number}`;
      await expect.poll(() => photosOf(year)).toBe(await found(query));
      await year.click();
      await expectQuery(page, query);
      await expectCount(page, await found(query));
      const camera = part(page, cameras).locator('[data-value]').first();
      await expect.poll(() => photosOf(camera)).toBeGreaterThan(0);
      await expect(async () => {
        // Its line may still be that of all years.
        expect(await photosOf(camera)).toBeLessThan(await found(query));
      }).toPass();
      const count = await photosOf(camera);
      await camera.focus();
      await page.keyboard.press('Enter');
      await expectCount(page, count);
      await page.keyboard.press('Alt+Enter');
      await expectCount(page, (await found(query)) - count);
    });

    test('a tag is found by its beginning, by mouse and by keyboard', async ({ page, faults }) => {
      // Half of a term is no search yet.
      faults.allow(/status of 400/);
      const offers = page.getByRole('listbox', { name: list }).getByRole('option');
      const dogs = await found('tag:dog');
      await field(page).pressSequentially(dog);
      await expect(
        offers.filter({ hasText: 'dog' }).filter({ hasText: '狗' }).first(),
      ).toBeVisible();
      await offers.filter({ hasText: 'dog' }).filter({ hasText: '狗' }).first().click();
      await expectCount(page, dogs);
      await page.getByRole('button', { name: words.search.clear }).click();
      await expectCount(page, LARGE_COUNT);
      await field(page).pressSequentially('camera:can');
      await expect(offers.filter({ hasText: /canon/i }).first()).toBeVisible();
      await field(page).press('ArrowDown');
      await field(page).press('Enter');
      await expect(async () => {
        const query = await page.evaluate(
          () => new URLSearchParams(window.location.hash.split('?')[1]).get('q') ?? '',
        );
        expect(query).toMatch(/^camera:.*canon/i);
        await expectCount(page, await found(query));
      }).toPass();
    });

    test('a search is kept with its count, and leads back to it', async ({ page }) => {
      await search(page, 'tag:dog tag:beach');
      const count = await found('tag:dog tag:beach');
      await expectCount(page, count);
      await page.keyboard.press('Control+s');
      const name = page.getByRole('textbox', { name: words.saved.name });
      await name.fill('Strand');
      await name.press('Enter');
      const row = page
        .getByRole('navigation')
        .getByRole('list', { name: words.saved.title })
        .getByRole('button', { name: /^Strand/ });
      await expect.poll(() => photosOf(row)).toBe(count);
      await page.getByRole('button', { name: words.search.clear }).click();
      await expectCount(page, LARGE_COUNT);
      await row.click();
      await expectCount(page, count);
    });

    test('a date that is typed is gone to, and the title of a day asks for one', async ({
      page,
    }) => {
      const bar = page.getByRole('scrollbar', { name: words.grid.scrubber });
      const typed = page.getByRole('textbox', { name: words.grid.jump.title });
      await grid(page).focus();
      await page.keyboard.press('g');
      await typed.fill('2014-07');
      await typed.press('Enter');
      await expect(bar).toHaveAttribute('aria-valuetext', /2014/);
      await expect(grid(page)).toBeFocused();
      await page.locator('#photo-grid button').first().click();
      await typed.fill('2009');
      await typed.press('Enter');
      await expect(bar).toHaveAttribute('aria-valuetext', /2009/);
    });

    test('back and forward lead to where one was', async ({ page }) => {
      const dogs = await found('tag:dog');
      await search(page, 'tag:dog');
      await expectCount(page, dogs);
      await expect(page.locator('section[aria-busy="false"]')).toBeVisible();
      await grid(page).press('End');
      await expect(photoAt(page, dogs)).toBeInViewport();
      await page.getByRole('button', { name: words.search.clear }).click();
      await expectCount(page, LARGE_COUNT);
      await page.getByRole('button', { name: words.navigation.back, exact: true }).click();
      await expectCount(page, dogs);
      await expect(photoAt(page, dogs)).toBeInViewport();
      await page.keyboard.press('Alt+ArrowRight');
      await expectCount(page, LARGE_COUNT);
      await expect(photoAt(page, 1)).toBeInViewport();
    });
  });
}
