/** The five services as simulators, for the tests of one file. */
import type { Page } from '@playwright/test';
import { type Simulators, startSimulators } from '../simulators/start.ts';
import { expect, test } from './fixture.ts';

/** Starts the services before the tests of a file and stops them after. Call it before `tagrollForFile`. */
export function simulatorsForFile(): () => Simulators {
  let simulators: Simulators | null = null;
  test.beforeAll(async () => {
    simulators = await startSimulators();
  });
  test.afterAll(async () => {
    await simulators?.close();
    simulators = null;
  });
  return () => {
    if (!simulators) throw new Error('The services are there only while tests run.');
    return simulators;
  };
}

/** Opens the settings at the services. */
export async function openServices(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+,');
  await page.getByRole('dialog').getByRole('tab', { name: 'Services' }).click();
  await expect(page.getByRole('heading', { name: 'Tencent Cloud' })).toBeVisible();
}

/** The line of a service in the settings, which unfolds it. */
export function serviceLine(page: Page, name: string) {
  return page.getByRole('dialog').getByRole('button', { name, exact: false });
}

/** The dialog that asks which service, and for what price. */
export function tagDialog(page: Page) {
  return page.getByRole('dialog', { name: 'Tag these photos' });
}

/** The button that sends: the only one that does. */
export function sendButton(page: Page) {
  return tagDialog(page).getByRole('button', { name: /^Send/ });
}
