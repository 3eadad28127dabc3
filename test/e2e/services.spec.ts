import type { Page } from '@playwright/test';
import { ALBUM } from './album.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { openServices, serviceLine, simulatorsForFile } from './simulated.ts';
import { openWindow } from './window.ts';

const simulators = simulatorsForFile();
const tagroll = tagrollForFile(ALBUM.slice(0, 3));

const SECRET_ID = 'TESTsecretIdOfTheWindow00000000000001';

async function settings(): Promise<Record<string, unknown>> {
  return (await tagroll().tagroll<{ settings: Record<string, unknown> }>('settings')).settings;
}

/** The account of the first maker, unfolded. */
async function openAccount(page: Page, index: 0 | 1): Promise<void> {
  await serviceLine(page, 'Account').nth(index).click();
}

test('nothing is set up at first, and nothing can be sent', async ({ page }) => {
  await openWindow(page, tagroll());
  await openServices(page);
  await expect(serviceLine(page, 'Tencent Image Tags V1')).toContainText('Older service');
  await expect(serviceLine(page, 'Huawei Image Tagging')).toContainText('30 December 2026');
  await serviceLine(page, 'Tencent Image Tags V1').click();
  await expect(
    page.getByText('The account still lacks: App ID, SecretId, SecretKey'),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Test connection' })).toBeDisabled();
  await expect(page.getByText('price not set')).toBeVisible();
  await page.getByRole('button', { name: 'Set up the account' }).click();
  await expect(page.getByRole('textbox', { name: 'App ID' })).toBeVisible();
});

test('an account serves four services, and its keys are never seen again', async ({ page }) => {
  const { tencent } = simulators();
  await openWindow(page, tagroll());
  await openServices(page);
  await openAccount(page, 0);
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  await field('App ID').fill(tencent.environment['TAGROLL_TENCENT_APP_ID'] ?? '');
  await page.keyboard.press('Enter');
  await page.getByLabel('SecretId', { exact: true }).fill(SECRET_ID);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Replace: SecretId' })).toBeVisible();
  await page
    .getByLabel('SecretKey', { exact: true })
    .fill(tencent.environment['TAGROLL_TENCENT_SECRET_KEY'] ?? '');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Replace: SecretKey' })).toBeVisible();
  await page.getByRole('button', { name: 'Rarely needed' }).click();
  await field('Other address').fill('http://photos.example.com');
  await page.keyboard.press('Tab');
  await expect(page.getByText('This address is not encrypted')).toBeVisible();
  await field('Other address').fill(tencent.environment['TAGROLL_TENCENT_ENDPOINT'] ?? '');
  await page.keyboard.press('Tab');
  for (const name of ['Tags V1', 'Tags V2', 'Violence Detection', 'Porn Detection']) {
    await expect(serviceLine(page, name)).toContainText('Ready');
  }

  // The key of another account: the service says so, and the window what to do.
  await serviceLine(page, 'Tencent Image Tags V1').click();
  await expect(page.getByText('It may be charged')).toBeVisible();
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByText('The SecretId does not exist.')).toBeVisible();
  await page.getByRole('button', { name: 'Replace: SecretId' }).click();
  await page
    .getByLabel('SecretId', { exact: true })
    .fill(tencent.environment['TAGROLL_TENCENT_SECRET_ID'] ?? '');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByText('The service works.')).toBeVisible();
  expect(tencent.counters('tencent-tag')).toMatchObject({ accepted: 1, refused: 1 });
  await expect(serviceLine(page, 'Tencent Image Tags V1')).toContainText('2 calls');
  expect(await page.content()).not.toContain(SECRET_ID);
  expect(JSON.stringify(await settings())).not.toContain(SECRET_ID);

  await page.getByRole('button', { name: 'Remove: SecretKey' }).click();
  await page.getByRole('button', { name: 'Remove for good: SecretKey' }).click();
  await expect(serviceLine(page, 'Tencent Image Tags V2')).toContainText('Not set up');
});

test('numbers are looked at, saved when the field is left, and taken back', async ({ page }) => {
  await openWindow(page, tagroll());
  await openServices(page);
  await serviceLine(page, 'Tencent Porn Detection').click();
  const price = page.getByRole('textbox', { name: 'Price per 1,000 calls' });
  await price.fill('cheap');
  await expect(page.getByText('Write a number.')).toBeVisible();
  await expect(price).toHaveAttribute('aria-invalid', 'true');
  // Escape takes back what was typed, and leaves the settings open.
  await page.keyboard.press('Escape');
  await expect(price).toHaveValue('');
  await price.fill('2.5');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await settings())['tencent-porn.pricePerThousand']).toBe(2.5);
  await page.getByRole('button', { name: 'Undo: Price per 1,000 calls' }).click();
  await expect(price).toHaveValue('');
  await expect.poll(async () => (await settings())['tencent-porn.pricePerThousand']).toBeNull();

  await page.getByRole('textbox', { name: 'Most calls a month' }).fill('1,000');
  await page.keyboard.press('Tab');
  await expect.poll(async () => (await settings())['tencent-porn.capCalls']).toBe(1000);
  await expect(page.getByText('0 of 1,000 calls').first()).toBeVisible();

  await page.getByRole('button', { name: 'Size, pace and other options' }).click();
  await page.getByRole('textbox', { name: 'Calls at the same time' }).fill('51');
  await expect(page.getByText('Write a number from 1 to 50.')).toBeVisible();
  await page.getByRole('radio', { name: '1,024 px' }).click();
  await expect.poll(async () => (await settings())['tencent-porn.uploadLongSide']).toBe(1024);
  await page.getByRole('checkbox', { name: 'Send up to 20 pictures in a request' }).click();
  await expect.poll(async () => (await settings())['tencent-porn.batch']).toBe(true);
  expect((await settings())['tencent-porn.concurrency']).toBe(2);

  // A click beside the dialog closes it, and nothing that was typed is lost.
  await page.getByRole('textbox', { name: 'Give up after' }).fill('90');
  await page.mouse.click(5, 5);
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect.poll(async () => (await settings())['tencent-porn.timeoutSeconds']).toBe(90);
});

test('Huawei takes keys or a password, and says where a password does not do', async ({ page }) => {
  await openWindow(page, tagroll());
  await openServices(page);
  await openAccount(page, 1);
  await expect(page.getByLabel('Access key ID (AK)')).toBeVisible();
  await page.getByRole('radio', { name: 'User and password' }).click();
  await expect(page.getByText('Abu Dhabi')).toBeVisible();
  await expect(page.getByLabel('IAM password')).toHaveAttribute('type', 'password');
  await expect(page.getByLabel('Access key ID (AK)')).toBeHidden();
  await page.getByRole('radio', { name: 'Access keys' }).click();
  await expect(page.getByLabel('Access key ID (AK)')).toBeVisible();
});

test('where there is no keychain, a file is offered and said to be unprotected', async ({
  page,
}) => {
  await openWindow(page, tagroll());
  await openServices(page);
  await expect(page.getByText('keys are kept only until Tagroll is closed')).toBeVisible();
  const agree = page.getByRole('checkbox', { name: 'Keep keys in a file that only I can read' });
  await agree.click();
  await expect(page.getByText('Keys are kept in a file that only your user')).toBeVisible();
  await agree.click();
  await expect(page.getByText('keys are kept only until Tagroll is closed')).toBeVisible();
});

test('sensitive photos have a threshold and further labels', async ({ page }) => {
  await openWindow(page, tagroll());
  await openServices(page);
  await serviceLine(page, 'Sensitive photos').click();
  const slider = page.getByRole('slider', { name: 'Sensitive from confidence' });
  await slider.press('ArrowLeft');
  await expect.poll(async () => (await settings())['sensitive.threshold']).toBe(79);
  await page.getByRole('checkbox', { name: 'Knife' }).click();
  await expect.poll(async () => (await settings())['sensitive.extras']).toEqual(['knife']);
  await page.getByRole('checkbox', { name: 'Blur sensitive photos' }).click();
  await expect(serviceLine(page, 'Sensitive photos')).toContainText('Not blurred');
});
