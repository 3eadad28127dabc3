import { readHolder } from '../../main/library/lock.ts';
import { ALBUM, ALBUM_NAMES } from './album.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import {
  expectPhotos,
  grid,
  openWindow,
  photo,
  searchField,
  sidebar,
  tabTo,
  tagRow,
  toasts,
  viewer,
} from './window.ts';

const tagroll = tagrollForFile(ALBUM);

test('a tag can be rejected before the photo’s tags are there', async ({ page }) => {
  test.skip(process.platform === 'win32', 'Windows has no signals.');
  await openWindow(page, tagroll(), '#/photos?q=tag%3Ablue&lens=50&zoom=2');
  await expectPhotos(page, ['harbour.jpg', 'sea.jpg', '海边.jpg']);
  const engine = readHolder(tagroll().libraryPath);
  if (!engine) throw new Error('No engine holds the library.');
  await photo(page, 'harbour.jpg').click();
  process.kill(engine.pid, 'SIGSTOP');
  try {
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('x');
    await page.keyboard.type('blue');
    await page.keyboard.press('Enter');
  } finally {
    process.kill(engine.pid, 'SIGCONT');
  }
  await expectPhotos(page, ['harbour.jpg', '海边.jpg']);
  await page.keyboard.press('ControlOrMeta+z');
  await expectPhotos(page, ['harbour.jpg', 'sea.jpg', '海边.jpg']);
});

test('a whole session without a mouse', async ({ page }) => {
  await openWindow(page, tagroll());
  const { keyboard } = page;
  await expect(grid(page)).toBeFocused();

  // Search, take a suggestion, go back to the photos.
  await keyboard.press('/');
  await expect(searchField(page)).toBeFocused();
  await keyboard.type('blu');
  await expect(page.getByRole('listbox', { name: 'Suggestions' })).toBeVisible();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expectPhotos(page, ['harbour.jpg', 'sea.jpg', '海边.jpg']);
  await keyboard.press('Escape');
  await expect(searchField(page)).not.toBeFocused();
  await keyboard.press('ArrowRight');
  await expect(photo(page, 'harbour.jpg')).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('ArrowRight');
  await expect(photo(page, 'sea.jpg')).toHaveAttribute('aria-selected', 'true');
  await expect(grid(page)).toHaveAttribute('aria-activedescendant', /photo-\d+/);

  // Look at it, quickly and fully.
  await keyboard.press('Space');
  await expect(viewer(page)).toHaveAccessibleName('sea.jpg');
  await keyboard.press('Space');
  await expect(viewer(page)).toBeHidden();
  await keyboard.press('Enter');
  await expect(viewer(page)).toHaveAccessibleName('sea.jpg');
  await keyboard.press('ArrowRight');
  await expect(viewer(page)).toHaveAccessibleName('海边.jpg');
  await keyboard.press('Escape');
  await expect(viewer(page)).toBeHidden();
  await expect(grid(page)).toBeFocused();

  // Favourite, tag, reject, and all of it back.
  await keyboard.press('f');
  await expect(photo(page, '海边.jpg')).toHaveAccessibleName(/favourite/);
  await keyboard.press('t');
  await keyboard.type('beach');
  await keyboard.press('Enter');
  await expect(tagRow(page, 'beach')).toBeVisible();
  await keyboard.press('x');
  await keyboard.type('blue');
  await keyboard.press('Enter');
  await expectPhotos(page, ['harbour.jpg', 'sea.jpg']);
  for (let times = 0; times < 3; times += 1) await keyboard.press('ControlOrMeta+z');
  await expectPhotos(page, ['harbour.jpg', 'sea.jpg', '海边.jpg']);
  await expect(tagRow(page, 'beach')).toBeHidden();
  await expect(photo(page, '海边.jpg')).not.toHaveAccessibleName(/favourite/);

  // Everything again: the last term becomes text, and Escape empties it.
  await keyboard.press('/');
  await keyboard.press('Backspace');
  await keyboard.press('Escape');
  await keyboard.press('Escape');
  await expectPhotos(page, ALBUM_NAMES);
});

test('arrows, Home, End and shift move and extend in the grid', async ({ page }) => {
  await openWindow(page, tagroll());
  const { keyboard } = page;
  await keyboard.press('Home');
  await expect(photo(page, 'snow.jpg')).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Shift+ArrowRight');
  await keyboard.press('Shift+ArrowRight');
  for (const name of ['snow.jpg', 'leaf.jpg', 'rose.jpg']) {
    await expect(photo(page, name)).toHaveAttribute('aria-selected', 'true');
  }
  await keyboard.press('ArrowDown');
  await expect(grid(page).getByRole('option', { selected: true })).toHaveCount(1);
  await keyboard.press('End');
  await expect(photo(page, 'lake.tiff')).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('ControlOrMeta+a');
  await expect(grid(page).getByRole('option', { selected: true })).toHaveCount(12);
  await keyboard.press('Escape');
  await expect(grid(page).getByRole('option', { selected: true })).toHaveCount(0);
});

test('plus and minus change the size of the pictures', async ({ page }) => {
  await openWindow(page, tagroll());
  const zoom = page.getByRole('slider', { name: 'Size of the pictures' });
  const heightOf = async () => (await photo(page, 'snow.jpg').boundingBox())?.height ?? 0;
  const before = await heightOf();
  await page.keyboard.press('+');
  await expect(zoom).toHaveAttribute('aria-valuetext', 'Step 4 of 5');
  await expect.poll(heightOf).toBeGreaterThan(before * 1.2);
  await page.keyboard.press('-');
  await page.keyboard.press('-');
  await expect(zoom).toHaveAttribute('aria-valuetext', 'Step 2 of 5');
  await expect.poll(heightOf).toBeLessThan(before);
  await zoom.focus();
  await page.keyboard.press('ArrowRight');
  await expect(zoom).toHaveAttribute('aria-valuetext', 'Step 3 of 5');
});

test('every shortcut is listed, and the list closes again', async ({ page }) => {
  await openWindow(page, tagroll());
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(dialog).toBeVisible();
  for (const text of [
    'Search',
    'Favourite',
    'Add a tag',
    'Reject a tag',
    'Select all',
    'Zoom in',
  ]) {
    await expect(dialog.getByText(text, { exact: true }).first()).toBeVisible();
  }
  // No shortcut works behind the dialog.
  await page.keyboard.press('f');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(toasts(page)).not.toContainText('favourite');
  await expect(grid(page)).toBeFocused();
});

test('tags, folders and settings are reached by Tab and arrows', async ({ page }) => {
  await openWindow(page, tagroll());
  const { keyboard } = page;
  await tabTo(page, sidebar(page).getByRole('button', { name: /^All photos/ }));
  await keyboard.press('ArrowDown');
  await expect(sidebar(page).getByRole('button', { name: /^Recently added/ })).toBeFocused();
  const root = sidebar(page).getByRole('treeitem', { name: /^Photos/ });
  await tabTo(page, root);
  await keyboard.press('ArrowRight');
  await expect(root).toHaveAttribute('aria-expanded', 'true');
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Edit .*2019 Qingdao/ })).toBeVisible();
  await keyboard.press('ControlOrMeta+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await tabTo(page, settings.getByRole('tab', { name: 'General' }));
  await keyboard.press('ArrowRight');
  await expect(settings.getByRole('tab', { name: 'Folders' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await keyboard.press('Escape');
  await expect(settings).toBeHidden();
});
