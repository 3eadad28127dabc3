import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** Debian's Chromium where it is installed, else the one that Playwright brings. */
const chromium = '/usr/bin/chromium';
/** Chromium refuses to run as root with its sandbox. */
const asRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  workers: 2,
  // A starved machine may lose one; what fails twice is wrong. One that passes again is listed as flaky.
  retries: process.env['CI'] ? 1 : 0,
  // A loaded machine is slow, not wrong.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: 'reports/e2e.json' }]],
  forbidOnly: Boolean(process.env['CI']),
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    colorScheme: 'light',
    // Where what fails is tried again, only that try is recorded: recording takes a sixth of the time.
    trace: process.env['CI'] ? 'on-first-retry' : 'retain-on-failure',
    launchOptions: {
      ...(existsSync(chromium) ? { executablePath: chromium } : {}),
      args: asRoot ? ['--no-sandbox'] : [],
    },
  },
});
