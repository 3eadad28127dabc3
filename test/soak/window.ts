/** Somebody at the window: opens it, searches, scrolls and looks at photos, until the engine goes away. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from '@playwright/test';
import type { Random } from '../fuzz/random.ts';

const CHROMIUM = '/usr/bin/chromium';
const QUERIES = [
  '',
  'camera:testcam',
  'own',
  'tag:own*',
  'source:me',
  'year',
  '-tag:dog',
  'a OR b',
];
const STEP_TIMEOUT_MS = 20_000;

export type WindowUser = {
  /** Searches that showed their result. */
  readonly searches: number;
  /** Errors in the page that nobody asked for. */
  readonly errors: readonly string[];
  /** Opens the window at an address anew. */
  open(url: string): Promise<void>;
  /** One search, one scroll, now and then a look at a photo. Rejects when the window does not answer. */
  step(): Promise<void>;
  /** The engine was taken away on purpose: what the page says of it is expected until `open`. */
  expectLoss(): void;
  close(): Promise<void>;
};

/** Null where there is no Chromium. */
export async function openWindowUser(random: Random): Promise<WindowUser | null> {
  let browser: Browser;
  try {
    browser = await chromium.launch({
      ...(existsSync(CHROMIUM) ? { executablePath: CHROMIUM } : {}),
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
  } catch {
    return null;
  }
  const errors: string[] = [];
  let searches = 0;
  let isLossExpected = false;
  let page: Page | null = null;

  return {
    get searches() {
      return searches;
    },
    errors,
    async open(url) {
      await page?.close();
      const opened = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      opened.setDefaultTimeout(STEP_TIMEOUT_MS);
      opened.on('pageerror', (error) => {
        if (!isLossExpected) errors.push(error.message);
      });
      page = opened;
      isLossExpected = false;
      await opened.goto(`${url}#/photos?lens=0&zoom=2`);
      await opened.getByRole('main').waitFor();
    },
    async step() {
      if (!page) return;
      const field = page.getByRole('combobox').first();
      await field.fill(random.pick(QUERIES));
      await page.keyboard.press('Enter');
      await page.getByRole('main').waitFor();
      await page.mouse.move(700, 500);
      await page.mouse.wheel(0, random.below(4000) - 1500);
      searches += 1;
      if (random.next() < 0.2) {
        await page.keyboard.press('Escape');
        const photo = page.getByRole('option').first();
        if (await photo.isVisible()) {
          await photo.dblclick({ force: true, timeout: 5000 }).catch(() => undefined);
          await page.keyboard.press('Escape');
        }
      }
    },
    expectLoss() {
      isLossExpected = true;
    },
    close: () => browser.close(),
  };
}
