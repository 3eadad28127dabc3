/** The parts of the library pane, their values, and what clicks on them make of the search. */
import { expect, type Locator, type Page } from '@playwright/test';

/** A part of the library pane, by the name of its heading. */
export function part(page: Page, name: string): Locator {
  return page.getByRole('navigation').getByRole('region', { name, exact: true });
}

/** A value of a part, or a tag, by what is shown of it. */
export function value(page: Page, name: string, label: string): Locator {
  const literal = label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return part(page, name).getByRole('button', { name: new RegExp(`^${literal}( |[\\d,]*$)`) });
}

/** The number at the end of a value. */
export async function photosOf(row: Locator): Promise<number> {
  const text = (await row.locator(':scope > span').last().textContent()) ?? '';
  return /^[\d,]+$/.test(text) ? Number(text.replaceAll(',', '')) : Number.NaN;
}

/** Waits until the address has this search. */
export async function expectQuery(page: Page, query: string): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(() => new URLSearchParams(window.location.hash.split('?')[1]).get('q') ?? ''),
    )
    .toBe(query);
}

/** Chooses a line of the menu that the right mouse button opens. */
export async function chooseInMenu(page: Page, target: Locator, item: string): Promise<void> {
  await target.click({ button: 'right' });
  await page.getByRole('menuitem', { name: item }).click();
}
