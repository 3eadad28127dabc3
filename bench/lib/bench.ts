/** What every section is handed, and what it gives back. */

import { copyFileSync, linkSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HostTable } from '../hostProcess.ts';
import { makeLibrary } from '../makeLibrary.ts';
import type { PhotoSet } from '../makePhotos.ts';
import { type Asked, startAsked } from './asking.ts';
import type { Workshop } from './places.ts';
import type { Row } from './table.ts';

export type Bench = {
  readonly photos: PhotoSet;
  /** Photos of the large library. */
  readonly libraryPhotos: number;
  readonly workshop: Workshop;
  readonly say: (line: string) => void;
  /** Copy of the indexed library, for one section. */
  library(): Promise<string>;
};

/** Measures; rejects when it could not. */
export type Section = (bench: Bench) => Promise<readonly Row[]>;

export type BenchOptions = Omit<Bench, 'library'>;

export function createBench(options: BenchOptions): Bench {
  const { libraryPhotos, photos, workshop, say } = options;
  return { ...options, library: () => makeLibrary(libraryPhotos, photos, workshop, say) };
}

/** Jobs at once that suit this machine: as many as the engine has workers. */
export const AT_ONCE = Math.max(1, Math.min(8, availableParallelism()));

/** Runs `use` with an engine process that is gone afterwards. */
export async function withHost<Value>(
  use: (host: Asked<HostTable>) => Promise<Value>,
  nodeArguments: readonly string[] = [],
): Promise<Value> {
  const host = startAsked<HostTable>(new URL('../hostProcess.ts', import.meta.url), nodeArguments);
  try {
    return await use(host);
  } finally {
    await host.stop();
  }
}

/** Asks again and again until it is so. Rejects when that takes too long. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  { stepMs = 20, withinMs = 120_000 }: { stepMs?: number; withinMs?: number } = {},
): Promise<void> {
  const endMs = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > endMs) throw new Error(`Waited ${withinMs / 1000} s in vain: ${what}.`);
    await sleep(stepMs);
  }
}

/**
 * Fills a folder with `count` more names of the photos, so that there is something to read for a while.
 * Hard links where the disk allows: each is decoded like any other file.
 */
export function makeBacklog(photos: PhotoSet, folder: string, count: number): void {
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < count; index += 1) {
    const source = photos.files[index % photos.files.length] ?? '';
    const target = join(folder, `again-${String(index).padStart(5, '0')}.jpg`);
    try {
      linkSync(source, target);
    } catch {
      copyFileSync(source, target);
    }
  }
}
