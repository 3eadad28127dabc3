import type { Locator, Page } from '@playwright/test';
import { expect, LARGE_COUNT, largeLibraryForFile, test } from './largeLibrary.ts';
import {
  countOf,
  grid,
  openWindow,
  photos,
  resultTitle,
  searchField,
  setLens,
  tagRow,
} from './window.ts';

/** More than this in the page at once would be all of them soon. */
const MOST_DRAWN = 200;

/** Each count that is compared is asked for by a command of its own. */
test.describe.configure({ timeout: 180_000 });

const tagroll = largeLibraryForFile();

/** How many photos the command line finds: the window must find as many. */
async function found(query: string, threshold = 50): Promise<number> {
  const { total } = await tagroll().tagroll<{ readonly total: number }>(
    ...['search', query, '--threshold', String(threshold), '--limit', '1'],
  );
  return total;
}

async function search(page: Page, query: string): Promise<void> {
  await searchField(page).fill(query);
  await searchField(page).press('Enter');
}

async function expectCount(page: Page, count: number): Promise<void> {
  await expect(resultTitle(page)).toHaveText(`${count.toLocaleString('en')} photos`);
  await expect(photos(page).first()).toHaveAttribute('aria-setsize', String(count));
}

function photoAt(page: Page, place: number): Locator {
  return photos(page).and(page.locator(`[aria-posinset="${place}"]`));
}

/** Every photo on screen is known by its name. */
async function expectKnown(page: Page): Promise<void> {
  await expect(async () => {
    const labels = await photos(page).evaluateAll((cells) =>
      cells
        .filter((cell) => {
          const { top, bottom } = cell.getBoundingClientRect();
          return bottom > 0 && top < window.innerHeight;
        })
        .map((cell) => cell.getAttribute('aria-label') ?? ''),
    );
    expect(labels.length).toBeGreaterThan(0);
    expect(labels.filter((label) => !/\.(JPG|heic)/.test(label))).toEqual([]);
  }).toPass();
}

test.describe('in English', () => {
  test.beforeEach(({ page }) => openWindow(page, tagroll()));

  test('everything is there at once, and only what is near the screen is drawn', async ({
    page,
  }) => {
    await expectCount(page, LARGE_COUNT);
    await expectKnown(page);
    expect(await photos(page).count()).toBeLessThan(MOST_DRAWN);
  });

  test('what is typed is counted and shown, and emptied again', async ({ page }) => {
    for (const query of ['tag:dog', 'tag:dog tag:beach', '(tag:dog OR tag:桥) -camera:canon']) {
      await search(page, query);
      await expectCount(page, await found(query));
      await expectKnown(page);
      await page.getByRole('button', { name: 'Clear the search' }).click();
      await expectCount(page, LARGE_COUNT);
    }
  });

  test('a tag of the sidebar finds as many as it says', async ({ page }) => {
    const dog = tagRow(page, 'dog');
    const count = await countOf(dog);
    await dog.click();
    await expectCount(page, count);
    await expect(grid(page)).toBeVisible();
    await dog.click();
    await expectCount(page, LARGE_COUNT);
  });

  test('the lens thins out the photos by keyboard and by mouse', async ({ page }) => {
    await search(page, 'tag:dog');
    const middle = await found('tag:dog');
    await expectCount(page, middle);
    await setLens(page, 90);
    const few = await found('tag:dog', 90);
    expect(few).toBeLessThan(middle);
    await expectCount(page, few);
    const lens = page.getByRole('slider', { name: 'Confidence lens' });
    const box = await lens.boundingBox();
    if (!box) throw new Error('The lens is not on screen.');
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width / 2, y);
    await page.mouse.down();
    for (let step = 1; step <= 20; step += 1) await page.mouse.move(box.x - step * 20, y);
    await page.mouse.up();
    await expect(lens).toHaveAttribute('aria-valuenow', '0');
    await expectCount(page, await found('tag:dog', 0));
  });

  test('a key that is about all photos means all, however soon it is pressed', async ({ page }) => {
    const all = await found('tag:dog');
    await page.evaluate(() => {
      window.location.hash = '/photos?q=tag:dog';
    });
    await grid(page).press('Control+a');
    await expectCount(page, all);
    await expect(async () => {
      await grid(page).press('Control+a');
      await expect(page.getByRole('toolbar').getByRole('status')).toHaveText(
        `${all.toLocaleString('en')} selected`,
        { timeout: 1000 },
      );
    }).toPass();
    await page.evaluate(() => {
      window.location.hash = '/photos?q=tag:beach';
    });
    await expect(resultTitle(page)).not.toHaveText(`${all.toLocaleString('en')} photos`);
    await grid(page).press('End');
    await expect(photoAt(page, await found('tag:beach'))).toBeInViewport();
  });

  test('both ends are one key away, and the wheel goes on from there', async ({ page }) => {
    await grid(page).press('End');
    await expect(photoAt(page, LARGE_COUNT)).toBeInViewport();
    await expectKnown(page);
    expect(await photos(page).count()).toBeLessThan(MOST_DRAWN);
    await photoAt(page, LARGE_COUNT).hover();
    await page.mouse.wheel(0, -3000);
    await expect(photoAt(page, LARGE_COUNT)).not.toBeInViewport();
    await expectKnown(page);
    await grid(page).press('Home');
    await expect(photoAt(page, 1)).toBeInViewport();
    await grid(page).press('PageDown');
    await grid(page).press('PageDown');
    await expect(photoAt(page, 1)).not.toBeInViewport();
    await expectKnown(page);
  });

  test('the scroll bar leads anywhere, by a press and by dragging', async ({ page }) => {
    const bar = page.getByRole('scrollbar', { name: 'Position in the photos' });
    const box = await bar.boundingBox();
    if (!box) throw new Error('The scroll bar is not on screen.');
    const x = box.x + box.width - 6;
    for (const [part, years] of [
      [0.5, /201[4-7]/],
      [0.9, /200[6-9]/],
      [0.1, /202[2-5]/],
    ] as const) {
      await page.mouse.click(x, box.y + box.height * part);
      await expect(bar).toHaveAttribute('aria-valuetext', years);
      await expectKnown(page);
    }
    await page.mouse.down();
    await page.mouse.move(x, box.y + box.height + 40, { steps: 12 });
    await page.mouse.up();
    await expect(bar).toHaveAttribute('aria-valuenow', '100');
    await expect(photoAt(page, LARGE_COUNT)).toBeInViewport();
    await expectKnown(page);
  });

  test('what is looked at stays in place while the lens moves', async ({ page }) => {
    await search(page, 'tag:dog');
    await expectCount(page, await found('tag:dog'));
    await photoAt(page, 1).hover();
    await page.mouse.wheel(0, 6000);
    await expect(photoAt(page, 1)).not.toBeInViewport();
    await expectKnown(page);
    await grid(page).press('ArrowRight');
    const selected = grid(page).getByRole('option', { selected: true });
    await expect(selected).toHaveCount(1);
    const id = await selected.getAttribute('data-photo-id');
    await setLens(page, 40);
    await expectCount(page, await found('tag:dog', 40));
    await expect(page.locator(`[data-photo-id="${id}"]`)).toBeInViewport();
  });
});

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' });

  test('search, lens and both ends', async ({ page }) => {
    await page.goto(`${tagroll().door.url}#/photos?lens=50&zoom=2`);
    await expect(resultTitle(page)).toHaveText('100,000 张照片');
    const field = page.getByRole('combobox', { name: '搜索照片' });
    await field.fill('狗');
    await field.press('Enter');
    const dogs = await found('狗');
    await expect(resultTitle(page)).toHaveText(`${dogs.toLocaleString('en')} 张照片`);
    const lens = page.getByRole('slider', { name: '置信度' });
    await lens.focus();
    await page.keyboard.press('End');
    const surest = await found('狗', 100);
    await expect(resultTitle(page)).toHaveText(`${surest.toLocaleString('en')} 张照片`);
    await page.keyboard.press('Home');
    const all = await found('狗', 0);
    await expect(resultTitle(page)).toHaveText(`${all.toLocaleString('en')} 张照片`);
    const shown = page.getByRole('listbox', { name: '照片', exact: true });
    await shown.press('End');
    const last = shown.getByRole('option').and(page.locator(`[aria-posinset="${all}"]`));
    await expect(last).toBeInViewport();
  });
});
