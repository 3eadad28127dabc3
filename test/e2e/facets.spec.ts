import type { Page } from '@playwright/test';
import { ALBUM } from './album.ts';
import { expectAccessible } from './axe.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { chooseInMenu, expectQuery, part, photosOf, value } from './sidebarParts.ts';
import { simulatorsForFile } from './simulated.ts';
import { expectPhotos, openWindow, resultTitle, setLens, tabTo } from './window.ts';

const LENS = 'XF35mmF2 R WR';
const OTHER_LENS = 'iPhone 12 back camera 4.2mm f/1.6';
const lensOf = (model: string | undefined): string | null =>
  model === 'X-T3' ? LENS : model === 'iPhone 12' ? OTHER_LENS : null;
const PHOTOS = ALBUM.map((photo) => {
  const lens = lensOf(photo.model);
  return lens ? { ...photo, lens } : photo;
});

const simulators = simulatorsForFile();
const tagroll = tagrollForFile(PHOTOS, () => simulators().tencent.environment);

test.beforeAll(async () => {
  const { tagroll: run } = tagroll();
  await run('label', 'add', 'holiday', '--query', 'name:sea OR name:rose OR name:valley');
  // Says of some photos that they show blood.
  await run('tag', '--service', 'tencent-terrorism');
});
/** Photos that the command line finds. */
async function found(query: string, threshold = 50): Promise<number> {
  const { photos } = await tagroll().tagroll<{ photos: readonly unknown[] }>(
    'search',
    query,
    '--threshold',
    String(threshold),
  );
  return photos.length;
}

type Case = {
  /** Heading, and two values as they are shown, in each language. */
  readonly en: readonly [part: string, first: string, second: string];
  readonly zh: readonly [part: string, first: string, second: string];
  readonly terms: readonly [first: string, second: string];
  readonly photos: readonly [first: number, second: number];
};

/** Kinds of which a photo has one value: a click replaces it. */
const CASES: readonly Case[] = [
  {
    en: ['Dates', '2021', '2019'],
    zh: ['日期', '2021年', '2019年'],
    terms: ['date:2021', 'date:2019'],
    photos: [4, 5],
  },
  {
    en: ['Cameras', 'Fujifilm X-T3', 'Apple iPhone 12'],
    zh: ['相机', 'Fujifilm X-T3', 'Apple iPhone 12'],
    terms: ['camera:"FUJIFILM X-T3"', 'camera:"Apple iPhone 12"'],
    photos: [5, 4],
  },
  {
    en: ['Lenses', LENS, OTHER_LENS],
    zh: ['镜头', LENS, OTHER_LENS],
    terms: [`lens:"${LENS}"`, `lens:"${OTHER_LENS}"`],
    photos: [5, 4],
  },
  {
    en: ['Tagged by', 'This computer', 'You'],
    zh: ['标签来源', '本机', '您'],
    terms: ['source:on-device', 'source:me'],
    photos: [12, 3],
  },
  {
    en: ['Formats', 'JPEG', 'PNG'],
    zh: ['格式', 'JPEG', 'PNG'],
    terms: ['type:jpeg', 'type:png'],
    photos: [9, 1],
  },
];

for (const language of ['zh', 'en'] as const) {
  test.describe(`in ${language}`, () => {
    test.beforeAll(async () => {
      await tagroll().tagroll('settings', 'language', language);
    });
    for (const { [language]: names, terms, photos } of CASES) {
      const [heading, firstName, secondName] = names;
      const [first, second] = terms;
      test(`${heading}: by mouse and by keyboard`, async ({ page }) => {
        await page.goto(`${tagroll().door.url}#/photos?lens=50&zoom=2`);
        const one = value(page, heading, firstName);
        const two = value(page, heading, secondName);
        await expect.poll(() => photosOf(one)).toBe(photos[0]);
        await expect.poll(() => photosOf(two)).toBe(photos[1]);

        await one.click();
        await expectQuery(page, first);
        await expect(one).toHaveAttribute('aria-pressed', 'true');
        await expect(page.getByRole('main').getByRole('option')).toHaveCount(photos[0]);
        await two.click();
        await expectQuery(page, second);
        await expect(one).toHaveAttribute('aria-pressed', 'false');
        await one.click({ modifiers: ['Shift'] });
        await expectQuery(page, `(${second} OR ${first})`);
        await expect(one).toHaveAttribute('aria-pressed', 'true');
        await expect(two).toHaveAttribute('aria-pressed', 'true');
        await two.click();
        await expectQuery(page, first);
        await one.click({ modifiers: ['Alt'] });
        await expectQuery(page, `-${first}`);
        await one.click({ modifiers: ['Alt'] });
        await expectQuery(page, '');

        await two.focus();
        await page.keyboard.press('Enter');
        await expectQuery(page, second);
        await expect(two).toBeFocused();
        await one.focus();
        await page.keyboard.press('Shift+Enter');
        await expectQuery(page, `(${second} OR ${first})`);
        await page.keyboard.press('Alt+Enter');
        await expectQuery(page, `${second} -${first}`);
        await expect(one).toBeFocused();
        await page.keyboard.press('Alt+Enter');
        await expectQuery(page, second);
      });
    }
  });
}

test('years open to months, which replace and join as years do', async ({ page }) => {
  await openWindow(page, tagroll());
  const dates = part(page, 'Dates');
  await expect(dates.getByRole('button', { name: /July/ })).toBeHidden();
  await value(page, 'Dates', '2019').focus();
  await page.keyboard.press('ArrowRight');
  const july = value(page, 'Dates', 'July 2019');
  await expect(july).toBeVisible();
  await expect.poll(() => photosOf(july)).toBe(5);
  await page.keyboard.press('ArrowDown');
  await expect(july).toBeFocused();
  await page.keyboard.press('Enter');
  await expectQuery(page, 'date:2019-07');
  // The other years stay, with what they would bring.
  await expect.poll(() => photosOf(value(page, 'Dates', '2021'))).toBe(4);
  await value(page, 'Dates', '1984').click({ modifiers: ['Shift'] });
  await expectQuery(page, '(date:2019-07 OR date:1984)');
  await expect(resultTitle(page)).toHaveText('8 photos');
  await july.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(value(page, 'Dates', '2019')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(july).toBeHidden();
  await dates.getByRole('button', { name: /^2019/ }).locator('[data-chevron]').click();
  await expect(july).toHaveAttribute('aria-pressed', 'true');

  // A window that opens with a month shows it.
  await page.goto('about:blank');
  await openWindow(page, tagroll(), '#/photos?lens=50&zoom=2&q=date:2021-05');
  await expect(value(page, 'Dates', 'May 2021')).toHaveAttribute('aria-pressed', 'true');
});

test('a group keeps its other values while one is chosen, and the rest follows', async ({
  page,
}) => {
  await openWindow(page, tagroll());
  await value(page, 'Cameras', 'Fujifilm X-T3').click();
  await expect(resultTitle(page)).toHaveText('5 photos');
  await expect(value(page, 'Dates', '2021')).toBeHidden();
  await expect.poll(() => photosOf(value(page, 'Cameras', 'Apple iPhone 12'))).toBe(4);
  await expect.poll(() => photosOf(value(page, 'Dates', '2019'))).toBe(5);
  await value(page, 'Cameras', 'Apple iPhone 12').click({ modifiers: ['Shift'] });
  await expect(resultTitle(page)).toHaveText('9 photos');
  await expect.poll(() => photosOf(value(page, 'Dates', '2021'))).toBe(4);
  await value(page, 'Dates', '2021').click();
  await expectQuery(page, '(camera:"FUJIFILM X-T3" OR camera:"Apple iPhone 12") date:2021');
  // Cameras are counted in the year: no photo of it is from this one, but it is searched for.
  await expect(value(page, 'Cameras', 'Fujifilm X-T3')).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => photosOf(value(page, 'Dates', '2019'))).toBe(5);
});

test('tags add up; shift makes alternatives, alt excludes, and the focus stays', async ({
  page,
}) => {
  await openWindow(page, tagroll());
  await value(page, 'Tags', 'holiday').click();
  await expectPhotos(page, ['sea.jpg', 'rose.jpg', 'valley.png']);
  await value(page, 'Tags', 'blue').click();
  await expectQuery(page, 'tag:holiday tag:blue');
  await expectPhotos(page, ['sea.jpg']);
  await value(page, 'Tags', 'blue').click();
  await value(page, 'Tags', 'red').click({ modifiers: ['Shift'] });
  await expectQuery(page, '(tag:holiday OR tag:red)');
  await expectPhotos(page, ['sea.jpg', 'rose.jpg', 'valley.png', 'tulip.jpg']);
  const red = value(page, 'Tags', 'red');
  await red.focus();
  await page.keyboard.press('Alt+Enter');
  await expectQuery(page, 'tag:holiday -tag:red');
  await expectPhotos(page, ['sea.jpg', 'valley.png']);
  // Its line is another one now: it is no tag of the result any more.
  await expect(red).toBeFocused();
  await expect(red.getByRole('img', { name: 'Excluded' })).toBeVisible();
  await page.keyboard.press('Alt+Enter');
  await expectQuery(page, 'tag:holiday');
});

test('the menu offers the same, and to search for nothing else', async ({ page }) => {
  await openWindow(page, tagroll());
  const apple = value(page, 'Cameras', 'Apple iPhone 12');
  const fuji = value(page, 'Cameras', 'Fujifilm X-T3');
  await chooseInMenu(page, apple, 'Add to the search');
  await expectQuery(page, 'camera:"Apple iPhone 12"');
  await chooseInMenu(page, fuji, 'Or this one');
  await expectQuery(page, '(camera:"Apple iPhone 12" OR camera:"FUJIFILM X-T3")');
  await chooseInMenu(page, apple, 'Exclude from the search');
  await expectQuery(page, 'camera:"FUJIFILM X-T3" -camera:"Apple iPhone 12"');
  await chooseInMenu(page, apple, 'Switch to this');
  await expectQuery(page, 'camera:"Apple iPhone 12"');
  await chooseInMenu(page, apple, 'Remove from the search');
  await expectQuery(page, '');
  await value(page, 'Tags', 'holiday').click();
  await chooseInMenu(page, fuji, 'Search only this');
  await expectQuery(page, 'camera:"FUJIFILM X-T3"');
  // By keyboard.
  await apple.focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Switch to this' }).press('Enter');
  await expectQuery(page, 'camera:"Apple iPhone 12"');
});

test('what the person wrote stays as it is', async ({ page }) => {
  const typed = '(name:sea  OR 海边)  -tag:wide "x" OR is:landscape';
  await openWindow(page, tagroll(), `#/photos?lens=50&zoom=2&q=${encodeURIComponent(`${typed}`)}`);
  await value(page, 'Cameras', 'Fujifilm X-T3').click();
  await expectQuery(page, `(${typed}) camera:"FUJIFILM X-T3"`);
  await value(page, 'Cameras', 'Fujifilm X-T3').click();
  await expectQuery(page, `(${typed})`);
});

test('counts follow the search and the lens', async ({ page }) => {
  await openWindow(page, tagroll());
  const computer = value(page, 'Tagged by', 'This computer');
  for (const lens of [95, 20]) {
    await setLens(page, lens);
    const count = await found('source:on-device', lens);
    if (count === 0) await expect(computer).toBeHidden();
    else await expect.poll(() => photosOf(computer)).toBe(count);
  }
  await value(page, 'Tags', 'dark').click();
  for (const [heading, label, term] of [
    ['Dates', '2019', 'date:2019'],
    ['Cameras', 'Fujifilm X-T3', 'camera:fujifilm'],
    ['Formats', 'JPEG', 'type:jpeg'],
  ] as const) {
    const count = await found(`tag:dark ${term}`, 20);
    expect(count).toBeGreaterThan(0);
    await expect.poll(() => photosOf(value(page, heading, label))).toBe(count);
  }
  await expect(value(page, 'Formats', 'PNG')).toBeHidden();
});

test('a part without values is not there', async ({ page }) => {
  await openWindow(page, tagroll(), '#/photos?lens=50&zoom=2');
  await expect(part(page, 'Lenses')).toBeVisible();
  await value(page, 'Formats', 'PNG').click();
  await expect(part(page, 'Lenses')).toBeHidden();
  await expect(part(page, 'Formats')).toBeVisible();
  await page.getByRole('button', { name: /^Favourites/ }).click();
  for (const name of ['Dates', 'Cameras', 'Tagged by', 'Formats']) {
    await expect(part(page, name)).toBeHidden();
  }
  await expect(part(page, 'Tags')).toContainText('No photo matches');
});

test('labels about sensitive content are nowhere', async ({ page }) => {
  await openWindow(page, tagroll(), '#/photos?lens=0&zoom=2');
  expect(await found('is:sensitive', 0)).toBeGreaterThan(0);
  await expect(value(page, 'Tagged by', 'You')).toBeVisible();
  await expect(page.getByRole('navigation').first()).not.toContainText(/blood|Tencent/i);
  await page.getByRole('textbox', { name: 'Filter tags' }).fill('blood');
  await expect(part(page, 'Tags')).toContainText('No tag is called “blood”');
});

test('tags of the library that the result does not have can be found by typing', async ({
  page,
}) => {
  await openWindow(page, tagroll());
  await value(page, 'Cameras', 'Fujifilm X-T3').click();
  await expect(resultTitle(page)).toHaveText('5 photos');
  const filter = page.getByRole('textbox', { name: 'Filter tags' });
  await expect(value(page, 'Tags', 'red')).toBeHidden();
  await filter.fill('red');
  await expect(part(page, 'Tags')).toContainText('Not in this result');
  const red = value(page, 'Tags', 'red');
  await expect.poll(() => photosOf(red)).toBe(await found('tag:red'));
  await chooseInMenu(page, red, 'Search only this');
  await expectPhotos(page, ['rose.jpg', 'tulip.jpg']);
  await expect(part(page, 'Tags')).not.toContainText('Not in this result');
  await filter.press('Escape');
  await expect(filter).toHaveValue('');
});

test('colours have a patch of theirs', async ({ page }) => {
  await openWindow(page, tagroll());
  const patch = (name: string) => value(page, 'Tags', name).locator('[data-colour]');
  const lookOf = (name: string) =>
    patch(name).evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(await lookOf('blue')).toBe('rgb(46, 104, 200)');
  expect(await lookOf('red')).not.toBe(await lookOf('blue'));
  await expect(value(page, 'Tags', 'holiday')).toBeVisible();
  await expect(patch('holiday')).toHaveCount(0);
});

test('what was folded stays so', async ({ page }) => {
  await openWindow(page, tagroll());
  const heading = (name: string) => part(page, name).getByRole('button', { name, exact: true });
  await heading('Cameras').click();
  await expect(value(page, 'Cameras', 'Fujifilm X-T3')).toBeHidden();
  const colour = part(page, 'Tags').getByRole('button', { name: 'Colour', exact: true });
  await tabTo(page, heading('Tags'));
  await colour.click();
  await expect(value(page, 'Tags', 'blue')).toBeHidden();
  await expect(colour).toHaveAttribute('aria-expanded', 'false');
  await page.reload();
  await expect(value(page, 'Formats', 'JPEG')).toBeVisible();
  await expect(heading('Cameras')).toHaveAttribute('aria-expanded', 'false');
  await expect(colour).toHaveAttribute('aria-expanded', 'false');
  await expect(value(page, 'Tags', 'blue')).toBeHidden();
  await heading('Cameras').press('Enter');
  await expect(value(page, 'Cameras', 'Fujifilm X-T3')).toBeVisible();
  await colour.click();
  await expect(value(page, 'Tags', 'blue')).toBeVisible();
});

test('everything has a name and enough contrast', async ({ page }) => {
  await openWindow(page, tagroll());
  await value(page, 'Cameras', 'Fujifilm X-T3').click();
  await value(page, 'Cameras', 'Apple iPhone 12').click({ modifiers: ['Alt'] });
  await value(page, 'Dates', '2019').press('ArrowRight');
  await expect(value(page, 'Dates', 'July 2019')).toBeVisible();
  await expectAccessible(page, 'the library pane');
});

test.describe('folders', () => {
  const row = (page: Page, name: string) =>
    page.getByRole('tree').getByRole('treeitem', { name: new RegExp(`^${name}`) });

  test('replace, join and exclude as other values do, and count what is found', async ({
    page,
  }) => {
    await openWindow(page, tagroll());
    const term = (name: string) => `folder:"${tagroll().photosPath}/${name}"`;
    const plain = `folder:${tagroll().photosPath}/Scans`;
    await row(page, 'Photos').press('ArrowRight');
    await expect.poll(() => photosOf(row(page, '2021 Garden'))).toBe(4);
    await value(page, 'Tags', 'red').click();
    await expect.poll(() => photosOf(row(page, '2021 Garden'))).toBe(2);
    await expect.poll(() => photosOf(row(page, 'Scans'))).toBe(0);
    await expect(row(page, 'Scans')).toBeVisible();
    await value(page, 'Tags', 'red').click();

    await row(page, 'Scans').click();
    await expectQuery(page, plain);
    await expect(row(page, 'Scans')).toHaveAttribute('aria-selected', 'true');
    await value(page, 'Formats', 'PNG').click();
    await expectQuery(page, `${plain} type:png`);
    await row(page, '2021 Garden').click();
    await expectQuery(page, `${term('2021 Garden')} type:png`);
    await value(page, 'Formats', 'PNG').click();
    await row(page, 'Scans').click({ modifiers: ['Shift'] });
    await expectQuery(page, `(${term('2021 Garden')} OR ${plain})`);
    await expect(resultTitle(page)).toHaveText('7 photos');
    await expect.poll(() => photosOf(row(page, '2019 Qingdao 青岛'))).toBe(5);
    await row(page, '2021 Garden').click();
    await expectQuery(page, plain);
    await row(page, 'Scans').focus();
    await page.keyboard.press('Alt+Enter');
    await expectQuery(page, `-${plain}`);
    await expect(row(page, 'Scans').getByRole('img', { name: 'Excluded' })).toBeVisible();
    await page.keyboard.press('Alt+Enter');
    await expectQuery(page, '');
  });
});
