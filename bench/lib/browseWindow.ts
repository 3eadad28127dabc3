/** A person at the window: searches, moves the lens and scrolls by its own controls. */
import type { Page } from '@playwright/test';
import type { Answer } from './browseProbe.ts';

export type BrowseWindow = {
  /** Waits until the grid is there and nothing is asked any more. */
  start(): Promise<void>;
  /** Puts another query into the address, as a click on a link does, and waits until all is answered. */
  search(query: string): Promise<Answer>;
  /** Types the beginning of a word key by key. */
  type(word: string): Promise<void>;
  /** Moves the lens by keys, each as soon as the one before was drawn. */
  stepLens(steps: number): Promise<readonly Answer[]>;
  /** Moves the lens to and fro by its thumb, a step with each event. */
  dragLens(): Promise<{
    readonly frames: readonly number[];
    readonly betweenRedraws: readonly number[];
  }>;
  /** Milliseconds of each frame. */
  scrollByWheel(): Promise<readonly number[]>;
  dragScrubber(): Promise<readonly number[]>;
  /** To both ends by keys and to places between by presses; milliseconds until each screen was filled. */
  jump(): Promise<readonly number[]>;
  /** Milliseconds of each call of that name since they were forgotten. */
  calls(name: string): Promise<readonly number[]>;
  forgetCalls(): Promise<void>;
};

const KEY_AFTER_MS = 90;
const DRAG_STEPS = 60;
const DRAG_PIXELS = 40;
const WHEEL_STEPS = 150;
const WHEEL_PIXELS = 120;
/** Parts of the scroll bar that are pressed. */
const PRESSED = [0.5, 0.1, 0.9, 0.33, 0.77, 0.02, 0.6, 0.21] as const;

export function createBrowseWindow(page: Page): BrowseWindow {
  const field = page.getByRole('combobox', { name: 'Search photos' });
  const lens = page.getByRole('slider', { name: 'Confidence lens' });
  const bar = page.getByRole('scrollbar', { name: 'Position in the photos' });
  const grid = page.locator('#photo-grid');
  const expectAnswer = (): Promise<void> =>
    page.evaluate(() => window.tagrollBrowse.expectAnswer());
  const answer = (): Promise<Answer> => page.evaluate(() => window.tagrollBrowse.answer());
  const quiet = (): Promise<void> => page.evaluate(() => window.tagrollBrowse.quiet());
  const watchFrames = (): Promise<void> => page.evaluate(() => window.tagrollBrowse.watchFrames());
  const frames = (): Promise<readonly number[]> =>
    page.evaluate(() => window.tagrollBrowse.frames());
  const boxOf = async (what: typeof bar) => {
    const box = await what.boundingBox();
    if (!box) throw new Error('A control of the window is not on screen.');
    return box;
  };
  const filledAfter = async (act: () => Promise<void>): Promise<number> => {
    await page.evaluate(() => window.tagrollBrowse.expectFilled());
    await act();
    const ms = await page.evaluate(() => window.tagrollBrowse.filled());
    await quiet();
    return ms;
  };

  return {
    async start() {
      await page.waitForSelector('[data-photo-id]', { timeout: 120_000 });
      await quiet();
    },
    async search(query) {
      await expectAnswer();
      await page.evaluate((text) => {
        // As the window itself writes it: it has nothing to put right then.
        const lens = new URLSearchParams(window.location.hash.split('?')[1]).get('lens') ?? '50';
        const parameters = new URLSearchParams({ ...(text ? { q: text } : {}), lens, zoom: '2' });
        window.location.hash = `/photos?${parameters}`;
      }, query);
      const answered = await answer();
      await quiet();
      return answered;
    },
    async type(word) {
      await field.focus();
      await page.keyboard.type(word.slice(0, 5), { delay: KEY_AFTER_MS });
      await quiet();
    },
    async stepLens(steps) {
      await lens.focus();
      const answers: Answer[] = [];
      for (let step = 0; step < steps; step += 1) {
        await expectAnswer();
        await page.keyboard.press(step < steps / 2 ? 'ArrowRight' : 'ArrowLeft');
        answers.push(await answer());
      }
      await quiet();
      return answers;
    },
    async dragLens() {
      const box = await boxOf(lens);
      const y = box.y + box.height / 2;
      const x = box.x + box.width / 2;
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.evaluate(() => window.tagrollBrowse.forgetRedraws());
      await watchFrames();
      for (let step = 0; step <= DRAG_STEPS; step += 1) {
        await page.mouse.move(x + DRAG_PIXELS * Math.sin((step / DRAG_STEPS) * 2 * Math.PI), y);
      }
      const measured = {
        frames: await frames(),
        betweenRedraws: await page.evaluate(() => window.tagrollBrowse.betweenRedraws()),
      };
      await page.mouse.up();
      await quiet();
      return measured;
    },
    async scrollByWheel() {
      const box = await boxOf(grid);
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await watchFrames();
      for (let step = 0; step < WHEEL_STEPS; step += 1) await page.mouse.wheel(0, WHEEL_PIXELS);
      const measured = await frames();
      await quiet();
      return measured;
    },
    async dragScrubber() {
      await grid.press('Home');
      await quiet();
      const box = await boxOf(bar);
      const x = box.x + box.width / 2;
      await page.mouse.move(x, box.y + 12);
      await page.mouse.down();
      await watchFrames();
      for (let step = 0; step <= DRAG_STEPS; step += 1) {
        await page.mouse.move(x, box.y + 12 + ((box.height - 24) * step) / DRAG_STEPS);
      }
      const measured = await frames();
      await page.mouse.up();
      await quiet();
      return measured;
    },
    async jump() {
      const jumps: number[] = [];
      await grid.focus();
      for (const key of ['End', 'Home']) {
        jumps.push(await filledAfter(() => page.keyboard.press(key)));
      }
      const box = await boxOf(bar);
      for (const part of PRESSED) {
        await page.mouse.move(box.x + box.width / 2, box.y + box.height * part);
        jumps.push(
          await filledAfter(async () => {
            await page.mouse.down();
            await page.mouse.up();
          }),
        );
      }
      return jumps;
    },
    calls: (name) => page.evaluate((which) => window.tagrollBrowse.calls(which), name),
    forgetCalls: () => page.evaluate(() => window.tagrollBrowse.forgetCalls()),
  };
}
