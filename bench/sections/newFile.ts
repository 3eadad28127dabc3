/** A photo that is put into a watched folder, until the window's result holds it. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeBacklog } from '../lib/backlog.ts';
import type { Bench } from '../lib/bench.ts';
import { untilIdle, untilIndexing, withHost } from '../lib/host.ts';
import { largest, median } from '../lib/statistics.ts';
import type { Row } from '../lib/table.ts';
import { type BenchWindow, openWindow } from '../lib/window.ts';

const FILES = 20;
const FOLDERS = 5;
const PAUSE_MS = 300;
const LOST_AFTER_MS = 30_000;
/** Enough to read for as long as the measurement lasts. */
const BACKLOG_PHOTOS = 4000;

export async function newFile(bench: Bench): Promise<readonly Row[]> {
  const libraryPath = await bench.library();
  const root = bench.workshop.folder('watched');
  for (let folder = 0; folder < FOLDERS; folder += 1) mkdirSync(join(root, `album ${folder}`));
  return withHost(async (host) => {
    const { url } = await host.ask('open', { libraryPath, live: true, door: true });
    const window = await openWindow(url ?? '');
    try {
      await host.ask('addFolders', [root]);
      await untilIdle(host);
      const watch = await followResult(window);
      const idle: number[] = [];
      for (let index = 0; index < FILES; index += 1) {
        idle.push(await addFile(bench, root, watch, `idle ${index}.jpg`, index));
        await sleep(PAUSE_MS);
        await untilIdle(host);
      }
      const backlog = bench.workshop.folder('backlog');
      makeBacklog(bench.photos, backlog, BACKLOG_PHOTOS);
      await host.ask('addFolders', [backlog]);
      await untilIndexing(host);
      const busy: number[] = [];
      for (let index = 0; index < FILES; index += 1) {
        const { phase, pending } = await host.ask('state', null);
        if (phase === 'idle' && pending === 0) break;
        busy.push(await addFile(bench, root, watch, `busy ${index}.jpg`, index));
        await sleep(PAUSE_MS);
      }
      return [row('while idle', idle, 1), row('while indexing', busy, 3)];
    } finally {
      window.close();
    }
  });
}

function row(name: string, seconds: readonly number[], bar: number): Row {
  return {
    section: 'new file',
    name: `${name}, until visible (median)`,
    measured: median(seconds),
    unit: 's',
    bar: { kind: 'at most', value: bar, scaled: true },
    note: `${seconds.length} files, at most ${largest(seconds).toFixed(2)} s`,
  };
}

type ResultWatch = {
  /** Photos in the result as last asked for. */
  count(): number;
  /** Resolves when the result holds at least so many. */
  reached(count: number): Promise<void>;
};

/** Like a window: each change of photos asks for the result anew, one question at a time. */
async function followResult(window: BenchWindow): Promise<ResultWatch> {
  let count = (await window.result()).ids.length;
  let asking = false;
  let again = false;
  let check = (): void => undefined;
  const ask = async (): Promise<void> => {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    do {
      again = false;
      count = (await window.result()).ids.length;
      check();
    } while (again);
    asking = false;
  };
  await window.onPhotosChanged(() => void ask());
  return {
    count: () => count,
    reached(wanted) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error('A new file was not seen within 30 s.')),
          LOST_AFTER_MS,
        );
        check = () => {
          if (count < wanted) return;
          clearTimeout(timer);
          check = () => undefined;
          resolve();
        };
        check();
      });
    },
  };
}

/** Seconds from the last byte written until the result holds it. */
async function addFile(
  bench: Bench,
  root: string,
  watch: ResultWatch,
  name: string,
  index: number,
): Promise<number> {
  const source = bench.photos.files[index % bench.photos.files.length] ?? '';
  const wanted = watch.count() + 1;
  const seen = watch.reached(wanted);
  copyFileSync(source, join(root, `album ${index % FOLDERS}`, name));
  const writtenMs = performance.now();
  await seen;
  return (performance.now() - writtenMs) / 1000;
}
