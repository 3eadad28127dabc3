/** What is said of a query lies over nothing that one needs, and moves nothing. */
import type { Locator } from '@playwright/test';
import { ALBUM } from './album.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { note } from './searchFieldParts.ts';
import { openWindow, photos, resultTitle, searchField } from './window.ts';

const tagroll = tagrollForFile(ALBUM);

/** Whether a click in the middle of an element reaches it. */
function isFree(element: Locator): Promise<boolean> {
  return element.evaluate((node) => {
    const { left, top, width, height } = node.getBoundingClientRect();
    const free = [0.02, 0.5, 0.98].map((part) => {
      const hit = document.elementFromPoint(left + width * part, top + height / 2);
      return hit !== null && (node.contains(hit) || hit.contains(node));
    });
    return free.every(Boolean);
  });
}

for (const size of [
  { width: 1440, height: 900 },
  { width: 900, height: 600 },
]) {
  test(`a note leaves the count and its buttons free at ${size.width} pixels`, async ({
    page,
    faults,
  }) => {
    faults.allow(/status of 400/);
    await page.setViewportSize(size);
    await openWindow(page, tagroll());
    const before = await photos(page).first().boundingBox();
    await searchField(page).fill('iso:many');
    const said = note(page, 'Expected: ISO, e.g. iso:>=1600');
    await expect(said).toBeVisible();
    expect(await isFree(resultTitle(page))).toBe(true);
    const main = page.getByRole('main');
    for (const name of [/^Save this search/, /^Tag these photos/, /^Copy the address/, /^Order/]) {
      const button = main.getByRole('button', { name });
      if (await button.isVisible()) expect(await isFree(button), String(name)).toBe(true);
    }
    expect(await photos(page).first().boundingBox()).toEqual(before);

    // It goes once one turns to the photos; the field stays marked, and says it again when asked.
    await photos(page).first().click();
    await expect(said).toBeHidden();
    await expect(searchField(page)).toHaveAttribute('aria-invalid', 'true');
    expect(await photos(page).first().boundingBox()).toEqual(before);
    await page.getByRole('search').getByRole('button', { name: /^Edit/ }).click();
    await searchField(page).click();
    await expect(said).toBeVisible();
    await page.getByRole('button', { name: 'Hide this note' }).click();
    await expect(said).toBeHidden();
  });
}
