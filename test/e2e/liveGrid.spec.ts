/** The library changes while a person looks: what they look at stays where it is. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writePicture } from '../helpers/pictures.ts';
import { manyPhotos } from './album.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { expectStand, firstInView, scrollDown, standAt } from './gridPlace.ts';
import { grid, openWindow, photo, resultTitle, setLens } from './window.ts';

const COUNT = 400;
const tagroll = tagrollForFile(manyPhotos(COUNT));
let count = COUNT;

/** New photos of a year, which the watcher finds by itself. */
async function arrive(page: Page, names: readonly string[], year: number): Promise<void> {
  await addPhotos(names, year);
  await expect(resultTitle(page)).toHaveText(`${count} photos`);
}

async function addPhotos(names: readonly string[], year: number): Promise<void> {
  const { photosPath } = tagroll();
  for (const [at, name] of names.entries()) {
    await writePicture(photosPath, `new/${name}.jpg`, {
      seed: 5000 + count + at,
      width: 120,
      height: 90,
      takenAt: `${year}:02:03 10:00:0${at}`,
      modifiedAt: Date.now() / 1000,
    });
  }
  count += names.length;
}

const note = (page: Page) => page.getByRole('button', { name: /new photos? above$/ });

test.beforeEach(({ page }) => openWindow(page, tagroll()));

test('at the top the newest are seen as they come', async ({ page }) => {
  await arrive(page, ['top 1'], 2030);
  await expect(photo(page, 'top 1.jpg')).toBeInViewport();
  await expect(note(page)).toBeHidden();
});

test('in the middle nothing moves, and a note leads to what came', async ({ page }) => {
  const stand = await scrollDown(page);
  await arrive(page, ['above 1', 'above 2'], 2031);
  await expectStand(page, stand);
  await expect(note(page)).toHaveText('2 new photos above');
  // More come, and some below, of which nobody is told.
  await arrive(page, ['above 3'], 2031);
  await arrive(page, ['below 1'], 1999);
  await expect(note(page)).toHaveText('3 new photos above');
  await expectStand(page, stand);
  await note(page).click();
  await expect(photo(page, 'above 3.jpg')).toBeInViewport();
  await expect(photo(page, 'above 1.jpg')).toBeInViewport();
  await expect(note(page)).toBeHidden();
});

test('the note goes when it is sent away, and when the person scrolls there', async ({ page }) => {
  await scrollDown(page);
  await arrive(page, ['sent away'], 2032);
  await expect(note(page)).toHaveText('1 new photo above');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(note(page)).toBeHidden();
  await arrive(page, ['scrolled to'], 2033);
  await expect(note(page)).toHaveText('1 new photo above');
  await grid(page).press('Home');
  await expect(photo(page, 'scrolled to.jpg')).toBeInViewport();
  await expect(note(page)).toBeHidden();
  await grid(page).press('End');
  await expect(note(page)).toBeHidden();
});

test('the photo that has the keyboard stays, with its selection', async ({ page }) => {
  const { name } = await scrollDown(page);
  await photo(page, name).click();
  await page.keyboard.press('ArrowDown');
  const selected = grid(page).getByRole('option', { selected: true });
  await expect(selected).toHaveCount(1);
  const focused = (await selected.getAttribute('aria-label'))?.split(',')[0] ?? '';
  const top = (await photo(page, focused).boundingBox())?.y ?? 0;
  await arrive(page, ['focus 1', 'focus 2'], 2034);
  await expectStand(page, { name: focused, top });
  await expect(selected).toHaveAttribute('aria-label', new RegExp(`^${focused}`));
});

test('the next one stays when what is looked at disappears', async ({ page }) => {
  const { photosPath } = tagroll();
  const first = await scrollDown(page);
  await page.evaluate(() => document.querySelector<HTMLElement>('[role="listbox"]')?.focus());
  const other = await standAt(page, 600, 700);
  await tagroll().tagroll('label', 'reject', 'wide', '--query', `name:"${first.name}"`);
  await expectStand(page, other);
  await rm(join(photosPath, 'many', first.name));
  await expect(photo(page, first.name)).toHaveAccessibleName(/file is missing/);
  await expectStand(page, other);
});

for (const order of [
  'sort=name&ascending=1',
  'sort=name',
  'sort=added',
  'sort=added&ascending=1',
  'sort=confidence&q=tag%3Awide',
  'ascending=1',
]) {
  test(`nothing moves either in the order ${order}`, async ({ page }) => {
    await page.goto('about:blank');
    await openWindow(page, tagroll(), `#/photos?lens=0&zoom=2&${order}`);
    await scrollDown(page, 3000);
    // Without days between them the rows break anew: only the first photo can stay.
    const stand = await firstInView(page);
    const total = Number((await resultTitle(page).textContent())?.replace(/\D/g, ''));
    await addPhotos([`a first ${count}`, `z last ${count}`], 2035);
    await expect(resultTitle(page)).toHaveText(`${total + 2} photos`);
    await expectStand(page, stand);
  });
}

test('the lens moves, and moves back, over the same photo', async ({ page }) => {
  await openWindow(page, tagroll(), '#/photos?lens=0&zoom=2&q=tag%3Asquare+OR+name%3Aphoto*');
  const stand = await scrollDown(page);
  await photo(page, stand.name).click();
  await setLens(page, 90);
  await expectStand(page, stand);
  await setLens(page, 0);
  await expectStand(page, stand);
});
