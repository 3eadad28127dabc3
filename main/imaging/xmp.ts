/** The little that is read of XMP: dates and orientation. The text comes from the file: nothing in it is believed. */
import { XMLParser } from 'fast-xml-parser';
import { validOrientation } from './exif.ts';

export type XmpFacts = {
  /** As written, most trustworthy first. */
  readonly dates: readonly string[];
  /** 1..8. */
  readonly orientation: number | null;
};

export const NO_XMP: XmpFacts = { dates: [], orientation: null };

/** Larger packets hold edit histories and masks; what is read here stands near the start or not at all. */
const MAX_XMP_BYTES = 256 * 1024;
const MAX_DEPTH = 20;
/** `xap` is what Adobe called `xmp` at first. */
const DATE_NAMES: readonly string[] = [
  'photoshop:DateCreated',
  'exif:DateTimeOriginal',
  'xmp:CreateDate',
  'xap:CreateDate',
];
const ORIENTATION_NAME = 'tiff:Orientation';
const MAX_VALUE_CHARACTERS = 64;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
});

/** Facts of an XMP packet; none where it is not XML, has a document type, or is too large. */
export function readXmp(packet: Uint8Array): XmpFacts {
  if (packet.length > MAX_XMP_BYTES) return NO_XMP;
  const text = Buffer.from(packet).toString('utf8').replace(/\0+$/, '');
  // A document type is where entities come from; no XMP has one.
  if (/<!DOCTYPE/i.test(text) || !mentionsAnything(text)) return NO_XMP;
  const found = new Map<string, string>();
  try {
    collect(parser.parse(text), found, 0);
  } catch {
    // Not XML: the file has no XMP then, which is nothing to report.
    return NO_XMP;
  }
  const orientation = found.get(ORIENTATION_NAME);
  return {
    dates: DATE_NAMES.flatMap((name) => found.get(name) ?? []),
    orientation: orientation === undefined ? null : validOrientation(Number(orientation)),
  };
}

/** Most packets hold neither: parsing them would cost more than all the rest. */
function mentionsAnything(text: string): boolean {
  return text.includes(ORIENTATION_NAME) || DATE_NAMES.some((name) => text.includes(name));
}

/** Elements and attributes look alike here: XMP may write a value as either. */
function collect(node: unknown, found: Map<string, string>, depth: number): void {
  if (depth > MAX_DEPTH || typeof node !== 'object' || node === null) return;
  for (const [name, value] of Object.entries(node)) {
    if (typeof value === 'string') {
      const isWanted = name === ORIENTATION_NAME || DATE_NAMES.includes(name);
      if (isWanted && !found.has(name)) {
        found.set(name, value.trim().slice(0, MAX_VALUE_CHARACTERS));
      }
    } else {
      collect(value, found, depth + 1);
    }
  }
}
