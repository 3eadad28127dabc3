import type { Page } from '@playwright/test';
import { manyPhotos } from './album.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { expectStand, scrollDown } from './gridPlace.ts';
import {
  grid,
  openWindow,
  photo,
  photos,
  resultTitle,
  searchField,
  sidebar,
  toasts,
  viewer,
} from './window.ts';

const COUNT = 400;
/** What `month:3` finds of them. */
const MARCH = '36 photos';

const tagroll = tagrollForFile(manyPhotos(COUNT));

const back = (page: Page) => page.getByRole('button', { name: 'Back', exact: true });
const forward = (page: Page) => page.getByRole('button', { name: 'Forward', exact: true });

async function search(page: Page, query: string): Promise<void> {
  await searchField(page).fill(query);
  await searchField(page).press('Enter');
}

/** Presses a button on the side of the mouse. */
async function pressMouse(page: Page, button: 'back' | 'forward'): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const at = { x: 600, y: 400, button, clickCount: 1 } as const;
  await session.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at });
  await session.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at });
  await session.detach();
}

test.describe('back and forward', () => {
  test.beforeEach(({ page }) => openWindow(page, tagroll()));

  test('by buttons, which know when there is nowhere to go, to where the person stood', async ({
    page,
  }) => {
    await expect(back(page)).toHaveAttribute('aria-disabled', 'true');
    await expect(forward(page)).toHaveAttribute('aria-disabled', 'true');
    const stand = await scrollDown(page);
    await search(page, 'month:3');
    await expect(resultTitle(page)).toHaveText(MARCH);
    await expect(photos(page).and(page.locator('[aria-posinset="1"]'))).toBeInViewport();
    await expect(back(page)).toHaveAttribute('aria-disabled', 'false');
    await back(page).click();
    await expect(resultTitle(page)).toHaveText(`${COUNT} photos`);
    await expectStand(page, stand);
    await expect(back(page)).toHaveAttribute('aria-disabled', 'true');
    // Whoever went back as far as there is keeps the keyboard where it was.
    await expect(back(page)).toBeFocused();
    await forward(page).click();
    await expect(resultTitle(page)).toHaveText(MARCH);
    await expect(forward(page)).toHaveAttribute('aria-disabled', 'true');
  });

  test('by keys, also from a field and a slider', async ({ page }) => {
    await search(page, 'month:3');
    await search(page, 'hour:12');
    await page.keyboard.press('Alt+ArrowLeft');
    await expect.poll(() => page.url()).not.toContain('hour');
    await page.getByRole('slider', { name: 'Confidence lens' }).focus();
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(resultTitle(page)).toHaveText(`${COUNT} photos`);
    await expect(page.getByRole('slider', { name: 'Confidence lens' })).toHaveAttribute(
      'aria-valuenow',
      '50',
    );
    await page.keyboard.press('Alt+ArrowRight');
    await expect(resultTitle(page)).toHaveText(MARCH);
    await page.keyboard.press('ControlOrMeta+[');
    await expect(resultTitle(page)).toHaveText(`${COUNT} photos`);
    await page.keyboard.press('ControlOrMeta+]');
    await expect(resultTitle(page)).toHaveText(MARCH);
    await page.keyboard.press('ControlOrMeta+,');
    await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
    await page.keyboard.press('Alt+ArrowLeft');
    await page.keyboard.press('Escape');
    await expect(resultTitle(page)).toHaveText(MARCH);
  });

  test('by the buttons of a mouse', async ({ page }) => {
    await search(page, 'month:3');
    await expect(resultTitle(page)).toHaveText(MARCH);
    await pressMouse(page, 'back');
    await expect(resultTitle(page)).toHaveText(`${COUNT} photos`);
    await pressMouse(page, 'forward');
    await expect(resultTitle(page)).toHaveText(MARCH);
    await expect(forward(page)).toHaveAttribute('aria-disabled', 'true');
  });

  test('a word is one step, and so is each term after it', async ({ page, faults }) => {
    // Half a term is a mistake that the engine answers with a status of its own.
    faults.allow(/status of 400/);
    await searchField(page).pressSequentially('name:photo*');
    await searchField(page).press('Enter');
    await searchField(page).pressSequentially('month:3');
    await searchField(page).press('Enter');
    await expect(resultTitle(page)).toHaveText(MARCH);
    await back(page).click();
    await expect(resultTitle(page)).toHaveText(`${COUNT} photos`);
    await expect(page.getByRole('button', { name: /^Edit/ })).toHaveCount(1);
    await back(page).click();
    await expect(page.getByRole('button', { name: /^Edit/ })).toHaveCount(0);
    await expect(back(page)).toHaveAttribute('aria-disabled', 'true');
  });

  test('out of the viewer and back into it, past what it left behind', async ({ page }) => {
    const stand = await scrollDown(page);
    await photo(page, stand.name).dblclick();
    await expect(viewer(page)).toHaveAccessibleName(stand.name);
    await page.keyboard.press('Escape');
    await expect(viewer(page)).toBeHidden();
    await expectStand(page, stand);
    // Opened and closed: there is nothing to go back to.
    await expect(back(page)).toHaveAttribute('aria-disabled', 'true');
    await photo(page, stand.name).dblclick();
    // A tag in the viewer leads to its photos; the way back to the viewer, and to the grid behind it.
    await viewer(page)
      .getByRole('button', { name: /^Find photos with/ })
      .first()
      .click();
    await expect(viewer(page)).toBeHidden();
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(viewer(page)).toHaveAccessibleName(stand.name);
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(viewer(page)).toBeHidden();
    await expectStand(page, stand);
    await page.keyboard.press('Alt+ArrowRight');
    await expect(viewer(page)).toHaveAccessibleName(stand.name);
  });

  test('from another pane to where the person stood, and after a reload', async ({ page }) => {
    const stand = await scrollDown(page);
    await sidebar(page)
      .getByRole('button', { name: /^Problems/ })
      .click();
    await expect(grid(page)).toBeHidden();
    await back(page).click();
    await expectStand(page, stand);
    await page.reload();
    await expectStand(page, stand);
    await forward(page).click();
    await expect(grid(page)).toBeHidden();
  });

  test('to another order, with its place', async ({ page }) => {
    const stand = await scrollDown(page);
    await page.getByRole('button', { name: /^Order/ }).click();
    await page.getByRole('menuitemcheckbox', { name: 'By name' }).click();
    await expect(photo(page, 'photo 001.jpg')).toBeInViewport();
    await back(page).click();
    await expectStand(page, stand);
  });
});

test('a button that page and system both tell of is one step in the desktop app', async ({
  page,
}) => {
  // The bridge of the desktop app, without a port: calls go as in a browser.
  await page.addInitScript(() => {
    const bridge = {
      platform: 'linux',
      onStep: (listener: (step: string) => void) => {
        window.addEventListener('mouseup', (event) => {
          if (event.button === 3) listener('back');
        });
        return () => undefined;
      },
    };
    Object.defineProperty(window, 'tagroll', { value: bridge });
  });
  await openWindow(page, tagroll());
  await search(page, 'month:3');
  await search(page, 'name:*5.jpg');
  await expect.poll(() => page.url()).toContain('5.jpg');
  await pressMouse(page, 'back');
  await expect(resultTitle(page)).toHaveText(MARCH);
  await expect(forward(page)).toHaveAttribute('aria-disabled', 'false');
});

test.describe('the address', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

  test('is copied without what lets a window in, and opens the same view', async ({
    page,
    context,
    browser,
  }) => {
    const { door } = tagroll();
    await openWindow(page, tagroll(), '#/photos?lens=30&zoom=1');
    await search(page, 'month:3');
    await expect(resultTitle(page)).toHaveText(MARCH);
    await page.getByRole('button', { name: 'Copy the address of this view' }).click();
    await expect(toasts(page)).toContainText('Address copied');
    const copied = await clipboard(page);
    expect(copied).toBe(`${door.origin}/#/photos?q=month%3A3&lens=30&zoom=1`);
    expect(copied).not.toContain(new URL(door.url).searchParams.get('token') ?? 'token');

    const other = await context.newPage();
    await other.goto(copied);
    await expect(resultTitle(other)).toHaveText(MARCH);
    await expect(other.getByRole('slider', { name: 'Confidence lens' })).toHaveAttribute(
      'aria-valuenow',
      '30',
    );
    await other.close();
    // Whoever has only the address is not let in.
    const stranger = await browser.newContext();
    const answer = await (await stranger.newPage()).goto(copied);
    expect(answer?.status()).toBe(403);
    await stranger.close();
  });

  test('is copied by a key, with the photo in the viewer', async ({ page }) => {
    await openWindow(page, tagroll());
    await photos(page).first().dblclick();
    await expect(viewer(page)).toBeVisible();
    await page.keyboard.press('Shift+C');
    await expect(toasts(page)).toContainText('Address copied');
    expect(await clipboard(page)).toMatch(/#\/photos\?lens=50&zoom=2&photo=\d+$/);
  });

  test('leads there when it is pasted into the search field', async ({ page }) => {
    await openWindow(page, tagroll());
    await page.evaluate(() =>
      navigator.clipboard.writeText('http://127.0.0.1:9/#/photos?q=month%3A3&lens=50&sort=name'),
    );
    await searchField(page).focus();
    await page.keyboard.press('ControlOrMeta+v');
    await expect(resultTitle(page)).toHaveText(MARCH);
    await expect(page.getByRole('button', { name: 'Order: By name' })).toBeVisible();
    await back(page).click();
    await expect(resultTitle(page)).toHaveText(`${COUNT} photos`);
  });
});

test('the title says what is looked at', async ({ page }) => {
  await openWindow(page, tagroll());
  await expect(page).toHaveTitle('All photos – Tagroll');
  await search(page, 'name:*7.jpg month:3');
  await expect(page).toHaveTitle(/7\.jpg · .*3 – Tagroll$/);
  await photos(page).first().dblclick();
  await expect(page).toHaveTitle(/^photo \d+\.jpg – Tagroll$/);
  await page.keyboard.press('Escape');
  await expect(page).toHaveTitle(/ · /);
  await sidebar(page)
    .getByRole('button', { name: /^Problems/ })
    .click();
  await expect(page).toHaveTitle('Problems – Tagroll');
});

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN', permissions: ['clipboard-read', 'clipboard-write'] });

  test('everything has its Chinese name', async ({ page }) => {
    await page.goto(`${tagroll().door.url}#/photos?lens=50&zoom=2`);
    const backward = page.getByRole('button', { name: '后退', exact: true });
    await expect(page).toHaveTitle('全部照片 – Tagroll');
    await expect(backward).toHaveAttribute('aria-disabled', 'true');
    await page.getByRole('combobox').fill('桥');
    await expect(page).toHaveTitle('桥 – Tagroll');
    await page.getByRole('button', { name: '复制当前视图的地址' }).click();
    await expect(page.getByText('地址已复制')).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('q=%E6%A1%A5');
    await backward.click();
    await expect(page).toHaveTitle('全部照片 – Tagroll');
    await page.mouse.move(600, 450);
    await backward.hover();
    await expect(page.getByRole('tooltip')).toContainText('之前没有看过别的内容');
  });
});
