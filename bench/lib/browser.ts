/** A Chromium of the benchmark's own. */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { installGridProbe } from './gridProbe.ts';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';
const SCREEN = { width: 1440, height: 900 };

/** Runs `use` with a browser that is closed afterwards. */
export async function withBrowser<Value>(
  use: (browser: Browser) => Promise<Value>,
): Promise<Value> {
  const browser = await chromium.launch({
    ...(existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {}),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

/** A new page with nothing in its caches, and the probe in it. */
export async function openPage(
  browser: Browser,
  probe: () => void = installGridProbe,
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ viewport: SCREEN, locale: 'en-US' });
  const page = await context.newPage();
  await page.addInitScript(probe);
  return { page, context };
}

/** Requests to these addresses fail at once, without the detour that intercepting them would take. */
export async function blockAddresses(page: Page, patterns: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setBlockedURLs', { urls: patterns });
}

/** Waits until every photo on the screen has its picture. */
export async function untilFilled(page: Page): Promise<void> {
  await page.waitForFunction(() => window.tagrollBench.filledAtMs !== null, null, {
    timeout: 30_000,
  });
}
