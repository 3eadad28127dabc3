/**
 * The engine's way to take over what a damaged library has beyond its backup: read once in a thread of its own,
 * then whenever photos were found that it waits for. An interruption is taken up by the next start.
 */
import { join } from 'node:path';
import type { EventHub } from './api/events.ts';
import type { FolderManager } from './folders/manager.ts';
import type { Library } from './library/open.ts';
import {
  dropPending,
  type KeptSalvage,
  keepPending,
  listPending,
  type Waiting,
} from './library/salvage/pending.ts';
import { countOf, type SalvageCounts, takeOver, takeWaiting } from './library/salvage/salvage.ts';
import type { Logger } from './log.ts';

export type EngineSalvage = {
  /** Resolves once every paid reply is in the library, so that nothing is asked about twice. */
  readonly paidKept: Promise<void>;
  /** Resolves when all that could be read was read. Neither ever rejects. */
  readonly done: Promise<void>;
  /** Photos or folders were found: some of what waits may be theirs. */
  look(): Promise<void>;
  close(): Promise<void>;
};

export type EngineSalvageOptions = {
  readonly library: Pick<Library, 'path' | 'db' | 'writer'>;
  readonly folders: () => Pick<FolderManager, 'add' | 'relocate'>;
  readonly events: Pick<EventHub, 'noticeFirst'>;
  readonly logger: Logger;
  readonly now: () => number;
  /** Every photo that was found is read. */
  readonly isIdle: () => boolean;
};

/** A file that cannot be read to its end this often never will be. */
const MOST_ATTEMPTS = 3;

export function openSalvage(options: EngineSalvageOptions): EngineSalvage {
  const { library, logger } = options;
  const closing = new AbortController();
  const waiting = new Map<string, { kept: KeptSalvage; waiting: Waiting }>();
  let keepPaid: () => void = () => undefined;
  const paidKept = new Promise<void>((resolve) => {
    keepPaid = resolve;
  });

  const read = async (kept: KeptSalvage, onPaidKept: () => void): Promise<void> => {
    const { file, pending } = kept;
    const begun = { file, pending: { ...pending, attempts: pending.attempts + 1 } };
    try {
      keepPending(file, begun.pending);
      const folders = options.folders();
      const { counts, waiting: left } = await takeOver(begun, {
        ...options,
        ...library,
        libraryPath: library.path,
        addRoot: (path) => folders.add([path]),
        moveRoot: (rootId, path) => folders.relocate(rootId, path),
        signal: closing.signal,
        onPaidKept,
      });
      logger.info('taken over from the damaged library', { aside: pending.aside, ...counts });
      if (countOf(left) > 0) waiting.set(file, { kept: begun, waiting: left });
      tell(options, begun, counts);
    } catch (error) {
      if (closing.signal.aborted) return;
      logger.error('damaged library not read', { aside: pending.aside, error: String(error) });
      if (begun.pending.attempts >= MOST_ATTEMPTS) dropPending(file);
      tell(options, begun, null);
    }
  };
  const readAll = async (): Promise<void> => {
    const all = listPending(library.path);
    const unread = all.filter(({ pending }) => pending.waiting === null);
    for (const kept of all) {
      const { waiting: left } = kept.pending;
      if (left) waiting.set(kept.file, { kept, waiting: left });
    }
    for (const [index, kept] of unread.entries()) {
      await read(kept, () => index === unread.length - 1 && keepPaid());
    }
  };
  const done = readAll()
    .catch((error: unknown) => {
      logger.error('nothing taken over', { error: String(error) });
    })
    .finally(() => keepPaid());

  const lookNow = async (): Promise<void> => {
    const isIdle = options.isIdle();
    for (const [file, { kept, waiting: before }] of waiting) {
      if (closing.signal.aborted) return;
      // Which of several photos is meant, is only known when all are read.
      const asked = isIdle ? before : { ...before, photos: [] };
      if (countOf(asked) === 0) continue;
      const left = await takeWaiting(kept, asked, before, {
        writer: library.writer,
        now: options.now,
      });
      if (countOf(left) === 0) waiting.delete(file);
      else waiting.set(file, { kept, waiting: left });
    }
  };
  let isWanted = false;
  let looking = done;
  const look = (): Promise<void> => {
    if (isWanted || waiting.size === 0) return looking;
    isWanted = true;
    looking = looking
      .then(() => {
        isWanted = false;
        return lookNow();
      })
      .catch((error: unknown) => {
        if (closing.signal.aborted) return;
        logger.warn('what waits was not looked for', { error: String(error) });
      });
    return looking;
  };
  void done.then(look);
  return {
    paidKept,
    done,
    look,
    async close() {
      closing.abort(new Error('The library is being closed.'));
      await looking;
    },
  };
}

/** Says what stands in for the damaged library, and what more was saved from it. Null: it could not be read. */
function tell(
  { library, events }: EngineSalvageOptions,
  { pending }: KeptSalvage,
  counts: SalvageCounts | null,
): void {
  events.noticeFirst({
    code: 'library_recovered',
    data: {
      time: new Date(pending.backup.madeAtMs).toISOString(),
      photos: pending.backup.photos,
      path: join(library.path, pending.aside),
      ...(counts ?? { unread: 1 }),
    },
  });
}
