import { ALBUM, ALBUM_NAMES } from './album.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import {
  countOf,
  expectPhotos,
  openWindow,
  resultTitle,
  searchField,
  setLens,
  shownNames,
  sidebar,
  tagRow,
} from './window.ts';

const tagroll = tagrollForFile(ALBUM);

type Answer = { readonly photos: readonly { readonly path: string }[] };

/** What the command line finds: the window must find the same. */
async function found(query: string, threshold = 50): Promise<readonly string[]> {
  const { photos } = await tagroll().tagroll<Answer>(
    'search',
    query,
    '--threshold',
    String(threshold),
  );
  return photos.map(({ path }) => path.split('/').at(-1) ?? '');
}

test.beforeEach(({ page }) => openWindow(page, tagroll()));

test('a click on a tag filters, and a second click takes the filter away', async ({ page }) => {
  await expect(resultTitle(page)).toHaveText('12 photos');
  const dark = tagRow(page, 'dark');
  await expect(dark).toHaveAttribute('aria-pressed', 'false');
  expect(await countOf(dark)).toBe(2);
  await dark.click();
  await expectPhotos(page, ['night.jpg', 'alley.jpg']);
  await expect(resultTitle(page)).toHaveText('2 photos');
  await expect(dark).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('button', { name: 'Edit dark' })).toBeVisible();
  // The counts follow the result: what no photo of it has is gone from the list.
  await expect.poll(() => countOf(tagRow(page, 'upright'))).toBe(1);
  await expect(tagRow(page, 'blue')).toBeHidden();
  await tagRow(page, 'upright').click();
  await expectPhotos(page, ['alley.jpg']);
  await dark.click();
  await expectPhotos(page, ['rose.jpg', 'alley.jpg', 'letter.webp']);
  await tagRow(page, 'upright').click();
  await expectPhotos(page, ALBUM_NAMES);
});

test('a click with the alt key excludes', async ({ page }) => {
  await tagRow(page, 'vivid').click({ modifiers: ['Alt'] });
  await expect(page.getByRole('button', { name: 'Edit not vivid' })).toBeVisible();
  const names = await found('-tag:vivid');
  expect(names).toHaveLength(5);
  await expectPhotos(page, names);
  await tagRow(page, 'dark').click({ modifiers: ['Alt'] });
  await expectPhotos(page, await found('-tag:vivid -tag:dark'));
  await page.getByRole('button', { name: 'Remove not vivid' }).click();
  await expectPhotos(page, await found('-tag:dark'));
});

test('what is written becomes chips, which can be edited and removed', async ({ page, faults }) => {
  // While `OR` is typed the search ends too early.
  faults.allow(/status of 400/);
  const field = searchField(page);
  await field.fill('tag:blue -tag:wide camera:apple');
  await field.press('Enter');
  for (const name of ['blue', 'not wide', 'Camera apple']) {
    await expect(page.getByRole('button', { name: `Edit ${name}` })).toBeVisible();
  }
  await expect(page.getByText('No photo matches')).toBeVisible();
  await page.getByRole('button', { name: 'Remove Camera apple' }).click();
  await page.getByRole('button', { name: 'Remove not wide' }).click();
  await expectPhotos(page, await found('tag:blue'));
  await field.press('Backspace');
  await expect(field).toHaveValue('tag:blue');
  await field.press('End');
  await field.pressSequentially(' OR tag:red');
  await expectPhotos(page, await found('tag:blue OR tag:red'));
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expectPhotos(page, ALBUM_NAMES);
  await expect(field).toBeFocused();
});

for (const typed of ['dark', '偏暗', '暗']) {
  test(`“${typed}” is suggested in both languages`, async ({ page }) => {
    const field = searchField(page);
    await field.pressSequentially(typed);
    const suggestion = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option', {
      // Earlier searches for it come after the tag.
      name: /^dark/,
    });
    await expect(suggestion).toContainText('偏暗');
    await field.press('ArrowDown');
    await expect(suggestion).toHaveAttribute('aria-selected', 'true');
    await field.press('Enter');
    await expect(page.getByRole('button', { name: 'Edit dark' })).toBeVisible();
    await expectPhotos(page, ['night.jpg', 'alley.jpg']);
  });
}

test('a word finds file names in any script', async ({ page }) => {
  const field = searchField(page);
  await field.fill('海边');
  await expectPhotos(page, ['海边.jpg']);
  await field.fill('HARBOUR');
  await expectPhotos(page, ['harbour.jpg']);
});

test('a search that is not understood is underlined where it fails', async ({ page, faults }) => {
  faults.allow(/status of 400/);
  const field = searchField(page);
  await field.fill('tag:blue colur:red');
  const note = page.getByRole('status').filter({ hasText: 'is not something to search by' });
  await expect(note).toContainText('colur');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(/colur/);
  // The copy under the field carries the line, at the place of the mistake.
  const mistake = page.locator('search [aria-hidden="true"] > span', { hasText: 'colur' });
  await expect(mistake).toBeVisible();
  const place = await mistake.evaluate((element) => ({
    before: element.previousSibling?.textContent,
    line: getComputedStyle(element).textDecorationLine,
  }));
  expect(place).toEqual({ before: 'tag:blue ', line: 'underline' });
  await field.fill('tag:blue');
  await expect(note).toBeHidden();
  await expectPhotos(page, await found('tag:blue'));
});

test('the lens changes results and counts while it moves', async ({ page }) => {
  await tagRow(page, 'dark').click();
  await expectPhotos(page, ['night.jpg', 'alley.jpg']);
  await setLens(page, 30);
  await expectPhotos(page, ['rose.jpg', 'night.jpg', 'alley.jpg']);
  await expect(resultTitle(page)).toHaveText('3 photos');
  await expect.poll(() => countOf(tagRow(page, 'dark'))).toBe(3);
  await setLens(page, 40);
  await expectPhotos(page, ['night.jpg', 'alley.jpg']);
  await tagRow(page, 'dark').click();
  await setLens(page, 83);
  await expect(tagRow(page, 'panorama')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(tagRow(page, 'panorama')).toBeHidden();
  // By pointer: the far left end counts every tag.
  const slider = page.getByRole('slider', { name: 'Confidence lens' });
  const box = await slider.boundingBox();
  if (!box) throw new Error('The lens is not on screen.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x - 300, box.y + box.height / 2, { steps: 6 });
  await expect(slider).toHaveAttribute('aria-valuenow', '0');
  await expect.poll(() => countOf(tagRow(page, 'dark'))).toBe(3);
  await page.mouse.up();
});

test('the fixed views, the folders and the order are one click away', async ({ page }) => {
  const untagged = sidebar(page).getByRole('button', { name: /^Untagged/ });
  await expect.poll(() => countOf(untagged)).toBe(12);
  await untagged.click();
  await expect(page.getByRole('button', { name: 'Edit Untagged' })).toBeVisible();
  await sidebar(page)
    .getByRole('button', { name: /^Favourites/ })
    .click();
  await page.getByRole('button', { name: 'Show all photos' }).click();
  await expectPhotos(page, ALBUM_NAMES);
  const tree = sidebar(page).getByRole('tree');
  await tree.getByRole('treeitem', { name: /^Photos/ }).press('ArrowRight');
  await tree.getByRole('treeitem', { name: /^Scans/ }).click();
  await expectPhotos(page, ['valley.png', 'letter.webp', 'lake.tiff']);
  await page.getByRole('button', { name: /^Order/ }).click();
  await page.getByRole('menuitemcheckbox', { name: 'By name' }).click();
  await expect.poll(() => shownNames(page)).toEqual(['lake.tiff', 'letter.webp', 'valley.png']);
});
