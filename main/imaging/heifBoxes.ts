/** The boxes of a HEIF file (ISO/IEC 23008-12) that tell of its items: what they are, where they lie, what belongs to them. */
import type { ByteSource } from './byteSource.ts';
import { type Chunk, walkBoxes } from './chunks.ts';

/** A part of the file, from its start. */
export type Place = { readonly offset: number; readonly bytes: number };

export type HeifItem = { readonly id: number; readonly type: string; readonly contentType: string };

/** One item's reference to others: a thumbnail to its picture, a grid to its tiles. */
export type HeifReference = {
  readonly type: string;
  readonly from: number;
  readonly to: readonly number[];
};

export type HeifBoxes = {
  /** The box that holds all the others. */
  readonly meta: Place;
  readonly items: readonly HeifItem[];
  readonly places: ReadonlyMap<number, Place>;
  /** Number of the item that is the picture. */
  readonly primary: number | null;
  readonly references: readonly HeifReference[];
  /** An item's properties, in the order in which they are applied. */
  propertiesOf(item: number): readonly Chunk[];
};

const MAX_ITEMS = 4096;
/** More than all items' places or properties take, and all their references together. */
const MAX_TABLE_BYTES = 1024 * 1024;
const MAX_TABLES = 16;
const MAX_REFERENCES = 65_536;

/** Null where the file has no such boxes. Never throws for what is in it. */
export function openHeif(source: ByteSource): HeifBoxes | null {
  const meta = walkBoxes(source, 0, source.sizeBytes).find((box) => box.type === 'meta');
  if (!meta) return null;
  const boxes = walkBoxes(source, meta.bodyStart + 4, meta.end);
  const box = (type: string): Chunk | undefined => boxes.find((one) => one.type === type);
  const iprp = box('iprp');
  const parts = iprp ? walkBoxes(source, iprp.bodyStart, iprp.end) : [];
  const ipco = parts.find((part) => part.type === 'ipco');
  const properties = ipco ? walkBoxes(source, ipco.bodyStart, ipco.end) : [];
  const tables = parts.filter((part) => part.type === 'ipma').slice(0, MAX_TABLES);
  const pitm = box('pitm');
  return {
    meta: { offset: meta.start, bytes: meta.end - meta.start },
    items: readItems(source, box('iinf')),
    places: readPlaces(source, box('iloc'), box('idat')),
    primary: pitm ? readPrimary(source, pitm) : null,
    references: readReferences(source, box('iref')),
    propertiesOf: (item) =>
      tables
        .flatMap((part) => readAssociations(source, part, item))
        .flatMap((index) => properties[index - 1] ?? []),
  };
}

function readItems(source: ByteSource, iinf: Chunk | undefined): HeifItem[] {
  if (!iinf) return [];
  const version = source.slice(iinf.bodyStart, 1)[0] ?? 0;
  const start = iinf.bodyStart + (version === 0 ? 6 : 8);
  const items: HeifItem[] = [];
  for (const entry of walkBoxes(source, start, iinf.end).slice(0, MAX_ITEMS)) {
    if (entry.type !== 'infe') continue;
    const body = source.slice(entry.bodyStart, Math.min(entry.bodyBytes, 256));
    const entryVersion = body[0] ?? 0;
    const idBytes = entryVersion === 3 ? 4 : 2;
    if (entryVersion < 2 || body.length < 4 + idBytes + 6) continue;
    const [, contentType = ''] = body.toString('latin1', 4 + idBytes + 6).split('\0');
    items.push({
      id: body.readUIntBE(4, idBytes),
      type: body.toString('latin1', 4 + idBytes + 2, 4 + idBytes + 6),
      contentType,
    });
  }
  return items;
}

/** Where items lie. Items in several pieces are left out: no camera writes metadata so. */
function readPlaces(
  source: ByteSource,
  iloc: Chunk | undefined,
  idat: Chunk | undefined,
): Map<number, Place> {
  const places = new Map<number, Place>();
  if (!iloc) return places;
  const body = Buffer.from(source.slice(iloc.bodyStart, Math.min(iloc.bodyBytes, MAX_TABLE_BYTES)));
  const version = body[0] ?? 0;
  if (body.length < 8 || version > 2) return places;
  const sizes = body.readUInt16BE(4);
  const offsetBytes = sizes >> 12;
  const lengthBytes = (sizes >> 8) & 15;
  const baseBytes = (sizes >> 4) & 15;
  const indexBytes = version === 0 ? 0 : sizes & 15;
  const idBytes = version === 2 ? 4 : 2;
  let at = 6;
  const take = (bytes: number): number => {
    let value = 0;
    for (let index = 0; index < bytes; index += 1) value = value * 256 + (body[at + index] ?? 0);
    at += bytes;
    return value;
  };
  const count = Math.min(take(idBytes), MAX_ITEMS);
  for (let index = 0; index < count && at < body.length; index += 1) {
    const id = take(idBytes);
    const method = version === 0 ? 0 : take(2) & 15;
    take(2);
    const base = take(baseBytes);
    const extents = take(2);
    for (let extent = 0; extent < extents && at < body.length; extent += 1) {
      take(indexBytes);
      const offset = base + take(offsetBytes) + (method === 1 ? (idat?.bodyStart ?? 0) : 0);
      const bytes = take(lengthBytes);
      if (extents === 1 && method <= 1) places.set(id, { offset, bytes });
    }
  }
  return places;
}

function readPrimary(source: ByteSource, pitm: Chunk): number | null {
  const body = source.slice(pitm.bodyStart, 8);
  if (body.length < 6) return null;
  return body[0] === 0 ? body.readUInt16BE(4) : body.length < 8 ? null : body.readUInt32BE(4);
}

function readReferences(source: ByteSource, iref: Chunk | undefined): HeifReference[] {
  if (!iref) return [];
  const idBytes = source.slice(iref.bodyStart, 1)[0] === 0 ? 2 : 4;
  const found: HeifReference[] = [];
  let left = MAX_REFERENCES;
  for (const box of walkBoxes(source, iref.bodyStart + 4, iref.end).slice(0, MAX_ITEMS)) {
    const body = source.slice(box.bodyStart, Math.min(box.bodyBytes, (MAX_ITEMS + 2) * idBytes));
    if (body.length < idBytes + 2) continue;
    const told = body.readUInt16BE(idBytes);
    const count = Math.min(told, left, Math.floor((body.length - idBytes - 2) / idBytes));
    left -= count;
    const to = Array.from({ length: count }, (_, index) =>
      body.readUIntBE(idBytes + 2 + index * idBytes, idBytes),
    );
    found.push({ type: box.type, from: body.readUIntBE(0, idBytes), to });
  }
  return found;
}

/** Numbers, from 1 and in order, of the properties of an item. */
function readAssociations(source: ByteSource, ipma: Chunk, item: number): number[] {
  const body = Buffer.from(source.slice(ipma.bodyStart, Math.min(ipma.bodyBytes, MAX_TABLE_BYTES)));
  if (body.length < 8) return [];
  const idBytes = body[0] === 0 ? 2 : 4;
  const isWide = ((body[3] ?? 0) & 1) === 1;
  const found: number[] = [];
  const count = Math.min(body.readUInt32BE(4), MAX_ITEMS);
  let at = 8;
  for (let index = 0; index < count && at + idBytes < body.length; index += 1) {
    const id = body.readUIntBE(at, idBytes);
    const properties = body[at + idBytes] ?? 0;
    at += idBytes + 1;
    for (let one = 0; one < properties && at < body.length; one += 1) {
      const first = body[at] ?? 0;
      const number = isWide ? ((first & 0x7f) << 8) | (body[at + 1] ?? 0) : first & 0x7f;
      at += isWide ? 2 : 1;
      if (id === item) found.push(number);
    }
  }
  return found;
}
