import type { Page } from '@playwright/test';
import { ALBUM } from './album.ts';
import { expectAccessible } from './axe.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { simulatorsForFile } from './simulated.ts';
import { expectPicture, grid, openWindow, photo, toasts, viewer, viewerPanel } from './window.ts';

const simulators = simulatorsForFile();
const tagroll = tagrollForFile(ALBUM, () => simulators().tencent.environment);

/** Of these the simulator says that they show blood: they are deep red. */
const SENSITIVE = ['rose.jpg', 'tulip.jpg'];
const WHY = 'A service found this photo sensitive.';

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  await tagroll().tagroll('tag', '--service', 'tencent-terrorism');
});

/** Collects the addresses of pictures of a photo, in any size. */
async function picturesAsked(page: Page, name: string): Promise<readonly string[]> {
  const { photos } = await tagroll().tagroll<{ photos: { id: number }[] }>(
    'search',
    `name:${name}`,
  );
  const asked: string[] = [];
  const isOfPhoto = new RegExp(`/media/\\w+/${photos[0]?.id}(\\?|$)`);
  page.on('request', (request) => {
    if (isOfPhoto.test(request.url())) asked.push(request.url());
  });
  return asked;
}

const eye = (page: Page, name: string) => photo(page, name).locator('[data-reveal]');

test('a sensitive photo is nowhere to be seen until it is uncovered', async ({ page }) => {
  const asked = await picturesAsked(page, 'rose.jpg');
  await openWindow(page, tagroll());
  await expectPicture(photo(page, 'leaf.jpg'));
  for (const name of SENSITIVE) {
    await expect(photo(page, name)).toHaveAccessibleName(/, sensitive, blurred$/);
    await expect(photo(page, name).locator('img')).toHaveCount(0);
    await expect(eye(page, name)).toBeVisible();
  }
  await expect(grid(page).locator('[data-reveal]')).toHaveCount(SENSITIVE.length);

  // Selected, with its details beside it.
  await photo(page, 'rose.jpg').click({ position: { x: 8, y: 120 } });
  const details = page.getByRole('complementary');
  await expect(details.getByText(WHY).first()).toBeVisible();
  await expect(details.getByText('rose.jpg').first()).toBeVisible();
  await expect(details.locator('img')).toHaveCount(0);
  await expect(details).not.toContainText('blood');

  // In the viewer, and as the neighbour of what is in it.
  await photo(page, 'leaf.jpg').dblclick();
  await expect(viewer(page).locator('img[data-visible]').first()).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(viewer(page)).toHaveAccessibleName('rose.jpg');
  await expect(viewer(page).getByText(WHY).first()).toBeVisible();
  await expect(viewer(page).locator('img')).toHaveCount(0);
  await expect(viewerPanel(page)).not.toContainText('blood');
  await expect(viewer(page).getByRole('button', { name: 'Zoom in' })).toBeHidden();
  await page.keyboard.press('Space');
  expect(asked).toEqual([]);
});

test('a key in the viewer uncovers one photo for as long as the window is open', async ({
  page,
}) => {
  await openWindow(page, tagroll());
  await photo(page, 'rose.jpg').dblclick({ position: { x: 8, y: 120 } });
  await expect(viewer(page).getByText(WHY).first()).toBeVisible();
  await page.keyboard.press('v');
  await expect(viewer(page).getByRole('img', { name: 'rose.jpg' }).last()).toBeVisible();
  const labels = viewerPanel(page).locator('section', {
    has: page.getByRole('heading', { name: 'Sensitive content' }),
  });
  await expect(labels.getByRole('listitem')).toHaveCount(1);
  await expect(labels.getByRole('listitem')).toContainText('blood');
  await labels.getByRole('button', { name: '7 more below the lens' }).click();
  await expect(labels.getByRole('listitem')).toHaveCount(8);

  await page.keyboard.press('Escape');
  await expectPicture(photo(page, 'rose.jpg'));
  await expect(photo(page, 'rose.jpg')).not.toHaveAccessibleName(/blurred/);
  await expect(photo(page, 'tulip.jpg').locator('img')).toHaveCount(0);

  // By the menu it is blurred again, and so it is in a new window.
  await photo(page, 'rose.jpg').dblclick();
  await viewer(page).getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Blur this photo again' }).click();
  await expect(viewer(page).locator('img')).toHaveCount(0);
  await viewer(page).getByRole('button', { name: 'Show' }).first().click();
  await expect(viewer(page).getByRole('img', { name: 'rose.jpg' }).last()).toBeVisible();
  // The keyboard goes on where the button was.
  await page.keyboard.press('ArrowRight');
  await expect(viewer(page)).toHaveAccessibleName('tulip.jpg');
  await page.reload();
  await expect(viewer(page).getByText(WHY).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(photo(page, 'rose.jpg').locator('img')).toHaveCount(0);
});

test('in the grid the eye uncovers by mouse, and a key uncovers the selection', async ({
  page,
}) => {
  await openWindow(page, tagroll());
  await eye(page, 'tulip.jpg').click();
  await expectPicture(photo(page, 'tulip.jpg'));
  await expect(photo(page, 'tulip.jpg')).toHaveAttribute('aria-selected', 'false');
  await photo(page, 'leaf.jpg').click();
  await grid(page).press('ControlOrMeta+a');
  await grid(page).press('v');
  await expectPicture(photo(page, 'rose.jpg'));
  await expect(eye(page, 'tulip.jpg')).toBeHidden();
  await grid(page).press('v');
  for (const name of SENSITIVE) await expect(photo(page, name).locator('img')).toHaveCount(0);
});

test('the settings decide, at once and in every window', async ({ page }) => {
  const { tagroll: run } = tagroll();
  await openWindow(page, tagroll());
  await run('settings', 'sensitive.threshold', '100');
  await expectPicture(photo(page, 'rose.jpg'));
  await run('settings', 'sensitive.threshold', '80');
  await expect(photo(page, 'rose.jpg').locator('img')).toHaveCount(0);
  await run('settings', 'sensitive.blur', 'false');
  await expectPicture(photo(page, 'rose.jpg'));
  await run('settings', 'sensitive.blur', 'true');
  await expect(eye(page, 'rose.jpg')).toBeVisible();
});

test('a label that the person rejects no longer makes a photo sensitive', async ({ page }) => {
  await openWindow(page, tagroll());
  await photo(page, 'tulip.jpg').dblclick({ position: { x: 8, y: 60 } });
  await viewer(page).getByRole('button', { name: 'Show' }).first().click();
  const blood = viewerPanel(page).getByRole('listitem').filter({ hasText: 'blood' });
  await blood.hover();
  await blood.getByRole('button', { name: /^Reject “blood”/ }).click();
  await expect(viewerPanel(page).getByText('nothing reaches your threshold')).toBeVisible();
  await page.reload();
  await expect(viewer(page).getByRole('img', { name: 'tulip.jpg' }).last()).toBeVisible();
  const rejected = viewerPanel(page).getByRole('listitem').filter({ hasText: 'blood' });
  await rejected.hover();
  await rejected.getByRole('button', { name: 'Let “blood” count again' }).click();
  await expect(viewer(page).getByText(WHY).first()).toBeVisible();
  await expect(toasts(page)).toContainText('counts again');
});

test('what a service answered of it is shown blurred, too', async ({ page }) => {
  await openWindow(page, tagroll(), '#/tagging');
  const rose = page.getByRole('main').getByRole('button', { name: 'rose.jpg, sensitive, blurred' });
  await expect(rose).toBeVisible();
  await expect(rose.locator('img')).toHaveCount(0);
});

test('what would be sent of it is shown when it is uncovered', async ({ page }) => {
  await openWindow(page, tagroll());
  await photo(page, 'rose.jpg').dblclick({ position: { x: 8, y: 120 } });
  await viewer(page).getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'What would be sent…' }).click();
  const dialog = page.getByRole('dialog', { name: 'The picture that would be sent' });
  await expect(dialog).toContainText('240 × 320');
  await expect(dialog.locator('img')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Show' }).click();
  await expect(dialog.locator('img')).toBeVisible();
});

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ colorScheme: theme });

    test('blurred photos pass axe', async ({ page }) => {
      await openWindow(page, tagroll());
      await photo(page, 'rose.jpg').click({ position: { x: 8, y: 120 } });
      await expect(page.getByRole('complementary').getByText(WHY).first()).toBeVisible();
      await expectAccessible(page, 'grid with blurred photos');
      await photo(page, 'rose.jpg').dblclick({ position: { x: 8, y: 120 } });
      await expect(viewer(page).getByText(WHY).first()).toBeVisible();
      await expectAccessible(page, 'viewer with a blurred photo');
      await page.keyboard.press('v');
      await expect(viewerPanel(page)).toContainText('blood');
      await expectAccessible(page, 'viewer with an uncovered photo');
    });
  });
}
