/**
 * The window keeps to its policy on every page, in both themes, and shows what others wrote as text: names
 * of files and folders, what cameras say, tags, answers of services.
 */
import type { Page } from '@playwright/test';
import type { Wire } from '../helpers/wire.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { HOSTILE, HOSTILE_ALBUM, hostileEnvironment, openHostileService } from './hostileAlbum.ts';
import { openWindow, photos, searchField, sidebar, viewer, viewerPanel } from './window.ts';

test.skip(process.platform === 'win32', 'Windows has no such names.');

let service: Wire | null = null;
test.beforeAll(async () => {
  service = await openHostileService();
});
test.afterAll(async () => {
  await service?.close();
});

const tagroll = tagrollForFile(HOSTILE_ALBUM, () => {
  if (!service) throw new Error('The service is not open.');
  return hostileEnvironment(service);
});

type Watched = {
  /** Requests to anything but the door, of the page itself. */
  readonly strayed: readonly string[];
  readonly requests: readonly string[];
  /** What the browser forbade. */
  violations(): Promise<readonly string[]>;
};

/** From now on, in every page that is loaded. */
async function watch(page: Page): Promise<Watched> {
  const { origin } = tagroll().door;
  const strayed: string[] = [];
  const requests: string[] = [];
  page.on('request', (request) => {
    requests.push(request.url());
    const { protocol } = new URL(request.url());
    if (protocol !== 'data:' && protocol !== 'blob:' && new URL(request.url()).origin !== origin) {
      strayed.push(request.url());
    }
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== new URL(origin).host) strayed.push(socket.url());
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const kept = JSON.parse(sessionStorage.getItem('violations') ?? '[]') as string[];
      kept.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
      sessionStorage.setItem('violations', JSON.stringify(kept));
    });
  });
  return {
    strayed,
    requests,
    violations: () =>
      page.evaluate(() => JSON.parse(sessionStorage.getItem('violations') ?? '[]') as string[]),
  };
}

/** Opens whatever can be opened, once. */
async function walk(page: Page): Promise<void> {
  await openWindow(page, tagroll());
  await page.keyboard.press('ControlOrMeta+,');
  const settings = page.getByRole('dialog');
  const tabs = settings.getByRole('tab');
  for (let index = 0; index < (await tabs.count()); index += 1) {
    await tabs.nth(index).click();
    await expect(settings.getByRole('tabpanel')).not.toBeEmpty();
  }
  await settings.getByRole('button', { name: 'Licences…' }).click();
  const licences = page.getByRole('dialog', { name: 'Licences' });
  await licences.getByRole('textbox').fill('libvips');
  await licences.getByRole('button', { name: /^libvips .* in sharp/ }).click();
  await expect(licences).toContainText('GNU LESSER GENERAL PUBLIC LICENSE');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(licences).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(settings).toBeHidden();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await searchField(page).fill('tag:');
  await expect(page.getByRole('listbox').first()).toBeVisible();
  await openWindow(page, tagroll());
  await photos(page).first().click();
  await expect(page.getByRole('complementary').first()).toBeVisible();
  await page.getByRole('button', { name: 'Tag these photos…' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await sidebar(page)
    .getByRole('button', { name: /^Problems/ })
    .click();
  await expect(page.getByRole('main')).toContainText('Every photo could be read');
  await page.goBack();
  await photos(page).first().dblclick();
  await expect(viewer(page)).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await expect(viewer(page)).toBeHidden();
}

for (const theme of ['light', 'dark'] as const) {
  test(`a page through all of the window, ${theme}: nothing breaks its policy, nothing is loaded from elsewhere`, async ({
    page,
    faults,
  }) => {
    // A search with a mistake is refused, which the browser notes.
    faults.allow(/status of 400/);
    await tagroll().tagroll('settings', 'theme', theme);
    const watched = await watch(page);
    await walk(page);
    expect(await watched.violations()).toEqual([]);
    expect(watched.strayed).toEqual([]);
    expect(watched.requests.length).toBeGreaterThan(10);
    // The key left the address at once, and nothing that was asked for carries it.
    const key = new URL(tagroll().door.url).searchParams.get('token') ?? '?';
    const carrying = new Set(watched.requests.filter((url) => url.includes(key)));
    expect([...carrying]).toEqual([tagroll().door.url]);
    expect(page.url()).not.toContain(key);
  });
}

test('the watch itself sees a breach', async ({ page, faults }) => {
  faults.allow(/content security policy|refused|violates/i);
  const watched = await watch(page);
  await openWindow(page, tagroll());
  await page.evaluate(() => {
    document.body.setAttribute('onclick', 'window.hacked=1');
    document.body.insertAdjacentHTML('beforeend', '<b style="color:red">x</b>');
  });
  await expect.poll(watched.violations).not.toEqual([]);
});

test('somebody names files, folders, cameras and tags in HTML: all of it is text', async ({
  page,
  faults,
}) => {
  faults.allow(/status of 400/);
  const { tagroll: run } = tagroll();
  await run('label', 'add', HOSTILE.tag, '--query', '');
  await run('tag', '--service', 'huawei-tagging', '--query', '');
  const watched = await watch(page);
  await openWindow(page, tagroll());
  await expect(photos(page)).toHaveCount(HOSTILE_ALBUM.length);
  // The tags of the person and of the service, in the list at the side.
  await expect(sidebar(page)).toContainText(HOSTILE.tag);
  await expect(sidebar(page)).toContainText(HOSTILE.serviceTag);
  await sidebar(page)
    .getByRole('treeitem', { name: /^Photos/ })
    .click();
  await page.keyboard.press('ArrowRight');
  await expect(sidebar(page)).toContainText(HOSTILE.folder);
  for (const name of [HOSTILE.image, HOSTILE.quoted, HOSTILE.template, HOSTILE.turned]) {
    const cell = page
      .locator('[data-photo-id]')
      .and(page.locator(`[aria-label^=${JSON.stringify(name)}]`));
    await cell.dblclick();
    await expect(viewer(page)).toHaveAccessibleName(name);
    await expect(viewerPanel(page)).toContainText(HOSTILE.camera);
    await page.keyboard.press('Escape');
    await expect(viewer(page)).toBeHidden();
  }
  // As a search, a suggestion, a term and a title.
  await searchField(page).fill('<img');
  await expect(page.getByRole('listbox').first()).toContainText('<img');
  await searchField(page).fill(`tag:${JSON.stringify(HOSTILE.serviceTag)}`);
  await searchField(page).press('Enter');
  await expect(photos(page)).toHaveCount(HOSTILE_ALBUM.length);
  expect(await page.title()).toContain('Tagroll');
  // An address may be written by anybody.
  await page.goto(
    `${tagroll().door.origin}/#/photos?q=${encodeURIComponent('"<img src=x onerror=window.hacked=1>"')}`,
  );
  await expect(page.getByRole('main')).toBeVisible();
  expect(
    await page.evaluate(() => ({
      ran: 'hacked' in window,
      elements: document.querySelectorAll('[onerror],[onload],[onmouseover],iframe,main script')
        .length,
    })),
  ).toEqual({ ran: false, elements: 0 });
  expect(await watched.violations()).toEqual([]);
  expect(watched.strayed).toEqual([]);
});
