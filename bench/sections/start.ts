/** From the start of the engine's process to photos on the screen. The browser is open already. */
import { existsSync, readFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';
import { ensureRenderer } from '../../app/builds.ts';
import { PROJECT_PATH } from '../../app/places.ts';
import type { Bench } from '../lib/bench.ts';
import { openPage, untilFilled, withBrowser } from '../lib/browser.ts';
import { openDoor } from '../lib/door.ts';
import { median } from '../lib/statistics.ts';
import type { Row } from '../lib/table.ts';

const ROUNDS = 5;

type Start = {
  /** Seconds after the door's process was started; of the engine's own process, which it starts. */
  readonly engineStarted: number;
  readonly answered: number;
  readonly firstPicture: number;
  readonly filled: number;
};

export async function start(bench: Bench): Promise<readonly Row[]> {
  await ensureRenderer(PROJECT_PATH, () => bench.say('  building the window…'));
  const libraryPath = await bench.library();
  const starts = await withBrowser(async (browser) => {
    const measured: Start[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      measured.push(await startOnce(browser, libraryPath));
    }
    return measured;
  });
  const middle = (of: (start: Start) => number): number => median(starts.map(of));
  const section = 'start';
  return [
    {
      section,
      name: 'process start → engine answers',
      measured: middle((each) => each.answered),
      unit: 's',
      note: 'the door of `tagroll open`',
    },
    {
      section,
      name: 'process start → first photo on the screen',
      measured: middle((each) => each.firstPicture),
      unit: 's',
    },
    {
      section,
      name: 'engine process start → first photo on the screen',
      measured: middle((each) => each.firstPicture - each.engineStarted),
      unit: 's',
      bar: { kind: 'at most', value: 1.5, scaled: true },
      note: `${bench.libraryPhotos} photos, median of ${ROUNDS}: ${starts
        .map((each) => (each.firstPicture - each.engineStarted).toFixed(2))
        .join(', ')}; its files are rescanned meanwhile`,
    },
    {
      section,
      name: 'process start → every photo on the screen',
      measured: middle((each) => each.filled),
      unit: 's',
    },
  ];
}

async function startOnce(browser: Browser, libraryPath: string): Promise<Start> {
  const { page, context } = await openPage(browser);
  const startedAtMs = Date.now();
  const door = openDoor(libraryPath);
  const engineStart = watchForChild(door.process.pid ?? 0);
  try {
    const url = await door.url();
    const answeredAtMs = Date.now();
    await page.goto(url);
    await untilFilled(page);
    const seen = await page.evaluate(() => ({
      firstPictureAtMs: window.tagrollBench.firstPictureAtMs ?? Number.NaN,
      filledAtMs: window.tagrollBench.filledAtMs ?? Number.NaN,
    }));
    return {
      engineStarted: (engineStart.firstSeenAtMs(startedAtMs) - startedAtMs) / 1000,
      answered: (answeredAtMs - startedAtMs) / 1000,
      firstPicture: (seen.firstPictureAtMs - startedAtMs) / 1000,
      filled: (seen.filledAtMs - startedAtMs) / 1000,
    };
  } finally {
    engineStart.stop();
    await context.close();
    await door.stop();
  }
}

const LOOK_EVERY_MS = 5;

/** When a process started its first child, where the system tells; else the fallback. */
function watchForChild(pid: number): {
  firstSeenAtMs(fallbackMs: number): number;
  stop(): void;
} {
  let seenAtMs: number | null = null;
  const timer = setInterval(() => {
    const path = `/proc/${pid}/task/${pid}/children`;
    if (!existsSync(path) || readFileSync(path, 'utf8').trim() === '') return;
    seenAtMs = Date.now();
    clearInterval(timer);
  }, LOOK_EVERY_MS);
  return {
    firstSeenAtMs: (fallbackMs) => seenAtMs ?? fallbackMs,
    stop: () => clearInterval(timer),
  };
}
