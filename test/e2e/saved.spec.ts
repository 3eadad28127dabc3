import type { Locator, Page } from '@playwright/test';
import type { Client } from '../../app/engineClient.ts';
import { connectHolder } from '../../app/remote.ts';
import { ALBUM } from './album.ts';
import { expectAccessible } from './axe.ts';
import { startDoor } from './door.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import {
  countOf,
  expectPhotos,
  openWindow,
  photo,
  resultTitle,
  searchField,
  setLens,
  sidebar,
  tabTo,
  toasts,
} from './window.ts';

const tagroll = tagrollForFile(ALBUM);
const plain = { threshold: null, sort: 'taken', ascending: false } as const;

/** Asks the engine that serves the window. */
async function ask<Answer>(question: (client: Client) => Promise<Answer>): Promise<Answer> {
  const remote = await connectHolder(tagroll().libraryPath);
  try {
    return await question(remote.client);
  } finally {
    remote.close();
  }
}

const recent = async (): Promise<readonly string[]> =>
  (await ask((client) => client.searches.recent())).queries;

/** Tags photos as waves, or no longer. */
const label = (action: 'add' | 'remove', query: string) =>
  ask((client) => client.tags.label({ action, tag: 'wave', target: { query } }));

/** The list of saved searches in the sidebar. */
function list(page: Page, name = 'Saved searches'): Locator {
  return page.getByRole('navigation').getByRole('list', { name });
}

function row(page: Page, name: string): Locator {
  return list(page).getByRole('button', { name: new RegExp(`^${name}( |\\d|$)`) });
}

async function names(page: Page): Promise<readonly string[]> {
  const texts = await list(page).getByRole('button').allTextContents();
  return texts.map((text) => text.replace(/[\d,]+$/, ''));
}

const popover = (page: Page): Locator =>
  page.getByRole('dialog', { name: /^(Save this search|Change this saved search)$/ });
const nameField = (page: Page): Locator => popover(page).getByRole('textbox', { name: 'Name' });

/** Searches for this and nothing besides. */
async function search(page: Page, query: string): Promise<void> {
  const clear = page.getByRole('button', { name: 'Clear the search' });
  if (await clear.isVisible()) await clear.click();
  await searchField(page).fill(query);
  await searchField(page).press('Enter');
}

async function menuItem(page: Page, name: string, item: string): Promise<void> {
  await row(page, name).click({ button: 'right' });
  await page.getByRole('menuitem', { name: item }).click();
}

test.beforeEach(async () => {
  await ask(async (client) => {
    for (const { id } of (await client.searches.list()).searches) {
      await client.searches.remove({ id });
    }
    await client.searches.forget({ query: null });
    await client.settings.set({ key: 'language', value: null });
  });
});

test('a search is saved by mouse, counted as photos change, and opened', async ({ page }) => {
  await label('add', 'name:harbour.jpg');
  await openWindow(page, tagroll());
  await expect(list(page)).toBeHidden();
  await expect(page.getByRole('button', { name: 'Save this search' })).toBeHidden();
  await search(page, 'tag:wave');
  await page.getByRole('button', { name: 'Save this search' }).click();
  await expect(nameField(page)).toHaveValue('wave');
  await nameField(page).fill('Waves');
  await popover(page).getByRole('button', { name: 'Save' }).click();
  await expect(popover(page)).toBeHidden();
  await expect(row(page, 'Waves')).toHaveAttribute('aria-current', 'page');
  await expect.poll(() => countOf(row(page, 'Waves'))).toBe(1);
  await expect(page.getByRole('button', { name: 'Saved as “Waves”' })).toBeVisible();

  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(row(page, 'Waves')).not.toHaveAttribute('aria-current');
  await label('add', 'name:sea.jpg');
  await expect.poll(() => countOf(row(page, 'Waves'))).toBe(2);
  await row(page, 'Waves').click();
  await expectPhotos(page, ['harbour.jpg', 'sea.jpg']);
  await expect(row(page, 'Waves')).toHaveAttribute('aria-current', 'page');
  await page.goBack();
  await expect(resultTitle(page)).toHaveText('12 photos');
  await label('remove', 'name:sea.jpg');
  await expect.poll(() => countOf(row(page, 'Waves'))).toBe(1);
});

test('a search is saved, renamed, moved and deleted by keyboard', async ({ page }) => {
  await ask((client) => client.searches.save({ ...plain, name: 'Dark', query: 'tag:dark' }));
  await openWindow(page, tagroll());
  await page.keyboard.press('ControlOrMeta+s');
  await expect(toasts(page)).toContainText('There is no search to save');
  await searchField(page).fill('tag:blue');
  await page.keyboard.press('ControlOrMeta+s');
  await expect(nameField(page)).toBeFocused();
  await page.keyboard.type('Sea');
  await page.keyboard.press('ControlOrMeta+s');
  await expect(popover(page)).toBeHidden();
  await expect.poll(() => names(page)).toEqual(['Dark', 'Sea']);

  await tabTo(page, row(page, 'Dark'));
  await page.keyboard.press('ArrowDown');
  await expect(row(page, 'Sea')).toBeFocused();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => names(page)).toEqual(['Sea', 'Dark']);
  await expect(row(page, 'Sea')).toBeFocused();

  await page.keyboard.press('F2');
  const field = list(page).getByRole('textbox', { name: 'New name of “Sea”' });
  await expect(field).toBeFocused();
  await page.keyboard.type('Nothing of this');
  await page.keyboard.press('Escape');
  await expect(row(page, 'Sea')).toBeFocused();
  await page.keyboard.press('F2');
  await page.keyboard.type('Blue');
  await page.keyboard.press('Enter');
  await expect(row(page, 'Blue')).toBeFocused();
  await expect.poll(() => names(page)).toEqual(['Blue', 'Dark']);

  await page.keyboard.press('Delete');
  await expect.poll(() => names(page)).toEqual(['Dark']);
  await expect(row(page, 'Dark')).toBeFocused();
  await page.keyboard.press('Enter');
  await expectPhotos(page, ['night.jpg', 'alley.jpg']);
  await toasts(page).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => names(page)).toEqual(['Blue', 'Dark']);
});

test('the menu renames, moves, updates and deletes, with a way back', async ({ page }) => {
  await ask(async (client) => {
    await client.searches.save({ ...plain, name: 'First', query: 'tag:dark' });
    await client.searches.save({ ...plain, name: 'Second', query: 'tag:blue' });
  });
  await openWindow(page, tagroll());
  await menuItem(page, 'First', 'Rename');
  const field = list(page).getByRole('textbox');
  await expect(field).toBeFocused();
  await field.fill('Night');
  await field.press('Enter');
  await expect.poll(() => names(page)).toEqual(['Night', 'Second']);
  await menuItem(page, 'Night', 'Move down');
  await expect.poll(() => names(page)).toEqual(['Second', 'Night']);

  await search(page, 'name:sea.jpg');
  await menuItem(page, 'Night', 'Update to the search on screen');
  await expect(row(page, 'Night')).toHaveAttribute('aria-current', 'page');
  await expect.poll(() => countOf(row(page, 'Night'))).toBe(1);
  await toasts(page).getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, 'Night')).not.toHaveAttribute('aria-current');
  await expect.poll(() => countOf(row(page, 'Night'))).toBe(2);

  await menuItem(page, 'Second', 'Delete');
  await expect.poll(() => names(page)).toEqual(['Night']);
  await expect(toasts(page)).toContainText('“Second” was deleted');
  await toasts(page).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => names(page)).toEqual(['Second', 'Night']);
});

test('a saved search is changed where it is shown, with its own lens and order', async ({
  page,
}) => {
  await openWindow(page, tagroll(), '#/photos?q=tag%3Ablue&lens=60&zoom=2&sort=name&ascending=1');
  await page.getByRole('button', { name: 'Save this search' }).click();
  await popover(page).getByRole('checkbox', { name: 'With the lens at 60%' }).click();
  await nameField(page).press('Enter');
  await expect(row(page, 'blue')).toHaveAttribute('aria-current', 'page');
  const [saved] = (await ask((client) => client.searches.list())).searches;
  expect(saved).toMatchObject({
    name: 'blue',
    query: 'tag:blue',
    threshold: 60,
    sort: 'name',
    ascending: true,
  });

  // Under another lens it is another view of the same search.
  await setLens(page, 10);
  await expect(row(page, 'blue')).not.toHaveAttribute('aria-current');
  await page.getByRole('button', { name: 'Saved as “blue”' }).click();
  await nameField(page).fill('more blue');
  await popover(page).getByRole('button', { name: 'Save as new' }).click();
  await expect.poll(() => names(page)).toEqual(['blue', 'more blue']);
  await row(page, 'blue').click();
  await expect(page.getByRole('slider', { name: 'Confidence lens' })).toHaveAttribute(
    'aria-valuenow',
    '60',
  );
  await expect(page.getByRole('button', { name: /^Order/ })).toHaveText('By name');

  await page.getByRole('button', { name: 'Saved as “blue”' }).click();
  await expect(popover(page).getByRole('checkbox')).toBeChecked();
  await popover(page).getByRole('button', { name: 'Delete' }).click();
  await expect.poll(() => names(page)).toEqual(['more blue']);
  await toasts(page).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => names(page)).toEqual(['blue', 'more blue']);
});

test('the list and the form pass axe', async ({ page }) => {
  await ask((client) => client.searches.save({ ...plain, name: 'Dark', query: 'tag:dark' }));
  await openWindow(page, tagroll(), '#/photos?q=tag%3Adark&lens=50&zoom=2');
  await page.getByRole('button', { name: 'Saved as “Dark”' }).click();
  await expect(nameField(page)).toHaveValue('Dark');
  await expect(row(page, 'Dark')).toBeVisible();
  await expectAccessible(page, 'the form of a saved search');
});

test('counts follow the lens, and a search that is no longer understood says so', async ({
  page,
}) => {
  const query = await ask(async (client) => {
    const tagsAt = async (threshold: number) =>
      (await client.tags.facets({ query: '', threshold })).tags;
    const sure = new Set((await tagsAt(100)).map((tag) => tag.id));
    const unsure = (await tagsAt(0)).find((tag) => !sure.has(tag.id))?.names.en;
    const tag = `tag:"${unsure}"`;
    await client.searches.save({ ...plain, name: 'Every', query: tag, threshold: 0 });
    await client.searches.save({ ...plain, name: 'Window', query: tag });
    await client.searches.save({ ...plain, name: 'Broken', query: 'gone:x' });
    return tag;
  });
  const { total } = await ask((client) => client.photos.search({ query, threshold: 0, limit: 0 }));
  expect(total).toBeGreaterThan(0);
  await openWindow(page, tagroll(), '#/photos?lens=0&zoom=2');
  await expect.poll(() => countOf(row(page, 'Window'))).toBe(total);
  await setLens(page, 100);
  await expect.poll(() => countOf(row(page, 'Window'))).toBe(0);
  await expect.poll(() => countOf(row(page, 'Every'))).toBe(total);
  await expect(
    row(page, 'Broken').getByRole('img', { name: 'This search is no longer understood' }),
  ).toBeVisible();
});

test('a search with a mistake is not saved', async ({ page, faults }) => {
  faults.allow(/status of 400/);
  await openWindow(page, tagroll());
  await search(page, 'tag:blue (');
  await expect(page.getByRole('button', { name: 'Save this search' })).toBeDisabled();
  await page.keyboard.press('ControlOrMeta+s');
  await expect(toasts(page)).toContainText('A search with a mistake cannot be saved');
  expect((await ask((client) => client.searches.list())).searches).toEqual([]);
});

test('they are there after a reload and after Tagroll was started anew', async ({
  page,
  faults,
}) => {
  // The window notices that its engine is gone.
  faults.allow(/WebSocket|ERR_CONNECTION_REFUSED|Failed to load/);
  await ask((client) => client.searches.save({ ...plain, name: '海边 kept', query: 'name:海边*' }));
  await openWindow(page, tagroll());
  await expect.poll(() => countOf(row(page, '海边 kept'))).toBe(1);
  await page.reload();
  await expect.poll(() => countOf(row(page, '海边 kept'))).toBe(1);
  await tagroll().door.stop();
  tagroll().door = await startDoor(tagroll());
  await openWindow(page, tagroll());
  await row(page, '海边 kept').click();
  await expectPhotos(page, ['海边.jpg']);
});

test('searches that found something are remembered, none that tells of sensitive photos', async ({
  page,
  faults,
}) => {
  faults.allow(/status of 400/);
  await openWindow(page, tagroll());
  await search(page, 'tag:dark');
  await expectPhotos(page, ['night.jpg', 'alley.jpg']);
  await photo(page, 'night.jpg').click();
  await expect.poll(recent).toEqual(['tag:dark']);
  // Staying with what an address led to is enough as well.
  await openWindow(page, tagroll(), '#/photos?q=name%3Asea.jpg&lens=50&zoom=2');
  await expect.poll(recent).toEqual(['name:sea.jpg', 'tag:dark']);
  await search(page, '-is:sensitive');
  await expect(resultTitle(page)).toHaveText('12 photos');
  await photo(page, 'sea.jpg').click();
  await search(page, '-tag:porn');
  await expect(resultTitle(page)).toHaveText('12 photos');
  await photo(page, 'sea.jpg').click();
  // The fixed views are no searches of the person.
  await sidebar(page)
    .getByRole('button', { name: /^Untagged/ })
    .click();
  await photo(page, 'sea.jpg').click();
  await search(page, '桥 OR blue');
  await photo(page, 'sea.jpg').dblclick();
  await expect.poll(recent).toEqual(['桥 OR blue', 'name:sea.jpg', 'tag:dark']);
});

test.describe('in a narrow window', () => {
  test.use({ viewport: { width: 740, height: 600 } });
  test('they are behind an icon', async ({ page }) => {
    await ask((client) => client.searches.save({ ...plain, name: 'Dark', query: 'tag:dark' }));
    await openWindow(page, tagroll());
    await expect(list(page)).toBeHidden();
    await page.getByRole('button', { name: 'Saved searches' }).click();
    await row(page, 'Dark').click();
    await expectPhotos(page, ['night.jpg', 'alley.jpg']);
    await expect(page.getByRole('button', { name: 'Saved as “Dark”' })).toBeVisible();
  });
});

test('in Chinese the words and the proposed name are Chinese', async ({ page }) => {
  await ask((client) => client.settings.set({ key: 'language', value: 'zh' }));
  await page.goto(`${tagroll().door.url}#/photos?q=tag%3Ablue%20-tag%3Adark&lens=50&zoom=2`);
  await page.getByRole('button', { name: '保存这个搜索' }).click();
  const form = page.getByRole('dialog', { name: '保存这个搜索' });
  const field = form.getByRole('textbox', { name: '名称' });
  await expect(field).toHaveValue('蓝，非偏暗');
  await expect(form.getByRole('checkbox', { name: '连同置信度 50% 一起保存' })).toBeVisible();
  await field.fill('海与天');
  await form.getByRole('button', { name: '保存' }).click();
  const saved = list(page, '保存的搜索').getByRole('button', { name: /^海与天/ });
  await expect(saved).toHaveAttribute('aria-current', 'page');
  await saved.click({ button: 'right' });
  for (const item of ['重命名', '更新为当前的搜索', '上移', '下移', '删除']) {
    await expect(page.getByRole('menuitem', { name: item })).toBeVisible();
  }
  await page.getByRole('menuitem', { name: '删除' }).click();
  await expect(page.getByText('已删除“海与天”')).toBeVisible();
  await expect(saved).toBeHidden();
});
