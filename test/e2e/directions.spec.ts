/** Names that run from right to left, or pretend to: they turn no sentence round, and hide no extension. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { writePicture } from '../helpers/pictures.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { openWindow, photo, sidebar, toasts, viewer } from './window.ts';

test.skip(process.platform === 'win32', 'Windows takes no such names.');

const tagroll = tagrollForFile();

/** Shown as `photogpj.png` by whoever obeys the sign in it. */
const DISGUISED = 'photo\u202egnp.jpg';
const SHOWN = 'photo[U+202E]gnp.jpg';
const HEBREW = 'תמונות';

test.beforeAll(async () => {
  const { homePath, tagroll: run } = tagroll();
  const root = join(homePath, HEBREW);
  await mkdir(root);
  await writePicture(root, 'plain.jpg', { seed: 1, make: 'עדשה', model: 'X-1' });
  await rename(join(root, 'plain.jpg'), join(root, DISGUISED));
  await writePicture(root, 'shalom שלום.jpg', { seed: 2 });
  await writeFile(join(root, 'broken\u202egnp.jpg'), 'no picture');
  await run('index', root);
});

/** How far to the right the parts of a text are, in their order in it. */
function placesOf(element: Locator, parts: readonly string[]): Promise<readonly number[]> {
  return element.evaluate((node, wanted) => {
    const text = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    const found: number[] = [];
    while (text.nextNode()) {
      const { currentNode } = text;
      for (const part of wanted) {
        const at = currentNode.textContent?.indexOf(part) ?? -1;
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(currentNode, at);
        range.setEnd(currentNode, at + part.length);
        found.push(range.getBoundingClientRect().left);
      }
    }
    return found;
  }, parts);
}

test('a name in disguise is seen through wherever it stands', async ({ page }) => {
  await openWindow(page, tagroll());
  await photo(page, DISGUISED).click();
  const inspector = page.getByRole('complementary', { name: 'Details' });
  const heading = inspector.getByRole('heading', { level: 2, name: SHOWN });
  await expect(heading).toHaveText(SHOWN);
  const [name = 0, extension = 0] = await placesOf(heading, ['photo', '.jpg']);
  expect(extension).toBeGreaterThan(name);
  await expect(inspector).toContainText(`${HEBREW}/${SHOWN}`);
  // Nothing that the page shows has the sign in it.
  expect(await page.locator('body').innerText()).not.toContain('\u202e');
  await page.keyboard.press('Enter');
  await expect(viewer(page).getByRole('heading', { level: 1 })).toHaveText(SHOWN);
  await expect(page).toHaveTitle(/^\S*photo/);
  await page.keyboard.press('Escape');

  await page.goto(`${tagroll().door.origin}/#/problems`);
  const problem = page.getByRole('listitem').filter({ hasText: 'broken' });
  await expect(problem).toContainText('broken[U+202E]gnp.jpg');
  expect(await page.locator('body').innerText()).not.toContain('\u202e');
});

test('letters from right to left turn neither a line nor a sentence', async ({ page }) => {
  const { homePath } = tagroll();
  await openWindow(page, tagroll());
  const folder = sidebar(page).getByRole('treeitem', { name: HEBREW });
  const label = folder.locator('bdi');
  await expect(label).toHaveText(HEBREW);
  expect(await label.evaluate((element) => getComputedStyle(element).unicodeBidi)).toBe('isolate');
  await folder.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Look for changes' }).click();
  await expect(toasts(page)).toContainText(
    `Looking for changes in \u2068${join(homePath, HEBREW)}\u2069`,
  );
  // The count stands after the name, where it always is.
  await folder.click();
  await expect(page).toHaveTitle(new RegExp(`${HEBREW}.* – Tagroll$`));
  const chip = page.getByRole('button', { name: `Edit ${HEBREW}` });
  await expect(chip).toBeVisible();
});
