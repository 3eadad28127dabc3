/** The grid of a large library: a steady scroll, and jumps to anywhere. */

import { ensureRenderer } from '../../app/builds.ts';
import { PROJECT_PATH } from '../../app/places.ts';
import { createRandom } from '../../app/sample/random.ts';
import type { Bench } from '../lib/bench.ts';
import { openPage, untilFilled, withBrowser } from '../lib/browser.ts';
import { untilIdle, withHost } from '../lib/host.ts';
import { largest, median, percentile } from '../lib/statistics.ts';
import type { Row } from '../lib/table.ts';

const PIXELS_PER_SECOND = 3000;
const SCROLL_MS = 10_000;
const JUMPS = 10;
const LONG_FRAME_MS = 50;
const SEED = 99;

export async function scroll(bench: Bench): Promise<readonly Row[]> {
  await ensureRenderer(PROJECT_PATH, () => bench.say('  building the window…'));
  const libraryPath = await bench.library();
  return withHost(async (host) => {
    const { url } = await host.ask('open', { libraryPath, live: true, door: true });
    return withBrowser(async (browser) => {
      const { page } = await openPage(browser);
      await page.goto(url ?? '');
      await untilFilled(page);
      await untilIdle(host);
      const range = await page.evaluate(() => window.tagrollBench.scrollRange());
      const { frames, blankPart } = await page.evaluate(
        ([from, speed, duration]) => window.tagrollBench.scroll(from, speed, duration),
        [range * 0.3, PIXELS_PER_SECOND, SCROLL_MS] as const,
      );
      const random = createRandom(SEED);
      const jumps: number[] = [];
      for (let index = 0; index < JUMPS; index += 1) {
        const top = Math.round(range * random.next());
        jumps.push((await page.evaluate((to) => window.tagrollBench.jump(to), top)) / 1000);
      }
      return rows(bench, frames, blankPart, jumps);
    });
  });
}

function rows(
  bench: Bench,
  frames: readonly number[],
  blankPart: number,
  jumps: readonly number[],
): readonly Row[] {
  const section = 'grid';
  const long = frames.filter((frame) => frame > LONG_FRAME_MS).length;
  return [
    {
      section,
      name: `longest frame at ${PIXELS_PER_SECOND} px/s`,
      measured: largest(frames),
      unit: 'ms',
      bar: { kind: 'at most', value: LONG_FRAME_MS, scaled: true },
      note: `${bench.libraryPhotos} photos, 1440×900; ${frames.length} frames in ${SCROLL_MS / 1000} s, ${long} longer; p99 ${percentile(frames, 99).toFixed(0)} ms`,
    },
    {
      section,
      name: 'photos without their picture while scrolling',
      measured: blankPart * 100,
      unit: '%',
    },
    {
      section,
      name: 'jump anywhere → screen filled (slowest)',
      measured: largest(jumps),
      unit: 's',
      bar: { kind: 'at most', value: 0.6, scaled: true },
      note: `${jumps.length} jumps, median ${median(jumps).toFixed(2)} s`,
    },
  ];
}
