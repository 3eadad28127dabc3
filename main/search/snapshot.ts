/**
 * The index on disk, so that a large library answers as soon as it is opened. It is never trusted
 * further than its checksums and the library's own state go; whatever is wrong with it, the index is read
 * from the library instead, and nobody needs to know.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open, rename, rm, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReadableDB } from '../library/database.ts';
import { changedSince, type LibraryState } from '../library/libraryState.ts';
import { COLUMN_NAMES } from './columns.ts';
import type { Start } from './live.ts';
import { Loader } from './load.ts';
import type { NameOrder } from './nameOrder.ts';
import {
  asBytes,
  type BlockInfo,
  captureStore,
  checksumOf,
  MAGIC,
  PREAMBLE_BYTES,
  type ReadBlock,
  restoreStore,
  restoreTags,
  SNAPSHOT_VERSION,
  type SnapshotHead,
} from './snapshotFormat.ts';
import type { Store } from './store.ts';

/** What must stay free on the disk, for what cannot be made again. */
const FREE_BYTES = 200e6;
/** Bytes between two pauses; a millisecond or two. */
const WRITTEN_AT_ONCE = 4 * 1024 * 1024;
/** A longer line is none of ours. */
const MOST_HEAD_BYTES = 200e6;

type FileHead = SnapshotHead & { readonly blocks: readonly BlockInfo[] };

/** Where the index can go on from; null where it has to be read from the library. */
export function readSnapshot(path: string, db: ReadableDB): Start | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return null;
  }
  try {
    return restore(file, db);
  } catch {
    // Cut short, damaged or of another version: the library is read instead.
    return null;
  } finally {
    closeSync(file);
  }
}

function restore(file: number, db: ReadableDB): Start | null {
  const head = readHead(file);
  if (!head) return null;
  const since = changedSince(db, head.state);
  if (!since) return null;
  const read = blockReader(file, head);
  const bytesOf = (name: string): number => {
    const block = head.blocks.find((one) => one.name === name);
    if (!block) throw new Error(`There is no block "${name}".`);
    return block.bytes;
  };
  const { store, names } = restoreStore(head, read, bytesOf);
  store.folders.load(db);
  const moved = store.tags.load(db);
  if (new Loader(db, store).rejects(moved)) return null;
  restoreTags(store, head, read);
  return { store, names, state: since.state, changed: since.photoIds };
}

function readHead(file: number): FileHead | null {
  const preamble = Buffer.alloc(PREAMBLE_BYTES);
  readFully(file, preamble, 0);
  const length = preamble.readUInt32LE(8);
  const { size } = fstatSync(file);
  if (preamble.toString('latin1', 0, 8) !== MAGIC || length > Math.min(size, MOST_HEAD_BYTES)) {
    return null;
  }
  const line = Buffer.alloc(length);
  readFully(file, line, PREAMBLE_BYTES);
  if (checksumOf(line) !== preamble.readUInt32LE(12)) return null;
  const head = JSON.parse(line.toString('utf8')) as FileHead;
  if (head.version !== SNAPSHOT_VERSION || head.columns.join() !== COLUMN_NAMES.join()) return null;
  const total = head.blocks.reduce((sum, block) => sum + block.bytes, PREAMBLE_BYTES + length);
  return total === size ? head : null;
}

function blockReader(file: number, head: FileHead): ReadBlock {
  const places = new Map<string, number>();
  const total = head.blocks.reduce((sum, block) => sum + block.bytes, 0);
  let place = fstatSync(file).size - total;
  for (const { name, bytes } of head.blocks) {
    places.set(name, place);
    place += bytes;
  }
  return (name, into) => {
    const block = head.blocks.find((one) => one.name === name);
    const bytes = asBytes(into);
    if (!block || block.bytes !== bytes.length) throw new Error(`"${name}" has another size.`);
    readFully(file, bytes, places.get(name) ?? 0);
    if (checksumOf(bytes) !== block.checksum) throw new Error(`"${name}" is damaged.`);
  };
}

function readFully(file: number, into: Uint8Array, position: number): void {
  for (let read = 0; read < into.length; ) {
    const count = readSync(file, into, read, into.length - read, position + read);
    if (count === 0) throw new Error('The file was cut short.');
    read += count;
  }
}

/**
 * Writes the store as it is at this moment, in steps; it may change meanwhile, but its slots must not move.
 * False when the disk has no room for it; rejects when it cannot be written. An earlier file stays then.
 */
export async function writeSnapshot(
  path: string,
  store: Store,
  names: NameOrder,
  state: LibraryState,
): Promise<boolean> {
  const { head, blocks } = captureStore(store, names, state);
  const infos: BlockInfo[] = [];
  let total = 0;
  for (const { name, parts } of blocks) {
    let checksum = 0;
    let bytes = 0;
    for (const part of parts) {
      for (const piece of pieces(asBytes(part))) {
        checksum = checksumOf(piece, checksum);
        bytes += piece.length;
        if (piece.length === WRITTEN_AT_ONCE) await nextTurn();
      }
    }
    infos.push({ name, bytes, checksum });
    total += bytes;
    await nextTurn();
  }
  const line = Buffer.from(JSON.stringify({ ...head, version: SNAPSHOT_VERSION, blocks: infos }));
  const preamble = Buffer.alloc(PREAMBLE_BYTES);
  preamble.write(MAGIC, 'latin1');
  preamble.writeUInt32LE(line.length, 8);
  preamble.writeUInt32LE(checksumOf(line), 12);
  const unfinished = `${path}.part`;
  const disk = await statfs(dirname(path));
  if (disk.bavail * disk.bsize < total + line.length + FREE_BYTES) return false;
  try {
    const file = await open(unfinished, 'w', 0o600);
    try {
      await writeAll(file, [preamble, line]);
      for (const { parts } of blocks) await writeAll(file, parts.map(asBytes));
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
    return true;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** Small parts in one go, large ones in pieces. */
async function writeAll(file: FileHandle, parts: readonly Uint8Array[]): Promise<void> {
  let gathered: Uint8Array[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    const block = gathered.length === 1 ? gathered[0] : Buffer.concat(gathered);
    gathered = [];
    bytes = 0;
    for (let written = 0; block && written < block.length; ) {
      const { bytesWritten } = await file.write(block, written, block.length - written);
      written += bytesWritten;
    }
  };
  for (const part of parts) {
    for (const piece of pieces(part)) {
      gathered.push(piece);
      bytes += piece.length;
      if (bytes >= WRITTEN_AT_ONCE) await flush();
    }
  }
  await flush();
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += WRITTEN_AT_ONCE) {
    yield bytes.subarray(start, start + WRITTEN_AT_ONCE);
  }
}
