/**
 * What a picture's file carries besides its picture. Read from the file's own structure, so that
 * nothing a decoder ignores goes unseen.
 */

/** What a service knows of a file that cannot be read to its end. */
export class BrokenFile extends Error {
  override readonly name = 'BrokenFile';
}

/** An ICC profile is judged by what it says it is. */
export function isSrgbProfile(profile: Buffer): boolean {
  if (profile.includes('sRGB', 0, 'latin1')) return true;
  // Newer profiles describe themselves in UTF-16, most significant byte first.
  return profile.includes(Buffer.from('sRGB', 'utf16le').swap16());
}

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const COMMENT = 0xfe;

/** Everything in a JPEG that is neither the picture nor needed to show it. Throws `BrokenFile`. */
export function carriedByJpeg(file: Buffer): readonly string[] {
  const found: string[] = [];
  let at = 2;
  for (;;) {
    while (file[at] === 0xff && file[at + 1] === 0xff) at += 1;
    const marker = file[at + 1];
    if (file[at] !== 0xff || marker === undefined) throw new BrokenFile('no end of image');
    if (marker === END_OF_IMAGE) break;
    const length = at + 4 <= file.length ? file.readUInt16BE(at + 2) : 0;
    const end = at + 2 + length;
    if (length < 2 || end > file.length) throw new BrokenFile('a segment is cut off');
    const what = judgeSegment(marker, file.subarray(at + 4, end));
    if (what !== null) found.push(what);
    at = marker === START_OF_SCAN ? endOfScan(file, end) : end;
  }
  if (at + 2 < file.length) found.push(`${file.length - at - 2} bytes after its end`);
  return found;
}

function endOfScan(file: Buffer, start: number): number {
  let at = file.indexOf(0xff, start);
  while (at >= 0 && at + 1 < file.length) {
    const next = file[at + 1] ?? 0;
    const isData = next === 0 || (next >= 0xd0 && next <= 0xd7);
    if (!isData && next !== 0xff) return at;
    at = file.indexOf(0xff, next === 0xff ? at + 1 : at + 2);
  }
  throw new BrokenFile('no end of image');
}

function judgeSegment(marker: number, content: Buffer): string | null {
  if (marker === COMMENT) return 'COM';
  if (marker < 0xe0 || marker > 0xef) return null;
  const name = content.toString('latin1', 0, 32);
  switch (marker) {
    case 0xe0:
      if (!name.startsWith('JFIF\0')) return 'APP0 that is not JFIF';
      return content[12] === 0 && content[13] === 0 ? null : 'a thumbnail in JFIF';
    case 0xe1:
      if (name.startsWith('Exif\0')) return 'EXIF';
      return name.startsWith('http://ns.adobe.com/') ? 'XMP' : 'APP1';
    case 0xe2:
      // Which profile it is, is judged once it is put together.
      return name.startsWith('ICC_PROFILE\0') ? null : 'APP2 that is no profile';
    case 0xed:
      return 'IPTC';
    case 0xee:
      // Says how colours are stored: needed to show the picture.
      return name.startsWith('Adobe') ? null : 'APP14';
    default:
      return `APP${marker - 0xe0}`;
  }
}

const PNG_HEAD_BYTES = 8;
const PICTURE_CHUNKS: readonly string[] = [
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'iCCP',
  'bKGD',
  'pHYs',
  'sBIT',
];

/** The same of a PNG. Throws `BrokenFile`. */
export function carriedByPng(file: Buffer): readonly string[] {
  const found: string[] = [];
  let at = PNG_HEAD_BYTES;
  for (;;) {
    if (at + 12 > file.length) throw new BrokenFile('no end of image');
    const length = file.readUInt32BE(at);
    const name = file.toString('latin1', at + 4, at + 8);
    at += 12 + length;
    if (at > file.length) throw new BrokenFile('a chunk is cut off');
    if (!PICTURE_CHUNKS.includes(name)) found.push(name === 'eXIf' ? 'EXIF' : `chunk ${name}`);
    if (name === 'IEND') break;
  }
  if (at < file.length) found.push(`${file.length - at} bytes after its end`);
  return found;
}
