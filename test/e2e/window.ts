/** The window as people know it: by the names of its parts, in English. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Tagroll } from './fixture.ts';

/** The view that a test starts from, whatever the one before it left behind. */
const START_VIEW = '#/photos?lens=50&zoom=2';

/** Opens the window and waits for its grid. */
export async function openWindow(page: Page, tagroll: Tagroll, view = START_VIEW): Promise<void> {
  await page.goto(tagroll.door.url + view);
  await expect(page.getByRole('main')).toBeVisible();
  if (view.startsWith('#/photos')) await expect(photos(page).first()).toBeVisible();
}

export function grid(page: Page): Locator {
  return page.getByRole('listbox', { name: 'Photos', exact: true });
}

/** Every photo on screen. */
export function photos(page: Page): Locator {
  return grid(page).getByRole('option');
}

/** The photo of a file name. */
export function photo(page: Page, name: string): Locator {
  return grid(page).getByRole('option', { name: new RegExp(`^${literally(name)}(,|$)`) });
}

/** File names on screen in the order of the result. */
export async function shownNames(page: Page): Promise<readonly string[]> {
  const cells = await photos(page).evaluateAll((elements) =>
    elements.map((element) => ({
      place: Number(element.getAttribute('aria-posinset')),
      name: (element.getAttribute('aria-label') ?? '').split(',')[0] ?? '',
    })),
  );
  return cells.sort((left, right) => left.place - right.place).map(({ name }) => name);
}

/** Waits until the grid shows exactly these file names, in any order. */
export async function expectPhotos(page: Page, names: readonly string[]): Promise<void> {
  await expect(async () => {
    expect([...(await shownNames(page))].sort()).toEqual([...names].sort());
  }).toPass({ timeout: 10_000, intervals: [50, 100, 200] });
}

/** Waits until a photo shows its picture. */
export async function expectPicture(cell: Locator): Promise<void> {
  await expect(async () => {
    const isThere = await cell
      .locator('img')
      .evaluateAll((images) =>
        images.some(
          (image) => image instanceof HTMLImageElement && image.complete && image.naturalWidth > 0,
        ),
      );
    expect(isThere).toBe(true);
  }).toPass({ timeout: 10_000 });
}

/** "12 photos". */
export function resultTitle(page: Page): Locator {
  return page.getByRole('main').getByRole('heading', { level: 1 });
}

export function searchField(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Search photos' });
}

export function sidebar(page: Page): Locator {
  return page.getByRole('navigation', { name: 'Library' });
}

/** A tag in the sidebar. */
export function tagRow(page: Page, name: string): Locator {
  return sidebar(page).getByRole('button', { name: new RegExp(`^${literally(name)}\\s*[\\d,]+$`) });
}

/** The figure at the end of a line of the sidebar. */
export async function countOf(row: Locator): Promise<number> {
  const text = (await row.textContent()) ?? '';
  return Number(/([\d,]+)$/.exec(text)?.[1]?.replaceAll(',', ''));
}

export function viewer(page: Page): Locator {
  return page.locator('[role="dialog"][aria-modal="true"][data-theme="dark"]');
}

/** What is known of the viewer's photo. */
export function viewerPanel(page: Page): Locator {
  return viewer(page).getByRole('complementary', { name: 'Side panel' });
}

export function toasts(page: Page): Locator {
  return page.getByRole('region', { name: 'Messages' });
}

export function statusLine(page: Page): Locator {
  return page.getByRole('contentinfo');
}

/** Presses Tab until an element has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${target}.`);
}

/** Moves the confidence lens by keyboard. */
export async function setLens(page: Page, value: number): Promise<void> {
  const lens = page.getByRole('slider', { name: 'Confidence lens' });
  await lens.focus();
  await page.keyboard.press(value < 50 ? 'Home' : 'End');
  const steps = value < 50 ? value : 100 - value;
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press(value < 50 ? 'ArrowRight' : 'ArrowLeft');
  }
  await expect(lens).toHaveAttribute('aria-valuenow', String(value));
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
