/**
 * The library in memory. A photo lives in a slot; a photo that changes gets a new slot and its old one
 * dies, so that nothing has to be searched for and taken out. `Loader` fills a store and follows the
 * database; queries only read it.
 */
import { addBit, type Bits, emptyBits, hasBit, removeBit } from './bits.ts';
import { type Columns, dayOf, makeColumns, parseTaken } from './columns.ts';
import { Dictionary } from './dictionary.ts';
import { foldText } from './fold.ts';
import { FolderTable } from './folderTable.ts';
import { Names } from './names.ts';
import { mergeOrdered, sortByKey } from './order.ts';
import { Postings } from './postings.ts';
import { TagTable } from './tagTable.ts';

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

/** Dates of photos are whole seconds. */
const SECOND_MS = 1000;

export class Store {
  readonly folders = new FolderTable();
  readonly tags = new TagTable();
  readonly cameras = new Dictionary();
  readonly lenses = new Dictionary();
  readonly extensions = new Dictionary();
  readonly formats = new Dictionary();
  readonly names = new Names();
  /** By label id. Hold dead slots too. */
  readonly postings = new Map<number, Postings>();
  columns: Columns = makeColumns(1024);
  /** Slots given out, dead ones included. */
  slots = 0;
  alive: Bits = emptyBits(1024);
  aliveCount = 0;
  /** Living slots, newest first, then by id; undated last. */
  order: Uint32Array = new Uint32Array(0);
  #slotOfId = new Int32Array(1024);
  #unordered: number[] = [];
  #lastMake: string | null = null;
  #lastModel: string | null = null;
  #lastCamera = 0;

  /** The slot of a photo, or -1. */
  slotOf(id: number): number {
    return (this.#slotOfId[id] ?? 0) - 1;
  }

  get deadCount(): number {
    return this.slots - this.aliveCount;
  }

  /** Makes room for so many photos at once: growing step by step copies everything each time. */
  reserve(photos: number, highestId: number): void {
    this.#makeRoom(Math.ceil(photos * 1.1), highestId);
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
    this.#slotOfId[id] = slot + 1;
    addBit(this.alive, slot);
    this.aliveCount += 1;
    this.#unordered.push(slot);
    this.#fill(slot, row);
    return slot;
  }

  addTag(slot: number, labelId: number, confidence: number): void {
    let postings = this.postings.get(labelId);
    if (!postings) {
      postings = new Postings();
      this.postings.set(labelId, postings);
    }
    postings.push(slot, confidence);
  }

  /** Brings `order` up to date after `put` and `remove`. */
  reorder(): void {
    const { id, taken } = this.columns;
    const alive = this.alive;
    const kept = livingOnly(this.order, alive);
    const added = livingOnly(Uint32Array.from(this.#unordered), alive);
    this.#unordered = [];
    added.sort((a, b) => (id[a] as number) - (id[b] as number));
    const sorted = sortByKey(added, taken, true, SECOND_MS);
    const before = (a: number, b: number): boolean => {
      const first = taken[a] as number;
      const second = taken[b] as number;
      if (first === second || (Number.isNaN(first) && Number.isNaN(second))) {
        return (id[a] as number) < (id[b] as number);
      }
      return first > second || Number.isNaN(second);
    };
    this.order = kept.length === 0 ? sorted : mergeOrdered(kept, sorted, before);
  }

  /** Gives back the room for growth. */
  trim(): void {
    for (const postings of this.postings.values()) postings.trim();
  }

  /** A set that has room for every slot. */
  emptyBits(): Bits {
    return emptyBits(this.alive.length * 32);
  }

  #fill(slot: number, row: PhotoRow): void {
    const columns = this.columns;
    const [id, folder, name, taken, make, model, lens, width, height, size] = row;
    const [, , , , , , , , , , iso, aperture, focal, latitude, longitude, added] = row;
    const [missingSince, picture, format, flags] = [row[16], row[17], row[18], row[19]];
    const key = foldText(name);
    const dot = key.lastIndexOf('.');
    this.names.push(key);
    columns.id[slot] = id;
    columns.taken[slot] = parseTaken(taken);
    columns.day[slot] = dayOf(columns.taken[slot] as number);
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
    columns.latitude[slot] = latitude ?? Number.NaN;
    columns.longitude[slot] = longitude ?? Number.NaN;
    columns.added[slot] = added;
    columns.missingSince[slot] = missingSince ?? Number.NaN;
    columns.picture[slot] = picture ?? 0;
    columns.flags[slot] = flags;
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
    if (slot >= this.columns.id.length) {
      const growth = this.slots === 0 ? 1 : 1.5;
      const capacity = Math.ceil((slot * growth) / 32) * 32 + 1024;
      this.columns = makeColumns(capacity, this.columns);
      const alive = emptyBits(capacity);
      alive.set(this.alive);
      this.alive = alive;
    }
    if (id >= this.#slotOfId.length) {
      const slotOfId = new Int32Array(Math.ceil(id * 1.5));
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
