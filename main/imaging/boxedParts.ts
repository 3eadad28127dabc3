/** Metadata of JPEG XL and JPEG 2000, which keep it in boxes beside the picture. */
import { type ByteSource, partOf } from './byteSource.ts';
import { type Chunk, walkBoxes } from './chunks.ts';
import { type ExifFacts, readExif } from './exif.ts';
import { readXmp, type XmpFacts } from './xmp.ts';

export type BoxedFacts = {
  readonly exif?: ExifFacts;
  readonly xmp?: XmpFacts;
};

const MAX_XMP_BYTES = 256 * 1024;
const UUID_BYTES = 16;
/** `JpgTiffExif->JP2` in ASCII. */
const EXIF_UUID = '4a706754696666457869662d3e4a5032';
const XMP_UUID = 'be7acfcb97a942e89c71999491e3afac';

/** Of a JPEG XL; a bare codestream has none. */
export function readJxlBoxes(source: ByteSource): BoxedFacts {
  if (source.slice(0, 1)[0] === 0xff) return {};
  const boxes = walkBoxes(source, 0, source.sizeBytes);
  const exif = boxes.find((box) => box.type === 'Exif');
  const xmp = boxes.find((box) => box.type === 'xml ');
  return {
    ...(exif ? { exif: readExif(behindOffset(source, exif)) } : {}),
    ...(xmp ? xmpAt(source, xmp.bodyStart, xmp.bodyBytes) : {}),
  };
}

/** The box starts with the offset of the TIFF structure in what follows. */
function behindOffset(source: ByteSource, { bodyStart, bodyBytes }: Chunk): ByteSource {
  const head = source.slice(bodyStart, 4);
  const skip = head.length < 4 ? bodyBytes : 4 + head.readUInt32BE(0);
  return partOf(source, bodyStart + skip, bodyBytes - skip);
}

/** Of a JPEG 2000; a bare codestream has none. */
export function readJp2Boxes(source: ByteSource): BoxedFacts {
  if (source.slice(0, 1)[0] === 0xff) return {};
  let facts: BoxedFacts = {};
  for (const { type, bodyStart, bodyBytes } of walkBoxes(source, 0, source.sizeBytes)) {
    if (type !== 'uuid') continue;
    const id = source.slice(bodyStart, UUID_BYTES).toString('hex');
    const start = bodyStart + UUID_BYTES;
    const bytes = bodyBytes - UUID_BYTES;
    if (id === EXIF_UUID) facts = { ...facts, exif: readExif(partOf(source, start, bytes)) };
    else if (id === XMP_UUID) facts = { ...facts, ...xmpAt(source, start, bytes) };
  }
  return facts;
}

function xmpAt(source: ByteSource, start: number, bytes: number): BoxedFacts {
  return bytes > 0 && bytes <= MAX_XMP_BYTES ? { xmp: readXmp(source.slice(start, bytes)) } : {};
}
