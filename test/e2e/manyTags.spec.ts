import { expect, test } from './fixture.ts';
import { manyTagsForFile, tagOf } from './manyTags.ts';
import { expectQuery, part, value } from './sidebarParts.ts';
import { openWindow, resultTitle, sidebar } from './window.ts';

const TAGS = 20_000;
/** Far more than fit on the screen, far fewer than there are. */
const MOST_LINES = 150;

const tagroll = manyTagsForFile(TAGS);

test('20,000 tags are filtered by typing, with only those near the screen drawn', async ({
  page,
}) => {
  await openWindow(page, tagroll());
  const tags = part(page, 'Tags');
  const lines = tags.locator('[data-value]');
  const filter = page.getByRole('textbox', { name: 'Filter tags' });
  await expect(value(page, 'Tags', tagOf(0))).toBeVisible();

  // Each step finds fewer; the list is never drawn whole.
  await filter.pressSequentially('tag 1');
  await expect(value(page, 'Tags', tagOf(10_000))).toBeVisible();
  expect(await lines.count()).toBeLessThan(MOST_LINES);
  await filter.pressSequentially('234');
  await expect(value(page, 'Tags', tagOf(12_341))).toBeVisible();
  await expect(value(page, 'Tags', tagOf(10_000))).toBeHidden();
  // Ten of them, in four groups.
  await expect(lines).toHaveCount(14);
  await filter.pressSequentially('5');
  await expect(value(page, 'Tags', tagOf(12_345))).toBeVisible();
  await expect(lines).toHaveCount(2);
  for (let times = 0; times < 4; times += 1) await filter.press('Backspace');
  await expect(value(page, 'Tags', tagOf(10_000))).toBeVisible();
  expect(await lines.count()).toBeLessThan(MOST_LINES);
  await filter.fill('标签 ');
  await expect(value(page, 'Tags', tagOf(0))).toBeVisible();
  await filter.fill('标签12345');
  await expect(lines).toHaveCount(2);
  await filter.fill('no such tag');
  await expect(tags).toContainText('No tag is called “no such tag”');
});

test('a long list is walked by keyboard and by scrolling', async ({ page }) => {
  await openWindow(page, tagroll());
  const tags = part(page, 'Tags');
  const lines = tags.locator('[data-value]');
  const more = tags.getByRole('button', { name: '4,992 more' }).first();
  await more.click();
  await expect(value(page, 'Tags', tagOf(32))).toBeVisible();
  expect(await lines.count()).toBeLessThan(MOST_LINES);
  await value(page, 'Tags', tagOf(0)).focus();
  for (let times = 1; times <= 40; times += 1) {
    await page.keyboard.press('ArrowDown');
    await expect(value(page, 'Tags', tagOf(times * 4))).toBeFocused();
  }
  expect(await lines.count()).toBeLessThan(MOST_LINES);
  // Wherever the list is, one of its lines is reached by the tab key, and only one.
  await expect(tags.locator('[data-value][tabindex="0"]')).toHaveCount(1);
  await sidebar(page).locator('[data-section="tags"]').hover();
  await page.mouse.wheel(0, 60_000);
  await expect(value(page, 'Tags', tagOf(160))).toBeHidden();
  await expect(tags.locator('[data-value][tabindex="0"]')).toHaveCount(1);
});

test('what the result does not have is found among 20,000, and searched for', async ({ page }) => {
  await openWindow(page, tagroll());
  await value(page, 'Tags', tagOf(1)).click();
  await expect(resultTitle(page)).toHaveText('1 photo');
  await page.getByRole('textbox', { name: 'Filter tags' }).fill('tag 19998');
  await expect(part(page, 'Tags')).toContainText('Not in this result');
  await value(page, 'Tags', tagOf(19_998)).click({ modifiers: ['Shift'] });
  await expectQuery(page, `(tag:"${tagOf(1)}" OR tag:"${tagOf(19_998)}")`);
  await expect(resultTitle(page)).toHaveText('2 photos');
  await expect(part(page, 'Tags')).not.toContainText('Not in this result');
});
