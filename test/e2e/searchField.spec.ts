import { ALBUM } from './album.ts';
import { expectAccessible } from './axe.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { chip, expectQuery, list, note, offers, search } from './searchFieldParts.ts';
import { expectPhotos, openWindow, resultTitle, searchField } from './window.ts';

const tagroll = tagrollForFile(ALBUM);

// Long ways through the field, on machines that have other things to do.
test.describe.configure({ timeout: 180_000 });

const DARK_FROM_50 = ['night.jpg', 'alley.jpg'];
const DARK_FROM_30 = ['rose.jpg', ...DARK_FROM_50];

test.beforeEach(async ({ page }) => {
  await tagroll().tagroll('settings', 'language', 'en');
  await openWindow(page, tagroll());
});

test.describe('the lens of one tag', () => {
  test('moves by keyboard, and the photos with it', async ({ page }) => {
    const { keyboard } = page;
    await search(page, 'tag:dark');
    await expectPhotos(page, DARK_FROM_50);
    await searchField(page).press('ArrowLeft');
    await expect(chip(page, 'dark')).toBeFocused();
    await keyboard.press('Enter');
    const panel = page.getByRole('dialog', { name: 'dark' });
    const lens = panel.getByRole('slider', { name: 'Confidence of dark' });
    await expect(lens).toBeFocused();
    await expect(lens).toHaveAttribute('aria-valuetext', 'Follows the lens (50%)');
    await expectAccessible(page, 'the lens of a tag');
    await keyboard.press('ArrowLeft');
    await expect(lens).toHaveAttribute('aria-valuetext', 'At least 49%');
    await keyboard.press('PageDown');
    await keyboard.press('PageDown');
    await expect(lens).toHaveAttribute('aria-valuenow', '29');
    await expectPhotos(page, DARK_FROM_30);
    await expectQuery(page, 'tag:dark>=29');
    await keyboard.press('End');
    await expectQuery(page, 'tag:dark>=100');
    await keyboard.press('Home');
    await expectPhotos(page, DARK_FROM_30);
    await keyboard.press('Escape');
    await expect(panel).toBeHidden();
    await expect(chip(page, 'dark ≥ 0')).toBeFocused();
    // All of it is one step: back leads to before it.
    await page.goBack();
    await expect(chip(page, 'dark')).toBeVisible();
    await expectPhotos(page, DARK_FROM_50);
  });

  test('moves by mouse, excludes, and follows the lens again', async ({ page }) => {
    await search(page, 'tag:dark>80 tag:upright');
    await expect(chip(page, 'dark > 80')).toBeVisible();
    await chip(page, 'dark > 80').click();
    const panel = page.getByRole('dialog', { name: 'dark > 80' });
    await expect(panel.getByText('> 80', { exact: true })).toBeVisible();
    const lens = page.getByRole('slider', { name: 'Confidence of dark' });
    await expect(lens).toHaveAttribute('aria-valuenow', '80');
    const box = await lens.boundingBox();
    if (!box) throw new Error('The slider is not on screen.');
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width / 2, y);
    await page.mouse.down();
    await page.mouse.move(box.x - 100, y, { steps: 5 });
    await page.mouse.move(box.x - 400, y, { steps: 5 });
    await expect(chip(page, 'dark ≥ 0')).toBeVisible();
    // The grid follows before the button is let go.
    await expectPhotos(page, ['rose.jpg', 'alley.jpg']);
    await page.mouse.up();
    await expectQuery(page, 'tag:dark>=0 tag:upright');
    await page.getByRole('button', { name: 'Follow the lens' }).click();
    await expect(chip(page, 'dark')).toBeVisible();
    await expectPhotos(page, ['alley.jpg']);
    await expect(page.getByRole('button', { name: 'Follow the lens' })).toBeDisabled();
    await page.getByRole('button', { name: 'Exclude', exact: true }).click();
    await expect(chip(page, 'not dark')).toBeVisible();
    await expectPhotos(page, ['rose.jpg', 'letter.webp']);
    await page.getByRole('button', { name: 'Include', exact: true }).click();
    await expectPhotos(page, ['alley.jpg']);
    await page.getByRole('button', { name: 'Edit as text' }).click();
    await expect(searchField(page)).toBeFocused();
    await expect(searchField(page)).toHaveValue('tag:dark tag:upright');
    await searchField(page).press('Enter');
    await chip(page, 'upright').click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(searchField(page)).toBeFocused();
    await expectQuery(page, 'tag:dark');
    // The drag was one step of the way back: the steps after it, then it, then what was typed.
    for (let steps = 0; steps < 4; steps += 1) await page.goBack();
    await expectQuery(page, 'tag:dark>=0 tag:upright');
    await page.goBack();
    await expectQuery(page, 'tag:dark>80 tag:upright');
  });

  test('belongs to its chip alone, which keys reach and take away', async ({ page }) => {
    const { keyboard } = page;
    await search(page, 'tag:dark camera:fuji tag:upright');
    await searchField(page).press('ArrowLeft');
    await expect(chip(page, 'upright')).toBeFocused();
    await keyboard.press('ArrowLeft');
    await expect(chip(page, 'Camera fuji')).toBeFocused();
    await keyboard.press('Home');
    await expect(chip(page, 'dark')).toBeFocused();
    await keyboard.press('End');
    await expect(searchField(page)).toBeFocused();
    await keyboard.press('ArrowLeft');
    await keyboard.press('Delete');
    await expectQuery(page, 'tag:dark camera:fuji');
    await expectPhotos(page, DARK_FROM_50);
    await expect(searchField(page)).toBeFocused();
    // A chip of anything else becomes text.
    await chip(page, 'Camera fuji').click();
    await expect(searchField(page)).toHaveValue('tag:dark camera:fuji');
  });

  test('of a share of the picture has per cents of its own', async ({ page }) => {
    await search(page, 'box:dark>0.25');
    await chip(page, 'Part of the picture dark > 0.25').click();
    const share = page.getByRole('slider', { name: 'Share of the picture of dark' });
    await expect(share).toHaveAttribute('aria-valuenow', '25');
    await share.press('ArrowRight');
    await expectQuery(page, 'box:dark>=0.26');
  });
});

test.describe('mistakes', () => {
  test.beforeEach(({ faults }) => faults.allow(/status of 400/));

  test('are repaired with a click', async ({ page }) => {
    await search(page, 'tag:dark camra:fuji');
    await expect(note(page, '“camra” is not something to search by.')).toBeVisible();
    // In the chip as well.
    const wrong = chip(page, 'camra:fuji');
    expect(await wrong.evaluate((element) => getComputedStyle(element).textDecorationLine)).toBe(
      'underline',
    );
    await page.getByRole('button', { name: 'Use “camera:”' }).click();
    await expectPhotos(page, DARK_FROM_50);
    await expect(note(page, 'camra')).toBeHidden();
    await expect(searchField(page)).toBeFocused();
  });

  test('are repaired by keyboard', async ({ page }) => {
    const field = searchField(page);
    await field.fill('(tag:dark');
    await expect(offers(page).first()).toBeVisible();
    // What is offered comes first.
    await field.press('Escape');
    await expect(note(page, 'A closing parenthesis is missing.')).toBeVisible();
    await expect(field).toHaveAccessibleDescription('A closing parenthesis is missing.');
    await field.press('Escape');
    await expect(field).toHaveValue('');
    await field.fill('tag:dark iso:many');
    await field.press('Enter');
    await expect(note(page, 'Expected: ISO, e.g. iso:>=1600, iso:100-400.')).toBeVisible();
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await field.fill('tag:dark is:favorit');
    await field.press('Enter');
    await expect(note(page, '“favorit” does not fit here.')).toBeVisible();
    await field.press('ArrowDown');
    await expect(page.getByRole('button', { name: 'Use “favorite”' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(field).toBeFocused();
    await field.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expectQuery(page, 'tag:dark is:favorite');
    await expect(field).toBeFocused();
  });

  test('nothing is said in the middle of a word', async ({ page }) => {
    const field = searchField(page);
    const status = page.locator('search').getByRole('status');
    await field.pressSequentially('"har b');
    await expect(status).toContainText('quotation mark');
    // How long it is silent is not a test's to say: only that it is.
    const said = await status.evaluateHandle((element) => {
      const texts: string[] = [];
      const note = (): number => texts.push(element.textContent ?? '');
      new MutationObserver(note).observe(element, {
        childList: true,
        characterData: true,
        subtree: true,
      });
      return texts;
    });
    await field.pressSequentially('o');
    await expect.poll(() => said.jsonValue()).toContain('');
    await expect(status).toContainText('quotation mark');
    await field.fill('"harb"');
    await expectPhotos(page, ['harbour.jpg']);
    await expect(status).toHaveText('');
  });
});

test('a tag that is not there is said gently, and replaced by the nearest', async ({
  page,
  faults,
}) => {
  faults.allow(/status of 400/);
  const field = searchField(page);
  await field.fill('tag:darc>40');
  await expect(note(page, 'No tag is called “darc”. Did you mean “dark”?')).toBeVisible();
  // A copy under the text carries the line; the field is not wrong.
  const marked = page.locator('search [aria-hidden="true"] > span', { hasText: 'darc>40' });
  expect(await marked.evaluate((element) => getComputedStyle(element).textDecorationStyle)).toBe(
    'dotted',
  );
  await expect(field).not.toHaveAttribute('aria-invalid');
  await field.press('Enter');
  await expect(chip(page, 'darc > 40')).toBeVisible();
  await expectAccessible(page, 'a hint');
  await page.getByRole('button', { name: 'Use “dark”' }).click();
  await expectQuery(page, 'tag:dark>40');
  await expect(note(page, 'No tag')).toBeHidden();
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await search(page, 'tag:qqqqqqqq OR tag:dark');
  await expect(note(page, 'No tag is called “qqqqqqqq”.')).toBeVisible();
  await page.getByRole('button', { name: 'Hide this note' }).click();
  await expect(note(page, 'No tag')).toBeHidden();
  await expectPhotos(page, DARK_FROM_50);
});

test('the last searches are offered, chosen and forgotten', async ({ page, faults }) => {
  faults.allow(/status of 400/);
  const field = searchField(page);
  const clear = page.getByRole('button', { name: 'Clear the search' });
  // What other tests looked for is not theirs to find.
  await search(page, 'tag:green');
  await clear.click();
  await offers(page).filter({ hasText: 'Forget all' }).click();
  await expect(list(page)).toBeHidden();
  for (const query of ['tag:blue -tag:wide', 'from:2019 tag:dark', 'is:sensitive', 'tag:red']) {
    await search(page, query);
    await expectQuery(page, query);
    await clear.click();
  }
  await expect(field).toBeFocused();
  // In words, the newest first, and nothing that would tell of sensitive photos.
  await expect(offers(page)).toContainText([
    'red',
    'From 2019dark',
    'bluenot wide',
    'Forget all searches',
    'How to search',
  ]);
  await expect(offers(page)).toHaveCount(5);
  await expectAccessible(page, 'earlier searches');
  await field.press('ArrowDown');
  await field.press('ArrowDown');
  await expect(offers(page).nth(1)).toHaveAttribute('aria-selected', 'true');
  await field.press('Enter');
  await expectPhotos(page, DARK_FROM_50);
  await expect(list(page)).toBeHidden();

  // Passing by takes nothing along.
  await clear.click();
  await expect(offers(page).first()).toContainText('dark');
  await field.press('Tab');
  await expect(field).not.toBeFocused();
  await expect(resultTitle(page)).toHaveText('12 photos');

  // A part of one brings it back, at the end of what else is offered.
  await field.pressSequentially('wid');
  await expect(offers(page).filter({ hasText: 'bluenot wide' })).toBeVisible();
  await expect(offers(page).first()).toContainText('wide');
  await field.press('Escape');
  await field.press('Escape');

  await field.click();
  await page.getByRole('button', { name: 'Forget “blue not wide”' }).click();
  await expect(offers(page).filter({ hasText: 'blue' })).toHaveCount(0);
  await expect(field).toBeFocused();
  const before = await offers(page).count();
  await field.press('ArrowDown');
  await field.press('Shift+Delete');
  await expect(offers(page)).toHaveCount(before - 1);
  await offers(page).filter({ hasText: 'Forget all' }).click();
  await expect(list(page)).toBeHidden();
  await field.press('ArrowDown');
  await expect(list(page)).toBeHidden();
});
