/** Exporting to a file and importing from one, while others are answered in between. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { TagrollError } from '../../../shared/errors.ts';
import type { ImportFailure } from '../../../shared/exchangeContract.ts';
import type { ReadableDB } from '../database.ts';
import type { Writer } from '../writer.ts';
import { exportJson } from './exportLibrary.ts';
import { exportCsv } from './exportTable.ts';
import { readDocument } from './readDocument.ts';

export type ExportOptions = {
  readonly db: ReadableDB;
  readonly photoIds: ArrayLike<number>;
  /** Null: the whole library. */
  readonly query: string | null;
  /** Ends in `.json` or `.csv`; one that is there is replaced once the new one is whole. */
  readonly file: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
};

/** Writes photos to a file; answers how many. Rejects with `export_failed`; then the file is as it was. */
export async function exportTo(options: ExportOptions): Promise<number> {
  const { file, ...request } = options;
  const pieces = /\.csv$/i.test(file) ? exportCsv(request) : exportJson(request);
  const unfinished = join(dirname(file), `.${basename(file)}.${process.pid}.part`);
  try {
    const text = Readable.from(yielding(pieces));
    await pipeline(text, createWriteStream(unfinished, { flush: true }));
    await rename(unfinished, file);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new TagrollError(
      'export_failed',
      `${file} could not be written: ${cause}. Choose another place, or make room there.`,
      { path: file, cause },
      error,
    );
  } finally {
    await rm(unfinished, { force: true });
  }
  return options.photoIds.length;
}

async function* yielding(pieces: Iterable<string>): AsyncGenerator<string, void, void> {
  for (const piece of pieces) {
    yield piece;
    await nextTurn();
  }
}

/**
 * Brings back what an export holds; again changes nothing. `written`: photos and replies. Rejects with
 * `import_unusable`; what stood before the mistake in the file is kept.
 */
export async function importFrom(options: {
  readonly writer: Writer;
  readonly file: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}): Promise<{ written: number; failed: readonly ImportFailure[] }> {
  const { writer, file, now } = options;
  const taken: number[] = [];
  const failed: ImportFailure[] = [];
  let replies = 0;
  await readDocument(file, {
    async head(head) {
      await writer.run('importHead', { head, now });
    },
    async photos(photos) {
      const done = await writer.run('importPhotos', { photos, taken, now });
      taken.push(...done.matched);
      failed.push(...done.failed);
    },
    async replies(some) {
      const done = await writer.run('importReplies', { replies: some, now });
      replies += done.written;
      failed.push(...done.failed);
    },
  });
  return { written: taken.length + replies, failed };
}
