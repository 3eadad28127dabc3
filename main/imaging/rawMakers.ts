/** Previews that only a maker's own notes name: Nikon, Olympus, Pentax. */
import { type ByteSource, partOf } from './byteSource.ts';
import type { Place } from './rawJpegs.ts';
import {
  numberOf,
  openTiff,
  placeOf,
  readDirectory,
  type Tiff,
  type TiffDirectory,
} from './tiff.ts';

const TAG = {
  makerNote: 0x927c,
  jpegOffset: 0x0201,
  jpegBytes: 0x0202,
  nikonPreview: 0x0011,
  olympusCamera: 0x2020,
  olympusPreviewStart: 0x0101,
  olympusPreviewBytes: 0x0102,
  pentaxPreviewBytes: 0x0003,
  pentaxPreviewStart: 0x0004,
} as const;

/** A Nikon note has a TIFF of its own behind ten bytes. */
const NIKON_HEADER_BYTES = 10;
/** Notes of Olympus by their first letters: where the directory starts, and what offsets count from. */
const OLYMPUS_HEADS: readonly (readonly [head: string, directoryAt: number, isOwn: boolean])[] = [
  ['OM SYSTEM\0\0\0', 16, true],
  ['OLYMPUS\0', 12, true],
  ['OLYMP\0', 8, false],
  ['EPSON\0', 8, false],
];

/** Where the note in EXIF's own directory says that JPEGs lie, from the start of the TIFF. */
export function readMakerPlaces(tiff: Tiff, exif: TiffDirectory): Place[] {
  const note = placeOf(tiff, exif, TAG.makerNote);
  if (!note || note.bytes < 16) return [];
  const head = tiff.source.slice(note.offset, 16).toString('latin1');
  if (head.startsWith('Nikon\0')) return nikonPlaces(tiff.source, note);
  if (head.startsWith('AOC\0') || head.startsWith('PENTAX \0')) return pentaxPlaces(tiff, note);
  const olympus = OLYMPUS_HEADS.find(([start]) => head.startsWith(start));
  return olympus ? olympusPlaces(tiff, note, olympus[1], olympus[2]) : [];
}

function nikonPlaces(source: ByteSource, note: Place): Place[] {
  const base = note.offset + NIKON_HEADER_BYTES;
  // Its directories may lie behind the note itself.
  const own = openTiff(partOf(source, base, source.sizeBytes - base));
  if (!own) return [];
  const directory = readDirectory(own, own.firstDirectory);
  const preview = readDirectory(own, numberOf(own, directory, TAG.nikonPreview) ?? 0);
  return pairIn(own, preview, TAG.jpegOffset, TAG.jpegBytes, [base]);
}

function olympusPlaces(tiff: Tiff, note: Place, directoryAt: number, isOwn: boolean): Place[] {
  const base = isOwn ? note.offset : 0;
  const own = withBase(tiff, base);
  const directory = readDirectory(own, note.offset - base + directoryAt);
  const entry = directory.entries.get(TAG.olympusCamera);
  if (!entry) return [];
  // Either the directory itself or where it lies.
  const isPointer = entry.count === 1 && (entry.type === 4 || entry.type === 13);
  const at = isPointer ? (numberOf(own, directory, TAG.olympusCamera) ?? 0) : entry.offset;
  const camera = readDirectory(own, at);
  const bases = [base, 0, note.offset];
  return pairIn(own, camera, TAG.olympusPreviewStart, TAG.olympusPreviewBytes, bases);
}

function pentaxPlaces(tiff: Tiff, note: Place): Place[] {
  const isOwn = tiff.source.slice(note.offset, 6).toString('latin1') === 'PENTAX';
  const base = isOwn ? note.offset : 0;
  const start = isOwn ? 10 : 6;
  const order = tiff.source.slice(note.offset + start - 2, 2).toString('latin1');
  const littleEndian = order === 'II' || (order !== 'MM' && tiff.littleEndian);
  const own: Tiff = { ...withBase(tiff, base), littleEndian };
  const directory = readDirectory(own, note.offset - base + start);
  const bases = [base, 0];
  return pairIn(own, directory, TAG.pentaxPreviewStart, TAG.pentaxPreviewBytes, bases);
}

/** The same file with offsets that count from another place. */
function withBase(tiff: Tiff, base: number): Tiff {
  const source = partOf(tiff.source, base, tiff.source.sizeBytes - base);
  return { ...tiff, source, firstDirectory: 0 };
}

/** Makers changed their minds about what offsets count from: where a JPEG starts is right. */
function pairIn(
  tiff: Tiff,
  directory: TiffDirectory,
  offsetTag: number,
  bytesTag: number,
  bases: readonly number[],
): Place[] {
  const offset = numberOf(tiff, directory, offsetTag);
  const bytes = numberOf(tiff, directory, bytesTag);
  if (offset === null || bytes === null || offset <= 0 || bytes <= 0) return [];
  return [...new Set(bases)].map((base) => ({ offset: base + offset, bytes }));
}
