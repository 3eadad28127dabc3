/** The engine dies or hangs under an open window, or the page does: it comes back by itself, where one was. */
import type { Page } from '@playwright/test';
import { readHolder } from '../../main/library/lock.ts';
import { manyPhotos } from './album.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { expectStand, scrollDown } from './gridPlace.ts';
import { expectPicture, openWindow, photo, photos, resultTitle, toasts } from './window.ts';

test.skip(process.platform === 'win32', 'Windows has no signals.');
test.describe.configure({ mode: 'serial' });

const COUNT = 150;
const VIEW = '#/photos?q=-month%3A3&lens=50&zoom=2';
const tagroll = tagrollForFile(manyPhotos(COUNT));

function enginePid(): number {
  const holder = readHolder(tagroll().libraryPath);
  if (!holder) throw new Error('No engine holds the library.');
  return holder.pid;
}

/** Another engine holds the library and answers. */
async function expectNewEngine(before: number): Promise<void> {
  await expect
    .poll(() => {
      const holder = readHolder(tagroll().libraryPath);
      return holder?.socketPath && holder.pid !== before ? 'another' : 'none';
    })
    .toBe('another');
}

for (const { name, signal } of [
  { name: 'an engine that is killed', signal: 'SIGKILL' },
  { name: 'an engine that hangs', signal: 'SIGSTOP' },
] as const) {
  test(`${name} is started again, and the window is where it was`, async ({ page, faults }) => {
    faults.allow(/WebSocket connection|ERR_|Failed to load resource/);
    await openWindow(page, tagroll(), VIEW);
    const title = await resultTitle(page).textContent();
    const stand = await scrollDown(page, 900);
    await photo(page, stand.name).click();
    await expect(photo(page, stand.name)).toHaveAttribute('aria-selected', 'true');
    const address = page.url();
    await page.evaluate(() => document.documentElement.setAttribute('data-marked', ''));

    const before = enginePid();
    process.kill(before, signal);
    await expectNewEngine(before);

    await expect(toasts(page)).toContainText('Tagroll’s engine stopped and was restarted');
    await expect(page.getByRole('alert')).toBeHidden();
    // The very page, its address, its selection, its place.
    await expect(page.locator('html')).toHaveAttribute('data-marked', '');
    expect(page.url()).toBe(address);
    await expect(photo(page, stand.name)).toHaveAttribute('aria-selected', 'true');
    await expectStand(page, stand);
    await expect(resultTitle(page)).toHaveText(title ?? '');
    await expectPicture(photo(page, stand.name));
    // And it works: what is done now is kept by the new engine.
    await page.keyboard.press('f');
    await expect(photo(page, stand.name)).toHaveAccessibleName(/favourite/);
    await page.keyboard.press('f');
    const { ok } = await tagroll().tagroll<{ ok: boolean }>('check');
    expect(ok).toBe(true);
  });
}

test('an engine that is killed while photos are read reads the rest', async () => {
  const { photosPath, tagroll: run } = tagroll();
  const { writeAlbum } = await import('./album.ts');
  await writeAlbum(
    photosPath,
    manyPhotos(40).map((one) => ({
      ...one,
      path: one.path.replace('many', 'more'),
      seed: one.seed + 900,
    })),
  );
  const before = enginePid();
  process.kill(before, 'SIGKILL');
  await expectNewEngine(before);
  await expect
    .poll(async () => (await run<{ total: number }>('search', 'folder:more', '--limit', '0')).total)
    .toBe(40);
  const { ok } = await run<{ ok: boolean }>('check');
  expect(ok).toBe(true);
});

test('a page that crashes is opened again where it was', async ({ page, context }) => {
  await openWindow(page, tagroll(), VIEW);
  const stand = await scrollDown(page, 900);
  await expect
    .poll(async () => {
      const { settings } = await tagroll().tagroll<{ settings: { view: string } }>('settings');
      return settings.view;
    })
    .toMatch(/q=-month%3A3.*&at=\d+/);
  await crash(page);
  const again = await context.newPage();
  await again.goto(tagroll().door.url);
  await expect(photos(again).first()).toBeVisible();
  expect(again.url()).toContain(VIEW);
  await expectStand(again, stand);
});

/** Ends the page's process, as its running out of memory would. */
async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  session.send('Page.crash').catch(() => undefined);
  await crashed;
}
