/** An engine that cannot be kept running: the window says why and what to do, and goes on where it was. */

import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { readHolder } from '../../main/library/lock.ts';
import { manyPhotos } from './album.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { expectStand, scrollDown } from './gridPlace.ts';
import { expectPicture, openWindow, photo, resultTitle } from './window.ts';

test.skip(process.platform === 'win32', 'Windows has no signals.');
test.describe.configure({ mode: 'serial' });

const VIEW = '#/photos?q=-month%3A3&lens=50&zoom=2';
const tagroll = tagrollForFile(manyPhotos(100));

test.beforeEach(({ faults }) => {
  faults.allow(/WebSocket connection|ERR_|Failed to load resource/);
});

/** Ends each engine as soon as it is there, until `done` holds. */
async function killEngines(done: () => Promise<boolean>): Promise<void> {
  await expect(async () => {
    const pid = readHolder(tagroll().libraryPath)?.pid;
    try {
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
    expect(await done()).toBe(true);
  }).toPass({ timeout: 100_000, intervals: [100] });
}

/** The library's version as a later Tagroll would leave it; answers the one before. */
function setVersion(version: number): number {
  const db = new Database(join(tagroll().libraryPath, 'library.db'), { timeout: 10_000 });
  const before = Number(db.pragma('user_version', { simple: true }));
  db.pragma(`user_version = ${version}`);
  db.close();
  return before;
}

function notice(page: Page, text: string): Locator {
  return page.getByRole('alert').filter({ hasText: text });
}

test('an engine that is killed at every start is told of, and started again by a click', async ({
  page,
}) => {
  await openWindow(page, tagroll(), VIEW);
  const title = await resultTitle(page).textContent();
  const stand = await scrollDown(page, 600);
  await photo(page, stand.name).click();
  const address = page.url();
  await page.evaluate(() => document.documentElement.setAttribute('data-marked', ''));

  const stopped = notice(page, 'Tagroll’s engine stopped');
  await killEngines(() => stopped.isVisible());
  await expect(stopped).toContainText('It ended several times in a row');
  await expect(stopped).toContainText('The last time: ended by SIGKILL');
  // What is on screen stays.
  await expectPicture(photo(page, stand.name));
  await expect(photo(page, stand.name)).toHaveAttribute('aria-selected', 'true');

  await stopped.getByRole('button', { name: 'Start again' }).click();
  await expect(page.getByRole('alert')).toBeHidden();
  await expect(page.locator('html')).toHaveAttribute('data-marked', '');
  expect(page.url()).toBe(address);
  await expect(resultTitle(page)).toHaveText(title ?? '');
  await expectStand(page, stand);
  await page.keyboard.press('f');
  await expect(photo(page, stand.name)).toHaveAccessibleName(/favourite/);
});

test('an engine that says why it cannot start is quoted, in the language of the window', async ({
  page,
  browser,
}) => {
  const { tagroll: run, libraryPath, door } = tagroll();
  await run('settings', 'language', 'zh');
  await page.goto(door.url + VIEW);
  await expect(page.getByRole('option').first()).toBeVisible();
  const pid = readHolder(libraryPath)?.pid ?? 0;
  const version = setVersion(9999);
  process.kill(pid, 'SIGKILL');
  const stopped = notice(page, 'Tagroll 引擎已停止');
  await expect(stopped).toContainText('图库由更新版本的 Tagroll 创建。请更新 Tagroll 后再打开。');
  await expect(stopped).toContainText('完成后请在此重新启动引擎。');
  expect(await stopped.innerText()).not.toMatch(/[a-z]{4,} [a-z]{2,}/);

  // The cause is still there: so is the notice, after the attempt.
  await stopped.getByRole('button', { name: '重新启动' }).click();
  await expect(stopped).toContainText('图库由更新版本的 Tagroll 创建');

  // A window that is opened now is told too, and has a way to go on.
  const context = await browser.newContext({ locale: 'zh-CN' });
  const other = await context.newPage();
  await other.goto(door.url);
  await expect(other.getByRole('heading', { name: 'Tagroll 引擎已停止' })).toBeVisible();
  setVersion(version);
  await other.getByRole('link', { name: '重新启动' }).click();
  await expect(other.getByRole('option').first()).toBeVisible();
  await context.close();

  // The first window finds the engine that the other one started.
  await expect(stopped).toBeHidden();
  await expect(page).toHaveURL(new RegExp(`${VIEW.replace(/[?*+.]/g, '\\$&')}`));
  await run('settings', 'language', 'en');
  expect((await run<{ ok: boolean }>('check')).ok).toBe(true);
});
