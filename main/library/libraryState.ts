/**
 * Which state the library is in, and what changed since an earlier one. Written in the transaction of
 * each change, so that it is never ahead of the library and never behind it.
 */
import type { LibraryChanges } from './changes.ts';
import { all, get, type ReadableDB, run, type WritableDB } from './database.ts';

/** Two states are the same exactly when both parts are. */
export type LibraryState = {
  /** Changes so far. */
  readonly number: number;
  /** Hexadecimal. */
  readonly token: string;
};

/** Changes that are remembered. */
const KEPT_CHANGES = 2000;
/** A change of more photos is not remembered by name. */
const MOST_NAMED = 5000;
/** Past this number reading everything is cheaper. */
const MOST_CHANGED = 50_000;

const STATE_SQL = 'SELECT number, lower(hex(token)) AS token FROM library_state';

export function readLibraryState(db: ReadableDB): LibraryState {
  const state = get<LibraryState>(db, STATE_SQL);
  if (!state) throw new Error('The library has no state.');
  return state;
}

/** Goes on to the next state. Part of the transaction that made the changes. */
export function recordChange(db: WritableDB, changes: LibraryChanges): LibraryState {
  run(db, 'UPDATE library_state SET number = number + 1, token = randomblob(8)');
  const state = readLibraryState(db);
  run(
    db,
    `INSERT INTO change (number, token, photo_ids, folders, tags) VALUES (?, unhex(?), ?, ?, ?)`,
    state.number,
    state.token,
    namedPhotos(changes),
    changes.folders ? 1 : 0,
    changes.tags ? 1 : 0,
  );
  run(db, 'DELETE FROM change WHERE number <= ?', state.number - KEPT_CHANGES);
  return state;
}

function namedPhotos({ photoIds, removedPhotoIds }: LibraryChanges): Buffer | null {
  if (photoIds === null || photoIds.length + removedPhotoIds.length > MOST_NAMED) return null;
  return packIds([...photoIds, ...removedPhotoIds]);
}

/** Photos that changed or went since a state; null where that is not known, or too much to be told. */
export function changedSince(
  db: ReadableDB,
  since: LibraryState,
): { readonly state: LibraryState; readonly photoIds: readonly number[] } | null {
  const state = readLibraryState(db);
  if (state.number === since.number && state.token === since.token) return { state, photoIds: [] };
  const rows = all<{ number: number; token: string; ids: Buffer | null }>(
    db,
    `SELECT number, lower(hex(token)) AS token, photo_ids AS ids FROM change
      WHERE number BETWEEN ? AND ? ORDER BY number`,
    since.number,
    state.number,
  );
  const [first] = rows;
  const last = rows.at(-1);
  // The state was one of this very library, and every change since is remembered.
  if (first?.number !== since.number || first.token !== since.token) return null;
  if (last?.number !== state.number || last.token !== state.token) return null;
  if (rows.length !== state.number - since.number + 1) return null;
  const photoIds = new Set<number>();
  for (const { ids } of rows.slice(1)) {
    if (ids === null) return null;
    for (const id of unpackIds(ids)) photoIds.add(id);
    if (photoIds.size > MOST_CHANGED) return null;
  }
  return { state, photoIds: [...photoIds] };
}

/** Positive ids in any order. */
export function packIds(ids: readonly number[]): Buffer {
  const bytes: number[] = [];
  let before = 0;
  for (const id of [...new Set(ids)].sort((a, b) => a - b)) {
    let difference = id - before;
    before = id;
    for (; difference >= 128; difference = Math.floor(difference / 128)) {
      bytes.push((difference % 128) | 128);
    }
    bytes.push(difference);
  }
  return Buffer.from(bytes);
}

/** The reverse of `packIds`: rising. */
export function unpackIds(bytes: Uint8Array): number[] {
  const ids: number[] = [];
  let before = 0;
  let difference = 0;
  let factor = 1;
  for (const byte of bytes) {
    difference += (byte & 127) * factor;
    factor *= 128;
    if (byte >= 128) continue;
    before += difference;
    ids.push(before);
    difference = 0;
    factor = 1;
  }
  return ids;
}
