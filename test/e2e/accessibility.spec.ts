import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ALBUM } from './album.ts';
import { expectAccessible } from './axe.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { grid, openWindow, photo, tagRow, toasts, viewer, viewerPanel } from './window.ts';

// Every look at a page by axe takes seconds on a machine that has other things to do.
test.describe.configure({ timeout: 180_000 });

const tagroll = tagrollForFile(ALBUM);
const empty = tagrollForFile();

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ colorScheme: theme });

    test('welcome and the folder browser pass axe', async ({ page }) => {
      await page.goto(empty().door.url);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectAccessible(page, 'welcome');
      await page.getByRole('button', { name: 'Add a folder of photos' }).click();
      const dialog = page.getByRole('dialog', { name: 'Add a folder' });
      await expect(dialog.getByRole('list').getByRole('button').first()).toBeVisible();
      await expectAccessible(page, 'folder browser');
      const path = dialog.getByRole('textbox', { name: 'Folder path' });
      await path.fill('/nowhere');
      await path.press('Enter');
      await expect(dialog.getByRole('alert')).toContainText('does not exist');
      await expectAccessible(page, 'folder browser with a refusal');
    });

    test('the grid, its panes and the viewer pass axe', async ({ page, faults }) => {
      faults.allow(/status of 400/);
      await openWindow(page, tagroll());
      await expectAccessible(page, 'grid');
      await tagRow(page, 'dark').click({ modifiers: ['Alt'] });
      await tagRow(page, 'blue').click();
      await photo(page, 'sea.jpg').click();
      await expectAccessible(page, 'grid with chips and one photo selected');
      await grid(page).press('ControlOrMeta+a');
      await page.keyboard.press('f');
      await expect(toasts(page)).toContainText('marked as favourites');
      await expectAccessible(page, 'grid with a selection and a toast');
      await page.keyboard.press('ControlOrMeta+z');
      await page.keyboard.press('t');
      await page.keyboard.type('re');
      await expect(page.getByRole('listbox', { name: 'Tags' })).toBeVisible();
      await expectAccessible(page, 'tag panel');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.keyboard.press('/');
      await page.keyboard.type('d');
      await expect(page.getByRole('listbox', { name: 'Suggestions' })).toBeVisible();
      await expectAccessible(page, 'suggestions');
      await page.keyboard.type('x:1 ');
      await expect(page.getByRole('status').filter({ hasText: 'search by' })).toBeVisible();
      await expectAccessible(page, 'a search that is not understood');
      await page.getByRole('button', { name: 'Clear the search' }).click();
      await page.getByRole('button', { name: /^Order/ }).click();
      await expect(page.getByRole('menu')).toBeVisible();
      await expectAccessible(page, 'menu');
      await page.keyboard.press('Escape');
      await photo(page, 'snow.jpg').dblclick();
      await expect(viewerPanel(page)).toContainText('bright');
      await expectAccessible(page, 'viewer');
      await page.keyboard.press('i');
      await expect(viewerPanel(page)).toBeHidden();
      await expectAccessible(page, 'viewer without its panel');
      await page.keyboard.press('Escape');
      await expect(viewer(page)).toBeHidden();
    });

    test('settings, shortcuts and problems pass axe', async ({ page }) => {
      const { photosPath, tagroll: run } = tagroll();
      await writeFile(join(photosPath, 'Scans', 'nothing.png'), '');
      await run('index');
      await openWindow(page, tagroll());
      await page.keyboard.press('ControlOrMeta+,');
      const settings = page.getByRole('dialog', { name: 'Settings' });
      for (const name of ['General', 'Folders', 'Services', 'About']) {
        await settings.getByRole('tab', { name }).click();
        await expectAccessible(page, `settings, ${name}`);
      }
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
      await expectAccessible(page, 'shortcuts');
      await page.keyboard.press('Escape');
      await page.getByRole('treeitem', { name: /^Photos/ }).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Remove…' }).click();
      await expect(page.getByRole('dialog', { name: 'Remove this folder' })).toBeVisible();
      await expectAccessible(page, 'removing a folder');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: '1 problem' }).click();
      await expect(page.getByRole('region', { name: '1 file is empty' })).toBeVisible();
      await expectAccessible(page, 'problems');
    });
  });
}

test('a drawer of a small window passes axe', async ({ page }) => {
  await page.setViewportSize({ width: 500, height: 600 });
  await openWindow(page, tagroll());
  await expectAccessible(page, 'small window');
  await page.getByRole('button', { name: 'Show the library pane' }).click();
  await expect(tagRow(page, 'blue')).toBeVisible();
  await expectAccessible(page, 'drawer');
});
