/** What every section is handed, and what it gives back. */
import { availableParallelism } from 'node:os';
import { makeLibrary } from '../makeLibrary.ts';
import type { PhotoSet } from '../makePhotos.ts';
import type { Workshop } from './places.ts';
import type { Row } from './table.ts';

export type Bench = {
  readonly photos: PhotoSet;
  /** Photos of the large library. */
  readonly libraryPhotos: number;
  readonly workshop: Workshop;
  readonly say: (line: string) => void;
  /** Thumbnails a second of every bare loop of this run that made two at once. */
  readonly bareRates: number[];
  /** Copy of the indexed library, for one section. */
  library(): Promise<string>;
};

/** Measures; rejects when it could not. */
export type Section = (bench: Bench) => Promise<readonly Row[]>;

export type BenchOptions = Omit<Bench, 'library' | 'bareRates'>;

export function createBench(options: BenchOptions): Bench {
  const { libraryPhotos, photos, workshop, say } = options;
  return {
    ...options,
    bareRates: [],
    library: () => makeLibrary(libraryPhotos, photos, workshop, say),
  };
}

/** Jobs at once that suit this machine: as many as the engine has workers. */
export const AT_ONCE = Math.max(1, Math.min(8, availableParallelism()));
