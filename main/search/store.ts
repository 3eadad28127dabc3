/**
 * The library in memory. A photo lives in a slot; a photo that changes gets a new slot and its old one
 * dies, so that nothing has to be searched for and taken out. Most slots lie in the order of dates, so
 * that a set of them is an ordered result already; those that came later are ordered among themselves.
 * `Loader` fills a store and follows the database; queries only read it.
 */
import { UNDATED } from '../../shared/resultCodec.ts';
import { addBit, type Bits, countBits, emptyBits, hasBit, listBits, removeBit } from './bits.ts';
import {
  type Columns,
  compareNewestFirst,
  dayOf,
  makeColumns,
  packDegrees,
  parseTaken,
  secondOf,
} from './columns.ts';
import { Dictionary } from './dictionary.ts';
import { foldText } from './fold.ts';
import { FolderTable } from './folderTable.ts';
import type { Forward } from './forward.ts';
import { Names } from './names.ts';
import { mergeOrdered } from './order.ts';
import { PostingSorter, Postings } from './postings.ts';
import { SourceGroups } from './sourceGroups.ts';
import { SENSITIVITY, TagTable } from './tagTable.ts';

/** A row as `load.ts` selects it, in that order. */
export type PhotoRow = readonly [
  id: number,
  folder: number,
  name: string,
  taken: string | null,
  cameraMake: string | null,
  cameraModel: string | null,
  lens: string | null,
  width: number | null,
  height: number | null,
  size: number,
  iso: number | null,
  aperture: number | null,
  focal: number | null,
  latitude: number | null,
  longitude: number | null,
  added: number,
  missingSince: number | null,
  picture: number | null,
  format: string | null,
  flags: number,
];

/** Texts that stores share when one takes the place of another: they only grow. */
export type Vocabulary = {
  readonly folders: FolderTable;
  readonly tags: TagTable;
  readonly cameras: Dictionary;
  readonly lenses: Dictionary;
  readonly extensions: Dictionary;
  readonly formats: Dictionary;
};

/** A tag's postings, one of each label. */
export type TagList = { readonly id: number; readonly postings: readonly Postings[] };

const DAY_MS = 86_400_000;
/** Room that is made beyond what is needed. */
const SPARE = 1024;
/** Sets that are kept for the next question. */
const MOST_SPARE = 16;
/** Tag entries that are put in order at once. */
const SEALED_PER_STEP = 50_000;

export class Store implements Vocabulary {
  readonly folders: FolderTable;
  readonly tags: TagTable;
  readonly cameras: Dictionary;
  readonly lenses: Dictionary;
  readonly extensions: Dictionary;
  readonly formats: Dictionary;
  names = new Names();
  /** By label id. Hold dead slots too. */
  readonly postings = new Map<number, Postings>();
  readonly sources = new SourceGroups();
  /** Null until there was time to make it. */
  forward: Forward | null = null;
  columns: Columns = makeColumns(SPARE);
  /** Slots given out, dead ones included. */
  slots = 0;
  /** Slots below this are in the order of dates: newest first, then by id; undated last. */
  base = 0;
  alive: Bits = emptyBits(SPARE);
  aliveCount = 0;
  /** Milliseconds since 1970 UTC when a photo was found gone, by slot. Holds dead slots too. */
  readonly missing = new Map<number, number>();
  readonly #spareBits: Bits[] = [];
  #tagLists: { state: object; labels: number; lists: readonly TagList[] } | null = null;
  #slotOfId: Int32Array = new Int32Array(SPARE);
  /** Living slots from `base` on, in the order of dates. */
  #later: Uint32Array = new Uint32Array(0);
  /** For each slot from `base` on, the first one below `base` that comes after it. */
  #placeOfLater = new Uint32Array(0);
  #unordered: number[] = [];
  #lastMake: string | null = null;
  #lastModel: string | null = null;
  #lastCamera = 0;

  constructor(vocabulary?: Vocabulary) {
    this.folders = vocabulary?.folders ?? new FolderTable();
    this.tags = vocabulary?.tags ?? new TagTable();
    this.cameras = vocabulary?.cameras ?? new Dictionary();
    this.lenses = vocabulary?.lenses ?? new Dictionary();
    this.extensions = vocabulary?.extensions ?? new Dictionary();
    this.formats = vocabulary?.formats ?? new Dictionary();
    this.sources.grow(SPARE);
  }

  /** The slot of a photo, or -1. */
  slotOf(id: number): number {
    return (this.#slotOfId[id] ?? 0) - 1;
  }

  /** No photo has a higher id. */
  get highestId(): number {
    return this.#slotOfId.length - 1;
  }

  get deadCount(): number {
    return this.slots - this.aliveCount;
  }

  /** Slots that there is room for. */
  get capacity(): number {
    return this.columns.id.length;
  }

  /** Makes room for so many photos at once: growing step by step copies everything each time. */
  reserve(photos: number, highestId: number): void {
    this.#makeRoom(photos + (photos >>> 5), highestId);
  }

  /** Takes a photo out. `reorder` must follow. */
  remove(id: number): void {
    const slot = this.slotOf(id);
    if (slot < 0) return;
    this.#slotOfId[id] = 0;
    removeBit(this.alive, slot);
    this.aliveCount -= 1;
  }

  /** Puts a photo into a new slot, without tags. `reorder` must follow. */
  put(row: PhotoRow): number {
    const id = row[0];
    this.remove(id);
    const slot = this.slots;
    this.#makeRoom(slot, id);
    this.slots += 1;
    this.adopt(slot, id);
    this.#unordered.push(slot);
    this.#fill(slot, row);
    return slot;
  }

  /** A slot whose columns are filled in already comes to life. */
  adopt(slot: number, id: number): void {
    this.#slotOfId[id] = slot + 1;
    addBit(this.alive, slot);
    this.aliveCount += 1;
  }

  /** The slots from `base` on are all adopted: finds out their order. */
  orderLater(): void {
    for (let slot = this.base; slot < this.slots; slot += 1) {
      if (hasBit(this.alive, slot)) this.#unordered.push(slot);
    }
    this.reorder();
  }

  /** `share`: of the picture, that the largest box of the tag covers; null without boxes. */
  addTag(slot: number, labelId: number, confidence: number, share: number | null): void {
    const postings = this.postingsOf(labelId);
    const byte = postings.push(slot, confidence, share) + 1;
    const { highest } = postings.group;
    if (byte > (highest[slot] as number)) highest[slot] = byte;
  }

  /** Every tag that photos have, but sensitivity labels, with its postings; those with most photos first. */
  get tagLists(): readonly TagList[] {
    const known = this.#tagLists;
    const { state, tags } = this.tags;
    if (known?.state === state && known.labels === this.postings.size) return known.lists;
    const lists: TagList[] = [];
    for (const { id, type, labels } of tags.values()) {
      if (type === SENSITIVITY) continue;
      const postings = labels.flatMap((label) => this.postings.get(label.id) ?? []);
      postings.sort((a, b) => b.length - a.length);
      if (postings.length > 0) lists.push({ id, postings });
    }
    this.#tagLists = { state, labels: this.postings.size, lists };
    return lists;
  }

  /** The photos of a label, made when it has none yet. */
  postingsOf(labelId: number): Postings {
    let postings = this.postings.get(labelId);
    if (!postings) {
      const tag = this.tags.tags.get(this.tags.tagOfLabel.get(labelId) ?? 0);
      const source = tag?.labels.find((label) => label.id === labelId)?.source ?? '';
      postings = new Postings(this.sources.of(source, tag?.type === SENSITIVITY));
      this.postings.set(labelId, postings);
    }
    return postings;
  }

  /** Brings the order up to date after `put` and `remove`. */
  reorder(): void {
    const { columns, base } = this;
    const before = (a: number, b: number): boolean => compareNewestFirst(columns, a, b) < 0;
    const added = livingOnly(Uint32Array.from(this.#unordered), this.alive);
    this.#unordered = [];
    added.sort((a, b) => compareNewestFirst(columns, a, b));
    if (this.slots - base > this.#placeOfLater.length) {
      const places = new Uint32Array(Math.ceil((this.slots - base) * 1.5) + SPARE);
      places.set(this.#placeOfLater);
      this.#placeOfLater = places;
    }
    for (let index = 0; index < added.length; index += 1) {
      const slot = added[index] as number;
      let low = 0;
      let high = base;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (before(slot, middle)) high = middle;
        else low = middle + 1;
      }
      this.#placeOfLater[slot - base] = low;
    }
    const kept = livingOnly(this.#later, this.alive);
    this.#later = added.length === 0 ? kept : mergeOrdered(kept, added, before);
  }

  /**
   * The slots of a set of living ones, newest first; only the first `limit`. `into`: where they are put, of
   * just that length.
   */
  ordered(found: Bits, limit = Number.POSITIVE_INFINITY, into?: Uint32Array): Uint32Array {
    const slots = into ?? new Uint32Array(Math.min(limit, countBits(found)));
    let at = 0;
    let start = 0;
    for (let index = 0; index < this.#later.length && at < slots.length; index += 1) {
      const slot = this.#later[index] as number;
      if (!hasBit(found, slot)) continue;
      const place = this.#placeOfLater[slot - this.base] as number;
      at = listBits(found, start, place, slots, at);
      start = place;
      if (at < slots.length) slots[at++] = slot;
    }
    listBits(found, start, this.base, slots, at);
    return slots;
  }

  /** Puts the postings in order and gives back the room for growth. */
  *seal(): Generator<void> {
    const sorter = new PostingSorter();
    let entries = 0;
    for (const postings of this.postings.values()) {
      entries += postings.length;
      postings.seal(sorter);
      if (entries < SEALED_PER_STEP) continue;
      entries = 0;
      yield;
    }
  }

  /** Says of each source anew how sure it is; for when labels became or were sensitivity labels. */
  regroup(): void {
    this.sources.clear();
    for (const [labelId, postings] of this.postings) {
      const tag = this.tags.tags.get(this.tags.tagOfLabel.get(labelId) ?? 0);
      const source = tag?.labels.find((label) => label.id === labelId)?.source ?? '';
      postings.group = this.sources.of(source, tag?.type === SENSITIVITY);
      const { highest } = postings.group;
      postings.each((slot, byte) => {
        if (byte >= (highest[slot] as number)) highest[slot] = byte + 1;
      });
    }
  }

  /** A set that has room for every slot. */
  emptyBits(): Bits {
    const bits = this.#spareBits.pop();
    return bits?.length === this.alive.length ? bits.fill(0) : emptyBits(this.alive.length * 32);
  }

  /** A copy that the caller may change. */
  copyOf(bits: Bits): Bits {
    const spare = this.#spareBits.pop();
    if (spare?.length !== bits.length) return bits.slice();
    spare.set(bits);
    return spare;
  }

  /**
   * A set that nobody uses any more. A question makes several of a hundred kilobytes each, and what waits
   * for the garbage collector is memory all the same.
   */
  giveBack(bits: Bits): void {
    if (this.#spareBits.length < MOST_SPARE) this.#spareBits.push(bits);
  }

  /** When the photo of a slot was taken: wall clock, milliseconds since 1970; NaN undated. */
  takenAt(slot: number): number {
    const day = this.columns.day[slot] as number;
    if (day === UNDATED) return Number.NaN;
    return day * DAY_MS + (this.columns.second[slot] as number) * 1000;
  }

  #fill(slot: number, row: PhotoRow): void {
    const columns = this.columns;
    const [id, folder, name, takenText, make, model, lens, width, height, size] = row;
    const [, , , , , , , , , , iso, aperture, focal, latitude, longitude, added] = row;
    const [missingSince, picture, format, flags] = [row[16], row[17], row[18], row[19]];
    const key = foldText(name);
    const dot = key.lastIndexOf('.');
    const taken = parseTaken(takenText);
    this.names.push(key);
    columns.id[slot] = id;
    columns.day[slot] = dayOf(taken);
    columns.second[slot] = secondOf(taken);
    columns.folder[slot] = folder;
    columns.camera[slot] = this.#camera(make, model);
    columns.lens[slot] = this.lenses.number(lens);
    columns.extension[slot] = dot > 0 ? this.extensions.number(key.slice(dot + 1)) : 0;
    columns.format[slot] = this.formats.number(format);
    columns.width[slot] = width ?? 0;
    columns.height[slot] = height ?? 0;
    columns.size[slot] = size;
    columns.iso[slot] = iso ?? Number.NaN;
    columns.aperture[slot] = aperture ?? Number.NaN;
    columns.focal[slot] = focal ?? Number.NaN;
    columns.latitude[slot] = packDegrees(latitude);
    columns.longitude[slot] = packDegrees(longitude);
    columns.added[slot] = added;
    columns.picture[slot] = picture ?? 0;
    columns.flags[slot] = flags;
    if (missingSince !== null) this.missing.set(slot, missingSince);
  }

  /** Maker and model, as a photo's `camera` shows them. Neighbours mostly share them. */
  #camera(make: string | null, model: string | null): number {
    if (make !== this.#lastMake || model !== this.#lastModel) {
      this.#lastMake = make;
      this.#lastModel = model;
      const text = [make, model].filter((part) => part !== null).join(' ');
      this.#lastCamera = this.cameras.number(text);
    }
    return this.#lastCamera;
  }

  #makeRoom(slot: number, id: number): void {
    if (slot >= this.capacity) {
      const capacity = Math.ceil((slot + (slot >>> 4)) / 32) * 32 + SPARE;
      this.columns = makeColumns(capacity, this.columns);
      const alive = emptyBits(capacity);
      alive.set(this.alive);
      this.alive = alive;
      this.sources.grow(capacity);
    }
    if (id >= this.#slotOfId.length) {
      const slotOfId = new Int32Array(id + (id >>> 4) + SPARE);
      slotOfId.set(this.#slotOfId);
      this.#slotOfId = slotOfId;
    }
  }
}

/** The slots that live, in the same order. */
export function livingOnly(slots: Uint32Array, alive: Bits): Uint32Array<ArrayBuffer> {
  const living = new Uint32Array(slots.length);
  let count = 0;
  for (let index = 0; index < slots.length; index += 1) {
    const slot = slots[index] as number;
    if (hasBit(alive, slot)) living[count++] = slot;
  }
  return living.subarray(0, count);
}
