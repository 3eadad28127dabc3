/** Tables and indexes of a database as trees of pages: a damaged page costs what lies on it, and no more. */
import type { PageFile } from './pageFile.ts';
import { readRecord, readVarint, type Value } from './record.ts';

/** Rows of `rowid` tables have their id beside the record; of others the record is all. */
export type TreeKind = 'rowid' | 'key';

export type TreeRow = { readonly rowid: number; readonly values: readonly Value[] };

/** What a page is, with where its cells begin. Null when it is no sound page of a tree. */
type Node = {
  readonly kind: TreeKind;
  readonly isLeaf: boolean;
  readonly cells: readonly number[];
  /** Of inner pages: the page with the highest keys. */
  readonly last: number | null;
};

const TYPES: Readonly<Record<number, readonly [TreeKind, boolean]>> = {
  2: ['key', false],
  5: ['rowid', false],
  10: ['key', true],
  13: ['rowid', true],
};

function readNode(page: Buffer, number: number): Node | null {
  const start = number === 1 ? 100 : 0;
  const [kind, isLeaf] = TYPES[page.readUInt8(start)] ?? [];
  if (kind === undefined || isLeaf === undefined) return null;
  const count = page.readUInt16BE(start + 3);
  const pointers = start + (isLeaf ? 8 : 12);
  const firstCell = pointers + 2 * count;
  if (firstCell > page.length) return null;
  const cells: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const at = page.readUInt16BE(pointers + 2 * index);
    if (at < firstCell || at > page.length - 4) return null;
    cells.push(at);
  }
  return { kind, isLeaf, cells, last: isLeaf ? null : page.readUInt32BE(start + 8) };
}

export type Walk = {
  readonly kind: TreeKind;
  /** Only rows with at least this id. */
  readonly fromRowid?: number;
  readonly row: (row: TreeRow) => void;
  /** A page, or a row on it, that cannot be read. */
  readonly bad: (page: number) => void;
  /** Each page of the tree. */
  readonly seen?: (page: number) => void;
};

/** Reads a tree from its root on, in the order of its keys. */
export function walkTree(file: PageFile, root: number, walk: Walk): void {
  const seen = new Set<number>();
  const visit = (number: number): void => {
    if (seen.has(number)) return;
    seen.add(number);
    walk.seen?.(number);
    const found = file.page(number);
    // Others are read while this one is.
    const page = found && Buffer.from(found);
    const node = page && readNode(page, number);
    if (!page || !node || node.kind !== walk.kind) {
      walk.bad(number);
      return;
    }
    for (const at of node.cells) {
      if (node.isLeaf) {
        readRow(file, page, number, at, walk);
        continue;
      }
      const child = page.readUInt32BE(at);
      if (node.kind === 'key') {
        visit(child);
        readRow(file, page, number, at + 4, walk);
        continue;
      }
      const highest = readVarint(page, at + 4);
      if (!highest || highest.value >= (walk.fromRowid ?? 0)) visit(child);
    }
    if (node.last !== null) visit(node.last);
  };
  visit(root);
}

/** The rows of one page by itself; null when the page or one of its rows cannot be read, or is of another kind. */
export function rowsOfPage(file: PageFile, number: number, kind: TreeKind): TreeRow[] | null {
  const found = file.page(number);
  const page = found && Buffer.from(found);
  const node = page && readNode(page, number);
  if (!page || !node || node.kind !== kind) return null;
  if (kind === 'rowid' && !node.isLeaf) return null;
  const rows: TreeRow[] = [];
  let isSound = true;
  const walk: Walk = { kind, row: (row) => rows.push(row), bad: () => (isSound = false) };
  for (const at of node.cells) readRow(file, page, number, node.isLeaf ? at : at + 4, walk);
  return isSound ? rows : null;
}

function readRow(file: PageFile, page: Buffer, number: number, at: number, walk: Walk): void {
  const length = readVarint(page, at);
  const id = length && walk.kind === 'rowid' ? readVarint(page, length.end) : null;
  if (!length || (walk.kind === 'rowid' && !id)) {
    walk.bad(number);
    return;
  }
  const rowid = id?.value ?? 0;
  if (id && rowid < (walk.fromRowid ?? 0)) return;
  const payload = readPayload(file, page, id?.end ?? length.end, length.value, walk.kind);
  const values = payload && readRecord(payload);
  if (values) walk.row({ rowid, values });
  else walk.bad(number);
}

/** No row of ours is longer: a length that is damaged must not take all memory. */
const LONGEST_ROW = 64_000_000;

/** What lies on the page, and what was too long for it. Null where a part is missing. */
function readPayload(
  file: PageFile,
  page: Buffer,
  at: number,
  length: number,
  kind: TreeKind,
): Buffer | null {
  const size = file.pageSize;
  if (length > LONGEST_ROW || length > size * file.pageCount) return null;
  const most = kind === 'rowid' ? size - 35 : Math.floor(((size - 12) * 64) / 255) - 23;
  if (length <= most) return at + length <= size ? page.subarray(at, at + length) : null;
  const least = Math.floor(((size - 12) * 32) / 255) - 23;
  const fitting = least + ((length - least) % (size - 4));
  const local = fitting <= most ? fitting : least;
  if (at + local + 4 > size) return null;
  const payload = Buffer.alloc(length);
  page.copy(payload, 0, at, at + local);
  let next = page.readUInt32BE(at + local);
  for (let filled = local; filled < length; ) {
    const more = file.page(next);
    if (!more) return null;
    const part = Math.min(size - 4, length - filled);
    more.copy(payload, filled, 4, 4 + part);
    next = more.readUInt32BE(0);
    filled += part;
  }
  return payload;
}

/** Pages that hold nothing any more, by the file's own list. Null when that cannot be read. */
export function freePages(file: PageFile): Set<number> | null {
  const first = file.page(1);
  if (first?.toString('latin1', 0, 15) !== 'SQLite format 3') return null;
  const free = new Set<number>();
  let trunk = first.readUInt32BE(32);
  while (trunk !== 0) {
    const page = file.page(trunk);
    if (!page || free.has(trunk)) return null;
    free.add(trunk);
    const count = page.readUInt32BE(4);
    if (8 + 4 * count > page.length) return null;
    for (let index = 0; index < count; index += 1) free.add(page.readUInt32BE(8 + 4 * index));
    trunk = page.readUInt32BE(0);
  }
  return free;
}
