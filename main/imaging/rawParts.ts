/** Finds EXIF and size in camera RAW files. */
import { type ByteSource, partOf } from './byteSource.ts';
import { walkBoxes } from './chunks.ts';
import {
  type ExifFacts,
  exifOfDirectories,
  exifOfDirectory,
  gpsFacts,
  NO_EXIF,
  validOrientation,
} from './exif.ts';
import {
  numberOf,
  numbersOf,
  openTiff,
  readDirectory,
  type Tiff,
  type TiffDirectory,
} from './tiff.ts';

export type RawFacts = {
  /** As stored. */
  readonly width: number | null;
  readonly height: number | null;
  readonly exif: ExifFacts;
  /** A JPEG with EXIF of its own that says what the file itself does not. */
  readonly jpegStart: number | null;
};

const TAG = {
  subfileType: 0x00fe,
  width: 0x0100,
  height: 0x0101,
  subDirectories: 0x014a,
} as const;

/** Panasonic's own tags: edges of the picture on the sensor. */
const PANASONIC_TAG = { top: 4, left: 5, bottom: 6, right: 7 } as const;
const MAX_SUB_DIRECTORIES = 8;
const CANON_BOX_ID = '85c0b687820f11e08111f4ce462b6a48';

/** Facts of a RAW file of any maker; null where it does not tell. */
export function readRaw(source: ByteSource): RawFacts {
  const head = source.slice(0, 96);
  const text = head.toString('latin1');
  if (text.startsWith('FUJIFILMCCD-RAW') && head.length >= 88) {
    return { width: null, height: null, exif: NO_EXIF, jpegStart: head.readUInt32BE(84) };
  }
  if (text.startsWith('ftypcrx ', 4)) return readCanonBoxes(source);
  const tiff = openTiff(source);
  if (!tiff) return { width: null, height: null, exif: NO_EXIF, jpegStart: null };
  const file = readDirectory(tiff, tiff.firstDirectory);
  const size = text.startsWith('IIU\0') ? panasonicSize(tiff, file) : tiffSize(tiff, file);
  return { ...size, exif: exifOfDirectory(tiff, file), jpegStart: null };
}

type Size = { readonly width: number | null; readonly height: number | null };

/** The first directory's size; where that is a thumbnail's, the largest picture's whose data can be there. */
export function tiffSize(tiff: Tiff, file: TiffDirectory): Size {
  const own = sizeOf(tiff, file);
  if (((numberOf(tiff, file, TAG.subfileType) ?? 0) & 1) === 0) return own;
  let best = own;
  for (const offset of numbersOf(tiff, file, TAG.subDirectories, MAX_SUB_DIRECTORIES)) {
    const directory = readDirectory(tiff, offset);
    const size = sizeOf(tiff, directory);
    const pixels = (size.width ?? 0) * (size.height ?? 0);
    // Half a bit a pixel is less than any camera packs it into.
    const isThere = tiff.source.sizeBytes * 16 >= pixels;
    if (isThere && pixels > (best.width ?? 0) * (best.height ?? 0)) best = size;
  }
  return best;
}

function sizeOf(tiff: Tiff, directory: TiffDirectory): Size {
  return {
    width: numberOf(tiff, directory, TAG.width),
    height: numberOf(tiff, directory, TAG.height),
  };
}

function panasonicSize(tiff: Tiff, file: TiffDirectory): Size {
  const edge = (tag: number): number => numberOf(tiff, file, tag) ?? 0;
  const width = edge(PANASONIC_TAG.right) - edge(PANASONIC_TAG.left);
  const height = edge(PANASONIC_TAG.bottom) - edge(PANASONIC_TAG.top);
  return width > 0 && height > 0 ? { width, height } : { width: null, height: null };
}

/** CR3: boxes, with a TIFF structure each for the file, EXIF and GPS. */
function readCanonBoxes(source: ByteSource): RawFacts {
  const nothing: RawFacts = { width: null, height: null, exif: NO_EXIF, jpegStart: null };
  const moov = walkBoxes(source, 0, source.sizeBytes).find((box) => box.type === 'moov');
  if (!moov) return nothing;
  const canon = walkBoxes(source, moov.bodyStart, moov.end).find(
    (box) =>
      box.type === 'uuid' && source.slice(box.bodyStart, 16).toString('hex') === CANON_BOX_ID,
  );
  if (!canon) return nothing;
  const boxes = walkBoxes(source, canon.bodyStart + 16, canon.end);
  const open = (type: string): { tiff: Tiff; directory: TiffDirectory } | null => {
    const box = boxes.find((one) => one.type === type);
    const tiff = box ? openTiff(partOf(source, box.bodyStart, box.bodyBytes)) : null;
    return tiff ? { tiff, directory: readDirectory(tiff, tiff.firstDirectory) } : null;
  };
  const file = open('CMT1');
  const own = open('CMT2');
  const gps = open('CMT4');
  const fileFacts = file ? exifOfDirectory(file.tiff, file.directory) : NO_EXIF;
  const ownFacts = own ? exifOfDirectories(own.tiff, own.directory, own.directory) : NO_EXIF;
  return {
    ...(file ? sizeOf(file.tiff, file.directory) : { width: null, height: null }),
    exif: {
      ...ownFacts,
      make: fileFacts.make,
      model: fileFacts.model,
      software: fileFacts.software,
      orientation: validOrientation(fileFacts.orientation),
      ...(gps ? gpsFacts(gps.tiff, gps.directory) : {}),
    },
    jpegStart: null,
  };
}
