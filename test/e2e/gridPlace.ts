/** Where a person stands in a long grid, and whether that holds. */
import { expect, type Page } from '@playwright/test';
import { grid, photo, photos } from './window.ts';

/** A photo on screen, and its distance from the top of the page. */
export type Stand = { readonly name: string; readonly top: number };

/** Rounding of scroll places and of rows. */
const AS_GOOD_AS_PIXELS = 2;

/** Scrolls down, and answers a photo in the middle of the screen. */
export async function scrollDown(page: Page, pixels = 6000): Promise<Stand> {
  // All photos are there, not only the first ones.
  await expect(
    page.locator('section[aria-busy="false"]').filter({ has: grid(page) }),
  ).toBeVisible();
  await expect(photos(page).first()).toBeVisible();
  // Over the grid, whichever photo lies there: photos that still come in are never at rest.
  const box = await grid(page).boundingBox();
  if (!box) throw new Error('The grid is not on screen.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.wheel(0, pixels);
  await expect(photos(page).and(page.locator('[aria-posinset="1"]'))).not.toBeInViewport();
  return standAt(page, 600, 450);
}

/** The photo at a point of the page, once the grid stands still there. */
export async function standAt(page: Page, x: number, y: number): Promise<Stand> {
  let stand: Stand | null = null;
  await expect(async () => {
    const before = await readStand(page, x, y);
    stand = await readStand(page, x, y);
    expect(stand).not.toBeNull();
    expect(stand).toEqual(before);
  }).toPass();
  if (stand === null) throw new Error(`There is no photo at ${x}, ${y}.`);
  return stand;
}

/** The first photo of the first row of which at least half is on screen. */
export async function firstInView(page: Page): Promise<Stand> {
  let stand: Stand | null = null;
  await expect(async () => {
    stand = await grid(page).evaluate((list) => {
      const { top } = list.getBoundingClientRect();
      const cells = [...list.querySelectorAll('[role="option"]')]
        .map((cell) => ({ cell, box: cell.getBoundingClientRect() }))
        .filter(({ box }) => box.top + box.height / 2 >= top)
        .sort((left, right) => left.box.top - right.box.top || left.box.left - right.box.left);
      const [first] = cells;
      const label = first?.cell.getAttribute('aria-label');
      // Until it is known which photo it is, it is called as all of them are.
      const name = label === list.getAttribute('aria-label') ? null : label?.split(',')[0];
      return first && name ? { name, top: first.box.top } : null;
    });
    expect(stand).not.toBeNull();
  }).toPass();
  if (stand === null) throw new Error('There is no photo on screen.');
  return stand;
}

function readStand(page: Page, x: number, y: number): Promise<Stand | null> {
  return page.evaluate(
    async ([left = 0, top = 0]) => {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const cell = document
        .elementsFromPoint(left, top)
        .map((element) => element.closest('[role="option"]'))
        .find((element) => element !== null);
      const label = cell?.getAttribute('aria-label');
      const unknown = cell?.closest('[role="listbox"]')?.getAttribute('aria-label');
      const name = label === unknown ? null : label?.split(',')[0];
      return cell && name ? { name, top: cell.getBoundingClientRect().top } : null;
    },
    [x, y],
  );
}

/** Waits until the photo is on screen where it was. */
export async function expectStand(page: Page, { name, top }: Stand): Promise<void> {
  await expect(async () => {
    const box = await photo(page, name).boundingBox();
    expect(box, `${name} is drawn`).not.toBeNull();
    expect(Math.abs((box?.y ?? 0) - top)).toBeLessThanOrEqual(AS_GOOD_AS_PIXELS);
  }).toPass();
}
