/**
 * The pages of a database file and of the write-ahead log beside it, read as bytes. SQLite refuses a file as a
 * whole where its first page is damaged, and may write to one that it opens; this only reads.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

export type PageFile = {
  /** Bytes. */
  readonly pageSize: number;
  /** Pages are numbered from 1 to this. */
  readonly pageCount: number;
  /** The newest committed state of a page, valid until the next call; null where the file has none. */
  page(number: number): Buffer | null;
  close(): void;
};

const MAGIC = 'SQLite format 3\0';
/** SQLite's own default, which Tagroll never changed. */
const USUAL_PAGE_SIZE = 4096;
/** Pages read at once: files are read from front to back. */
const BLOCK_PAGES = 16;

/** Opens `path` with its log, as far as they are there. Throws what the file system throws. */
export function openPages(path: string): PageFile {
  const file = openIfThere(path);
  const log = openIfThere(`${path}-wal`);
  const close = (): void => {
    if (file !== null) closeSync(file);
    if (log !== null) closeSync(log);
  };
  try {
    const overlay = log === null ? null : readLog(log);
    const pageSize = overlay?.pageSize ?? pageSizeOf(file) ?? USUAL_PAGE_SIZE;
    const inFile = file === null ? 0 : Math.ceil(fstatSync(file).size / pageSize);
    const block = Buffer.alloc(pageSize * BLOCK_PAGES);
    const single = Buffer.alloc(pageSize);
    let blockStart = -1;
    let blockBytes = 0;
    return {
      pageSize,
      pageCount: Math.max(inFile, overlay?.pageCount ?? 0),
      page(number) {
        const logged = overlay?.offsets.get(number);
        if (logged !== undefined && log !== null) {
          return readSync(log, single, 0, pageSize, logged) === pageSize ? single : null;
        }
        if (file === null || number < 1 || number > inFile) return null;
        const start = Math.floor((number - 1) / BLOCK_PAGES) * BLOCK_PAGES;
        if (start !== blockStart) {
          blockStart = start;
          blockBytes = readSync(file, block, 0, block.length, start * pageSize);
        }
        const from = (number - 1 - start) * pageSize;
        return from + pageSize <= blockBytes ? block.subarray(from, from + pageSize) : null;
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

function openIfThere(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function pageSizeOf(file: number | null): number | null {
  const head = Buffer.alloc(18);
  if (file === null || readSync(file, head, 0, 18, 0) < 18) return null;
  if (head.toString('latin1', 0, 16) !== MAGIC) return null;
  const told = head.readUInt16BE(16);
  return told === 1 ? 65_536 : isPageSize(told) ? told : null;
}

function isPageSize(size: number): boolean {
  return size >= 512 && size <= 65_536 && (size & (size - 1)) === 0;
}

type Log = {
  readonly pageSize: number;
  /** As of the last commit. */
  readonly pageCount: number;
  /** Where the newest committed state of each page lies. */
  readonly offsets: ReadonlyMap<number, number>;
};

const LOG_HEADER = 32;
const FRAME_HEADER = 24;

/**
 * What was committed to the log. SQLite ends at the first frame that is damaged; each frame also tells the sum
 * that the next one starts from, so the frames behind it are read as well. Null when nothing can be read.
 */
function readLog(log: number): Log | null {
  const head = Buffer.alloc(LOG_HEADER);
  if (readSync(log, head, 0, LOG_HEADER, 0) < LOG_HEADER) return null;
  const magic = head.readUInt32BE(0);
  const pageSize = head.readUInt32BE(8);
  if ((magic & ~1) >>> 0 !== 0x377f0682 || !isPageSize(pageSize)) return null;
  const isBigEndian = (magic & 1) === 1;
  let sum: Sum = [head.readUInt32BE(24), head.readUInt32BE(28)];
  const frame = Buffer.alloc(FRAME_HEADER + pageSize);
  const offsets = new Map<number, number>();
  let uncommitted: [page: number, offset: number][] = [];
  let pageCount = 0;
  for (let at = LOG_HEADER; ; at += frame.length) {
    if (readSync(log, frame, 0, frame.length, at) < frame.length) break;
    const told: Sum = [frame.readUInt32BE(16), frame.readUInt32BE(20)];
    const isOfThisLog = frame.compare(head, 16, 24, 8, 16) === 0;
    if (!isOfThisLog) {
      sum = told;
      continue;
    }
    const found = addTo(addTo(sum, frame, 0, 8, isBigEndian), frame, 24, frame.length, isBigEndian);
    sum = told;
    if (found[0] !== told[0] || found[1] !== told[1]) continue;
    uncommitted.push([frame.readUInt32BE(0), at + FRAME_HEADER]);
    const committed = frame.readUInt32BE(4);
    if (committed === 0) continue;
    pageCount = committed;
    for (const [page, offset] of uncommitted) offsets.set(page, offset);
    uncommitted = [];
  }
  return { pageSize, pageCount, offsets };
}

type Sum = readonly [number, number];

function addTo(sum: Sum, bytes: Buffer, from: number, to: number, isBigEndian: boolean): Sum {
  let [first, second] = sum;
  for (let at = from; at < to; at += 8) {
    const one = isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
    const two = isBigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4);
    first = (first + one + second) >>> 0;
    second = (second + two + first) >>> 0;
  }
  return [first, second];
}
