/** A page that does nothing: what the browser and this machine take for an answer by themselves. */
import type { Page } from '@playwright/test';
import { resultUrl } from '../../renderer/api/client.ts';

const FIRST_PHOTOS = 200;

/**
 * Asks for the first photos of each query from such a page, in the session of a window that stands still
 * meanwhile. Milliseconds until each answer is read.
 */
export async function askFromEmptyPage(
  window: Page,
  queries: readonly string[],
): Promise<readonly number[]> {
  const icon = await window.evaluate(
    () => document.querySelector<HTMLLinkElement>('link[rel="icon"]')?.href,
  );
  if (!icon) throw new Error('The window has no icon, which would be shown instead of it.');
  const page = await window.context().newPage();
  await page.goto(icon);
  const answered: number[] = [];
  for (const query of queries) {
    const url = resultUrl({ query, threshold: 50, sort: 'taken', ascending: false });
    answered.push(await page.evaluate(timeOf, `${url}&limit=${FIRST_PHOTOS}`));
  }
  // A page behind another one is not drawn.
  await page.close();
  await window.bringToFront();
  return answered;
}

/** Runs inside the page. */
async function timeOf(url: string): Promise<number> {
  const askedMs = performance.now();
  const response = await fetch(url);
  if (!response.ok) throw new Error(`Status ${response.status}`);
  await response.arrayBuffer();
  return performance.now() - askedMs;
}
