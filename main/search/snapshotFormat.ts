/**
 * How a store is kept in a file: a line of JSON that says what follows, then blocks of numbers as they
 * lie in memory. Each block has a checksum; the line has one too. Not meant to be read by anything but the
 * very same version on the same kind of machine: anything else is made anew from the library.
 */
import { crc32 } from 'node:zlib';
import type { LibraryState } from '../library/libraryState.ts';
import { Boxes } from './boxes.ts';
import { COLUMN_NAMES } from './columns.ts';
import type { Dictionary } from './dictionary.ts';
import { NameOrder } from './nameOrder.ts';
import { Names } from './names.ts';
import { emptyTail, type PostingBlock, type PostingTail } from './postings.ts';
import { Store } from './store.ts';

/** Changes whenever the blocks or their meaning do, the folding of texts included. */
export const SNAPSHOT_VERSION = 2;
export const MAGIC = 'TAGROLL1';
/** Magic, length of the line, its checksum. */
export const PREAMBLE_BYTES = 16;
const DICTIONARIES = ['cameras', 'lenses', 'extensions', 'formats'] as const;

export type BlockInfo = {
  readonly name: string;
  readonly bytes: number;
  readonly checksum: number;
};

/** The line of JSON. */
export type SnapshotHead = {
  readonly version: number;
  readonly columns: readonly string[];
  /** Of the library when the store was in step with it. */
  readonly state: LibraryState;
  readonly slots: number;
  readonly base: number;
  readonly highestId: number;
  readonly dictionaries: Readonly<Record<(typeof DICTIONARIES)[number], readonly string[]>>;
  readonly missing: readonly (readonly [slot: number, since: number])[];
  /** Label, entries in the block, its containers, entries that came later, boxes, place in `groups`. */
  readonly labels: readonly (readonly [number, number, number, number, number, number])[];
  /** Of what each source says: `sensitive` for its sensitivity labels. */
  readonly groups: readonly { readonly source: string; readonly sensitive: boolean }[];
  readonly labelTags: readonly (readonly [label: number, tag: number])[];
  /** Slots that the order of names covers; 0 where it is not known. */
  readonly namesCovered: number;
};

/** Blocks in the order of the file; each in parts that lie one after the other. */
export type Blocks = readonly {
  readonly name: string;
  readonly parts: readonly ArrayBufferView[];
}[];

/**
 * What is to be written: of arrays to which nothing is added any more, or copies, so that the store may go
 * on meanwhile.
 */
export function captureStore(
  store: Store,
  names: NameOrder,
  state: LibraryState,
): { head: Omit<SnapshotHead, 'version'>; blocks: Blocks } {
  const { slots } = store;
  const groups = [...store.sources.all];
  const labels = [...store.postings].map(([id, { base, tail, boxes, group }]) => ({
    id,
    base,
    tail,
    counts: [
      base.length,
      base.starts.length - 1,
      tail.length,
      boxes?.length ?? 0,
      groups.indexOf(group),
    ] as const,
    boxes: boxes && {
      slots: boxes.slots.subarray(0, boxes.length),
      confidence: boxes.confidence.subarray(0, boxes.length),
      share: boxes.share.subarray(0, boxes.length),
    },
  }));
  // Nothing is ever added to a block; a tail may grow, but what is in it stays.
  const bases = labels.map(({ base }) => base);
  const tails = labels.map(({ tail }) => ({ ...tail }));
  const boxes = labels.flatMap((label) => label.boxes ?? []);
  const texts = store.names.parts;
  const order = names.isBuilt ? names.sorted : null;
  return {
    head: {
      columns: COLUMN_NAMES,
      state,
      slots,
      base: store.base,
      highestId: store.highestId,
      dictionaries: {
        cameras: store.cameras.texts.slice(1),
        lenses: store.lenses.texts.slice(1),
        extensions: store.extensions.texts.slice(1),
        formats: store.formats.texts.slice(1),
      },
      missing: [...store.missing],
      labels: labels.map(({ id, counts }) => [id, ...counts]),
      groups: groups.map(({ source, sensitive }) => ({ source, sensitive })),
      labelTags: [...store.tags.tagOfLabel],
      namesCovered: order?.covered ?? 0,
    },
    blocks: [
      ...COLUMN_NAMES.map((name) => ({
        name,
        parts: [store.columns[name].subarray(0, slots)],
      })),
      { name: 'alive', parts: [store.alive.slice()] },
      { name: 'nameStarts', parts: [texts.starts] },
      { name: 'nameBytes', parts: [texts.bytes] },
      { name: 'nameFilter', parts: [texts.filter.slice()] },
      { name: 'nameOrder', parts: [order?.slots ?? new Uint32Array(0)] },
      ...groups.map((group) => ({
        name: groupName(group.source, group.sensitive),
        parts: [group.highest.slice(0, slots)],
      })),
      { name: 'starts', parts: bases.map((one) => one.starts) },
      { name: 'low', parts: bases.map((one) => one.low.subarray(0, one.length)) },
      { name: 'fraction', parts: bases.map((one) => one.fraction.subarray(0, one.length)) },
      { name: 'confidence', parts: bases.map((one) => one.confidence.subarray(0, one.length)) },
      { name: 'tailSlots', parts: tails.map((one) => one.slots.subarray(0, one.length)) },
      { name: 'tailFraction', parts: tails.map((one) => one.fraction.subarray(0, one.length)) },
      { name: 'tailConfidence', parts: tails.map((one) => one.confidence.subarray(0, one.length)) },
      { name: 'boxSlots', parts: boxes.map((one) => one.slots) },
      { name: 'boxShares', parts: boxes.map((one) => one.share) },
      { name: 'boxConfidence', parts: boxes.map((one) => one.confidence) },
    ],
  };
}

/** Reads the next block into an array of its very size. Throws when it is not what was written. */
export type ReadBlock = (name: string, into: ArrayBufferView<ArrayBuffer>) => void;

/** The store of a file, and the order of names in it. Throws when `read` does. */
export function restoreStore(
  head: SnapshotHead,
  read: ReadBlock,
  bytesOf: (name: string) => number,
): { store: Store; names: NameOrder } {
  const { slots } = head;
  const store = new Store();
  for (const name of DICTIONARIES) fillDictionary(store[name], head.dictionaries[name]);
  store.reserve(slots, head.highestId);
  for (const name of COLUMN_NAMES)
    read(name, store.columns[name].subarray(0, slots) as Uint32Array<ArrayBuffer>);
  const alive = new Uint32Array(bytesOf('alive') / 4);
  read('alive', alive);
  const starts = new Uint32Array(bytesOf('nameStarts') / 4);
  read('nameStarts', starts);
  const bytes = new Uint8Array(bytesOf('nameBytes'));
  read('nameBytes', bytes);
  const filter = new Uint32Array(bytesOf('nameFilter') / 4);
  read('nameFilter', filter);
  store.names = Names.of({ starts, bytes, filter });
  const order = new Uint32Array(bytesOf('nameOrder') / 4);
  read('nameOrder', order);
  store.slots = slots;
  store.base = head.base;
  const { id } = store.columns;
  for (let slot = 0; slot < slots; slot += 1) {
    if (((alive[slot >>> 5] as number) >>> (slot & 31)) & 1) store.adopt(slot, id[slot] as number);
  }
  store.orderLater();
  for (const [slot, since] of head.missing) store.missing.set(slot, since);
  store.tags.tagOfLabel = new Map(head.labelTags);
  const covered = head.namesCovered;
  const names =
    covered === 0 ? new NameOrder(store) : new NameOrder(store, { slots: order, covered });
  return { store, names };
}

/** The tags of a file. After the store's own tables were read from the library. */
export function restoreTags(store: Store, head: SnapshotHead, read: ReadBlock): void {
  const sum = (part: 1 | 2 | 3 | 4): number =>
    head.labels.reduce((total, label) => total + label[part], 0);
  const base: PostingBlock = {
    length: sum(1),
    low: new Uint16Array(sum(1)),
    fraction: new Uint8Array(sum(1)),
    confidence: new Uint8Array(sum(1)),
    starts: new Uint32Array(sum(2) + head.labels.length),
  };
  read('starts', base.starts as Uint32Array<ArrayBuffer>);
  read('low', base.low as Uint16Array<ArrayBuffer>);
  read('fraction', base.fraction as Uint8Array<ArrayBuffer>);
  read('confidence', base.confidence as Uint8Array<ArrayBuffer>);
  const tail = emptyTail(sum(3));
  read('tailSlots', tail.slots as Uint32Array<ArrayBuffer>);
  read('tailFraction', tail.fraction as Uint8Array<ArrayBuffer>);
  read('tailConfidence', tail.confidence as Uint8Array<ArrayBuffer>);
  const boxes = new Boxes(sum(4));
  read('boxSlots', boxes.slots as Uint32Array<ArrayBuffer>);
  read('boxShares', boxes.share as Float32Array<ArrayBuffer>);
  read('boxConfidence', boxes.confidence as Uint8Array<ArrayBuffer>);
  const at = { entry: 0, start: 0, later: 0, box: 0 };
  for (const [labelId, entries, containers, later, boxCount] of head.labels) {
    const postings = store.postingsOf(labelId);
    postings.base = {
      length: entries,
      low: base.low.subarray(at.entry, at.entry + entries),
      fraction: base.fraction.subarray(at.entry, at.entry + entries),
      confidence: base.confidence.subarray(at.entry, at.entry + entries),
      starts: base.starts.subarray(at.start, at.start + containers + 1),
    };
    if (later > 0) postings.tail = copied(tail, at.later, later);
    if (boxCount > 0) postings.boxes = boxes.part(at.box, boxCount);
    at.entry += entries;
    at.start += containers + 1;
    at.later += later;
    at.box += boxCount;
  }
  // Labels became or were sensitivity labels since: then this is found out anew.
  const changed = head.labels.some(([labelId, , , , , group]) => {
    const { source, sensitive } = store.postingsOf(labelId).group;
    const known = head.groups[group];
    return known?.source !== source || known.sensitive !== sensitive;
  });
  if (changed) {
    store.regroup();
    return;
  }
  for (const { source, sensitive } of head.groups) {
    const { highest } = store.sources.of(source, sensitive);
    read(groupName(source, sensitive), highest.subarray(0, head.slots) as Uint8Array<ArrayBuffer>);
  }
}

function groupName(source: string, sensitive: boolean): string {
  return `${sensitive ? 'sensitive' : 'source'} ${source}`;
}

/** Entries are added to it, so it is one of its own. */
function copied(tail: PostingTail, start: number, length: number): PostingTail {
  return {
    slots: tail.slots.slice(start, start + length),
    confidence: tail.confidence.slice(start, start + length),
    fraction: tail.fraction.slice(start, start + length),
    length,
  };
}

function fillDictionary(dictionary: Dictionary, texts: readonly string[]): void {
  for (const text of texts) dictionary.number(text);
}

export function asBytes(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength);
}

export function checksumOf(bytes: Uint8Array, before = 0): number {
  return crc32(bytes, before);
}
