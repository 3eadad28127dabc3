/** The rules of accessibility, as a browser can check them. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What axe finds serious or critical, in words that lead to it. */
async function seriousFindings(page: Page): Promise<readonly string[]> {
  // A colour in the middle of a change would be measured as it is for a moment only.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 200)}: ${node.failureSummary}`),
    );
}

/** Fails with every serious finding; `place` says where it was. */
export async function expectAccessible(page: Page, place: string): Promise<void> {
  expect(await seriousFindings(page), place).toEqual([]);
}
