/**
 * Pictures of the main views for the README, from the sample album. They are written into `docs` only
 * when they are missing there or `TAGROLL_SCREENSHOTS` asks for them: a test run leaves the tree clean.
 */
import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page, TestInfo } from '@playwright/test';
import { SAMPLE_PICTURES } from '../../app/sample/album.ts';
import { paintPicture } from '../../app/sample/paint.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { photo, viewer, viewerPanel } from './window.ts';

const DOCS = join(import.meta.dirname, '..', '..', 'docs', 'screenshots');
/** Less is a window with nothing in it. */
const LEAST_BYTES = 50_000;
const LEAST_WELCOME_BYTES = 15_000;
/** Photos that are given a tag by hand. */
const HOLIDAY = 'folder:"2019 Qingdao 青岛"';

const tagroll = tagrollForFile();

async function save(
  page: Page,
  testInfo: TestInfo,
  name: string,
  leastBytes = LEAST_BYTES,
): Promise<void> {
  // Neither a tooltip nor a picture that is still fading in.
  await page.mouse.move(720, 898);
  await page.waitForFunction(() =>
    [...document.images].every((image) => !image.getAttribute('src') || image.complete),
  );
  // The name of the test's folder says nothing, and would be another one each time.
  await page.evaluate(
    ([from, to]) => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const { currentNode } = walker;
        currentNode.textContent = (currentNode.textContent ?? '').replaceAll(from, to);
      }
    },
    [tagroll().homePath, '/home/ada'] as const,
  );
  const made = testInfo.outputPath(name);
  await page.screenshot({ path: made, animations: 'disabled', caret: 'hide' });
  expect(statSync(made).size).toBeGreaterThan(leastBytes);
  const kept = join(DOCS, name);
  if (process.env['TAGROLL_SCREENSHOTS'] !== '1' && existsSync(kept)) return;
  mkdirSync(DOCS, { recursive: true });
  copyFileSync(made, kept);
}

async function show(page: Page, view: string, settings: Record<string, string>): Promise<void> {
  const { door, tagroll: run } = tagroll();
  for (const [key, value] of Object.entries(settings)) await run('settings', key, value);
  await page.goto(door.url + view);
  await expect(page.getByRole('option').first()).toBeVisible();
  await expect(async () => {
    const waiting = await page.getByRole('option').locator('img:not([data-visible])[src]').count();
    expect(waiting).toBe(0);
  }).toPass();
}

test('welcome', async ({ page }, testInfo) => {
  await page.goto(tagroll().door.url);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await save(page, testInfo, 'welcome.png', LEAST_WELCOME_BYTES);
});

test.describe('with the sample album', () => {
  test.beforeAll(async () => {
    const { photosPath, tagroll: run } = tagroll();
    for (const [index, sample] of SAMPLE_PICTURES.entries()) {
      const path = join(photosPath, sample.folder, sample.name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, await paintPicture(sample, index + 1));
    }
    await run('index', photosPath);
    await run('label', 'add', 'holiday', '--query', HOLIDAY);
  });

  test('grid, light, English', async ({ page }, testInfo) => {
    await show(page, '#/photos?lens=50&zoom=2', { language: 'en', theme: 'light' });
    await photo(page, 'XT3_7010.jpg').click();
    await expect(page.getByRole('complementary')).toContainText('Fujifilm');
    await save(page, testInfo, 'grid-light-en.png');
  });

  test('grid, dark, Chinese, with a search', async ({ page }, testInfo) => {
    const { tagroll: run } = tagroll();
    await run('label', 'remove', 'holiday', '--query', HOLIDAY);
    await run('label', 'add', '假期', '--query', HOLIDAY);
    await show(page, '#/photos?lens=60&zoom=2&q=-tag%3A截图', { language: 'zh', theme: 'dark' });
    await page.getByRole('button', { name: /^鲜艳/ }).click();
    await expect(page.getByRole('option').first()).toBeVisible();
    await page.getByRole('option').nth(2).click();
    await expect(page.getByRole('complementary').getByRole('listitem').first()).toBeVisible();
    await save(page, testInfo, 'grid-dark-zh.png');
  });

  test('viewer', async ({ page }, testInfo) => {
    await show(page, '#/photos?lens=50&zoom=2', { language: 'en', theme: 'light' });
    await photo(page, 'DJI_0044.jpg').dblclick();
    await expect(viewerPanel(page)).toContainText('DJI');
    await expect(viewer(page).getByRole('img', { name: 'DJI_0044.jpg' }).first()).toBeVisible();
    await expect(viewer(page).locator('img[data-visible]')).toHaveCount(2);
    await save(page, testInfo, 'viewer.png');
  });
});
