/**
 * Stand-ins that a decode worker makes: milliseconds each, but asked for while all other workers are busy with
 * whole pictures. So they have a worker of their own, as long as somebody scrolls; the last ones are kept.
 */
import type { PhotoFile } from '../library/photos.ts';
import type { ImagingPool } from './types.ts';

export type StandIns = {
  /** A JPEG of the small picture inside the photo's file; null where there is none that can be shown. */
  get(file: PhotoFile, signal: AbortSignal): Promise<Uint8Array | null>;
  /** Ends the worker; whoever waits gets nothing. */
  close(): Promise<void>;
};

export type StandInPool = Pick<ImagingPool, 'standIn' | 'close'>;

export type StandInsOptions = {
  /** Opens workers of their own; called again after they were idle. */
  readonly openPool: () => StandInPool;
  /** The workers are ended after so long without work. Default 30,000. */
  readonly idleMs?: number;
  /** A file that gave none is tried again after so long: its disk may be back. Default 60,000. */
  readonly retryAfterMs?: number;
};

/** About ten kilobytes each. */
const MOST_KEPT = 400;

export function createStandIns(options: StandInsOptions): StandIns {
  const { idleMs = 30_000, retryAfterMs = 60_000 } = options;
  /** The least recently used comes first. Null: it was tried, maybe at the cost of a worker. */
  const kept = new Map<string, { readonly jpeg: Uint8Array | null; readonly untilMs: number }>();
  let pool: StandInPool | null = null;
  let underWay = 0;
  let idleTimer: NodeJS.Timeout | null = null;
  let closed = false;

  const closePool = async (): Promise<void> => {
    const ended = pool;
    pool = null;
    await ended?.close();
  };

  const make = async (file: PhotoFile, signal: AbortSignal): Promise<Uint8Array | null> => {
    if (idleTimer) clearTimeout(idleTimer);
    idleTimer = null;
    pool ??= options.openPool();
    underWay += 1;
    try {
      return await pool.standIn({ photoId: file.id, path: file.path }, signal);
    } finally {
      underWay -= 1;
      if (underWay === 0 && !closed) idleTimer = setTimeout(() => void closePool(), idleMs).unref();
    }
  };

  return {
    async get(file, signal) {
      const key = `${file.id} ${file.sizeBytes} ${file.mtimeUs}`;
      const known = kept.get(key);
      if (known && performance.now() < known.untilMs) {
        kept.delete(key);
        kept.set(key, known);
        return known.jpeg;
      }
      if (closed) return null;
      const jpeg = await make(file, signal);
      // Given up, not tried.
      if (jpeg === null && signal.aborted) return null;
      const untilMs = jpeg ? Number.POSITIVE_INFINITY : performance.now() + retryAfterMs;
      kept.set(key, { jpeg, untilMs });
      for (const oldest of kept.keys()) {
        if (kept.size <= MOST_KEPT) break;
        kept.delete(oldest);
      }
      return jpeg;
    },
    async close() {
      closed = true;
      if (idleTimer) clearTimeout(idleTimer);
      await closePool();
    },
  };
}
