/** The parts of the search field, by their names in English. */
import { expect, type Locator, type Page } from '@playwright/test';
import { searchField } from './window.ts';

export const chip = (page: Page, name: string): Locator =>
  page.getByRole('button', { name: `Edit ${name}`, exact: true });
export const list = (page: Page): Locator => page.getByRole('listbox', { name: 'Suggestions' });
export const offers = (page: Page): Locator => list(page).getByRole('option');
export const note = (page: Page, text: string): Locator =>
  page.locator('search').getByRole('status').filter({ hasText: text });
/** The query as the address has it. */
export const queryOf = (page: Page): string =>
  new URLSearchParams(new URL(page.url()).hash.split('?')[1]).get('q') ?? '';
export const expectQuery = (page: Page, query: string): Promise<void> =>
  expect.poll(() => queryOf(page)).toBe(query);

export async function search(page: Page, query: string): Promise<void> {
  await searchField(page).fill(query);
  await searchField(page).press('Enter');
}
