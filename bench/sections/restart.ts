/** The engine dies or hangs under an open window: how long until the window works again, where it was. */
import type { Browser } from '@playwright/test';
import { ensureRenderer } from '../../app/builds.ts';
import { PROJECT_PATH } from '../../app/places.ts';
import { readHolder } from '../../main/library/lock.ts';
import type { Bench } from '../lib/bench.ts';
import { openPage, untilFilled, withBrowser } from '../lib/browser.ts';
import { openDoor } from '../lib/door.ts';
import { until } from '../lib/host.ts';
import { largest, median } from '../lib/statistics.ts';
import type { Row } from '../lib/table.ts';

const ROUNDS = 5;
const BAR_SECONDS = 3;
/** The window tells of it once it has heard from the new engine. */
const NOTICE = "Tagroll's engine stopped and was restarted";
const NOTICED_WITHIN_MS = 60_000;

type Restart = {
  /** Seconds from the signal until the silent engine was ended. */
  readonly ended: number;
  /** Seconds from the signal until the window works again. */
  readonly back: number;
};

export async function restart(bench: Bench): Promise<readonly Row[]> {
  await ensureRenderer(PROJECT_PATH, () => bench.say('  building the window…'));
  const libraryPath = await bench.library();
  return withBrowser(async (browser) => {
    const killed = await rounds(browser, libraryPath, 'SIGKILL');
    const hung = await rounds(browser, libraryPath, 'SIGSTOP');
    const section = 'restart';
    const note = (values: readonly number[]): string =>
      `${bench.libraryPhotos} photos, worst ${largest(values).toFixed(2)} of ${values.length}`;
    const bar = { kind: 'at most', value: BAR_SECONDS, scaled: true } as const;
    const afterKill = killed.map(({ back }) => back);
    const afterEnd = hung.map(({ ended, back }) => back - ended);
    return [
      {
        section,
        name: 'engine killed → the window works again',
        measured: median(afterKill),
        unit: 's',
        bar,
        note: note(afterKill),
      },
      {
        section,
        name: 'engine hangs → it is noticed and ended',
        measured: median(hung.map(({ ended }) => ended)),
        unit: 's',
        note: 'five silent seconds, so that a busy moment ends nothing',
      },
      {
        section,
        name: 'hung engine ended → the window works again',
        measured: median(afterEnd),
        unit: 's',
        bar,
        note: note(afterEnd),
      },
    ];
  });
}

/** Each round has a door of its own: who fails often is waited for longer and longer. */
async function rounds(
  browser: Browser,
  libraryPath: string,
  signal: 'SIGKILL' | 'SIGSTOP',
): Promise<Restart[]> {
  const measured: Restart[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const door = openDoor(libraryPath);
    const { page, context } = await openPage(browser);
    try {
      await page.goto(await door.url());
      await untilFilled(page);
      const before = readHolder(libraryPath)?.pid;
      if (before === undefined) throw new Error('No engine holds the library.');
      const startedMs = performance.now();
      const seconds = (): number => (performance.now() - startedMs) / 1000;
      process.kill(before, signal);
      const back = page.getByText(NOTICE).waitFor({ timeout: NOTICED_WITHIN_MS }).then(seconds);
      await until('the end of the engine', () => !isAlive(before));
      measured.push({ ended: seconds(), back: await back });
    } finally {
      await context.close();
      await door.stop();
    }
  }
  return measured;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
