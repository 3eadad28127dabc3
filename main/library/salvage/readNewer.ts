/** Reads what a damaged library has beyond its backup, in parts. Neither file is written to. */
import { type Base, openBase } from './base.ts';
import { openPages } from './pageFile.ts';
import { readHead } from './readHead.ts';
import { readPhotos } from './readPhotos.ts';
import { firstOpenUpload, readReplies, readUploads } from './readReplies.ts';
import { type DamagedTables, openTables } from './tables.ts';
import type { NewestIds, Salvaged, SalvageRequest } from './types.ts';
import { readWords } from './words.ts';

/** Photos of one part. */
const PHOTOS = 500;
/** Replies of one part: each may be long. */
const REPLIES = 100;
const UPLOADS = 500;

export function* readNewer(request: SalvageRequest): Generator<Salvaged, void, void> {
  const file = openPages(request.damagedPath);
  try {
    const base = openBase(request.basePath);
    try {
      const damaged = openTables(file);
      const isSameLine = continues(damaged, base, request.newest);
      const newest = isSameLine ? request.newest : {};
      const { head, folders } = readHead({ damaged, base, newest });
      yield { kind: 'head', head, isSameLine };
      const fromId = firstOpenUpload(base, newest);
      const uploads = readUploads(damaged, base, newest, fromId);
      for (const part of parts(uploads, UPLOADS)) yield { kind: 'uploads', uploads: part, fromId };
      const words = readWords(damaged, base);
      for (const replies of parts(readReplies(damaged, words, newest), REPLIES)) {
        yield { kind: 'replies', replies };
      }
      for (const photos of parts(readPhotos(damaged, base, newest, words, folders), PHOTOS)) {
        yield { kind: 'photos', photos };
      }
      yield { kind: 'end', badPages: damaged.badPages.size };
    } finally {
      base.close();
    }
  } finally {
    file.close();
  }
}

/** Rows that the same ids stand for in both, where nothing was put back in between. */
const TOLD_BY = {
  photo: 'added_at',
  tag: 'created_at',
  label: 'raw',
  reply: 'received_at',
} as const;
/** The last ones of a table: those differ first. */
const COMPARED_IDS = 200;

/** Whether the damaged library went on from this backup, so that ids up to the backup's newest mean the same. */
function continues(damaged: DamagedTables, base: Base, newest: NewestIds): boolean {
  let same = 0;
  let other = 0;
  for (const [table, column] of Object.entries(TOLD_BY)) {
    const last = newest[table] ?? 0;
    const first = Math.max(1, last - COMPARED_IDS);
    const known = new Map(
      base
        .all<{ id: number; value: unknown }>(
          `SELECT id, ${column} AS value FROM ${table} WHERE id BETWEEN ? AND ?`,
          first,
          last,
        )
        .map(({ id, value }) => [id, value]),
    );
    damaged.read(table, {
      fromRowid: first,
      isSound: ({ id }) => known.has(Number(id)),
      row: ({ id, [column]: value }) => {
        if (known.get(Number(id)) === value) same += 1;
        else other += 1;
      },
    });
  }
  return same >= other;
}

function* parts<Element>(
  elements: Iterable<Element>,
  most: number,
): Generator<Element[], void, void> {
  let part: Element[] = [];
  for (const element of elements) {
    part.push(element);
    if (part.length < most) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}
