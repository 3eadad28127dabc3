/** Which files are candidates, by name, and what a file is, by content. */
import type { ByteSource } from './byteSource.ts';
import { cameraRawDirectory } from './rawDetect.ts';
import type { Format } from './types.ts';

/** The one list: a file with another extension is counted as skipped and never opened. */
const EXTENSIONS: Readonly<Record<Format, readonly string[]>> = {
  jpeg: ['jpg', 'jpeg', 'jpe', 'jfif', 'jif', 'mpo'],
  png: ['png', 'apng'],
  webp: ['webp'],
  gif: ['gif'],
  tiff: ['tif', 'tiff'],
  avif: ['avif', 'avifs'],
  heic: ['heic', 'heif', 'hif', 'heics', 'heifs'],
  bmp: ['bmp', 'dib'],
  jxl: ['jxl'],
  jp2: ['jp2', 'j2k', 'jpf', 'jpx', 'j2c', 'jpc'],
  ico: ['ico'],
  psd: ['psd', 'psb'],
  svg: ['svg'],
  raw: (
    '3fr ari arw bay cap cr2 cr3 crw dcr dcs dng drf eip erf fff gpr iiq k25 kdc mdc mef mos mrw ' +
    'nef nrw orf ori pef ptx pxn r3d raf raw rw2 rwl rwz sr2 srf srw x3f'
  ).split(' '),
};

/**
 * Formats that are shown: by libvips, by decoders of our own, RAW by the JPEG inside it. The others are listed
 * with a named reason why there is no picture.
 */
const DECODABLE: ReadonlySet<Format> = new Set<Format>([
  'jpeg',
  'png',
  'webp',
  'gif',
  'tiff',
  'avif',
  'heic',
  'bmp',
  'ico',
  'jxl',
  'jp2',
  'psd',
  'raw',
]);

/** What people call a format. */
const TITLES: Readonly<Record<Format, string>> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  gif: 'GIF',
  tiff: 'TIFF',
  avif: 'AVIF',
  heic: 'HEIC',
  bmp: 'BMP',
  jxl: 'JPEG XL',
  jp2: 'JPEG 2000',
  ico: 'Windows icon',
  psd: 'Photoshop',
  svg: 'SVG',
  raw: 'camera RAW',
};

const FORMAT_OF_EXTENSION: ReadonlyMap<string, Format> = new Map(
  (Object.keys(EXTENSIONS) as Format[]).flatMap((format) =>
    EXTENSIONS[format].map((extension) => [extension, format] as const),
  ),
);

const LONGEST_EXTENSION = 5;
const DOT = 0x2e;

/** A name's extension in lower case without the dot; empty where it has none that could be a picture's. */
export function extensionOf(name: Uint8Array): string {
  const dot = name.lastIndexOf(DOT);
  if (dot <= 0 || name.length - dot - 1 > LONGEST_EXTENSION) return '';
  let extension = '';
  for (let index = dot + 1; index < name.length; index += 1) {
    extension += String.fromCharCode(name[index] ?? 0);
  }
  return extension.toLowerCase();
}

/** The format an extension (lower case, no dot) stands for. */
export function formatOfExtension(extension: string): Format | null {
  return FORMAT_OF_EXTENSION.get(extension) ?? null;
}

/** Whether a file of this name, given as bytes, may be a picture. */
export function isCandidateName(name: Uint8Array): boolean {
  return FORMAT_OF_EXTENSION.has(extensionOf(name));
}

/** Whether the extension promises another format than the content has. */
export function isWrongExtension(name: Uint8Array, format: Format | null): boolean {
  return format !== null && formatOfExtension(extensionOf(name)) !== format;
}

/** Whether there is a decoder for it. */
export function isDecodable(format: Format): boolean {
  return DECODABLE.has(format);
}

/** What people call the format, for messages. */
export function formatTitle(format: Format): string {
  return TITLES[format];
}

/**
 * What a file is, by its content; null: no picture that we know. The extension (lower case, no dot) only
 * settles whether something shaped like a TIFF is a camera's RAW file, and whether a JPEG is a broken one.
 */
export function detectFormat(source: ByteSource, extension = ''): Format | null {
  const head = source.slice(0, 32);
  const text = head.toString('latin1');
  // Decoders forgive stray bytes after the first marker; from a name that says JPEG so do we.
  const saysJpeg = formatOfExtension(extension) === 'jpeg';
  if (text.startsWith('\xff\xd8\xff') || (saysJpeg && text.startsWith('\xff\xd8'))) return 'jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'gif';
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return 'webp';
  if (text.startsWith('ftyp', 4)) return formatOfBrands(source);
  if (text.startsWith('\xff\x0a') || text.startsWith('\0\0\0\x0cJXL \r\n\x87\n')) return 'jxl';
  if (text.startsWith('\0\0\0\x0cjP  \r\n\x87\n') || text.startsWith('\xff\x4f\xff\x51')) {
    return 'jp2';
  }
  if (text.startsWith('8BPS')) return 'psd';
  if (isOtherRaw(text)) return 'raw';
  if (/^(?:II[*+]\0|MM\0[*+])/.test(text)) {
    const hinted = formatOfExtension(extension) === 'raw';
    return cameraRawDirectory(source, hinted) ? 'raw' : 'tiff';
  }
  if (text.startsWith('BM') && isBitmapHeader(head)) return 'bmp';
  if (text.startsWith('\0\0\x01\0') && isIconHeader(head)) return 'ico';
  return isSvg(source) ? 'svg' : null;
}

/** RAW files that are no TIFFs, or TIFFs with a number of the maker's own in place of 42. */
function isOtherRaw(text: string): boolean {
  return (
    text.startsWith('FUJIFILMCCD-RAW') ||
    text.startsWith('IIU\0') ||
    /^(?:IIR[OS]|MMOR)/.test(text) ||
    text.startsWith('FOVb') ||
    text.startsWith('\0MRM') ||
    text.startsWith('HEAPCCDR', 6)
  );
}

function isBitmapHeader(head: Buffer): boolean {
  if (head.length < 26) return false;
  const headerBytes = head.readUInt32LE(14);
  return headerBytes >= 12 && headerBytes <= 256;
}

function isIconHeader(head: Buffer): boolean {
  return head.length >= 22 && head.readUInt16LE(4) > 0 && head[9] === 0;
}

/** ISO base media files name what they are in a list of four-letter brands. */
function formatOfBrands(source: ByteSource): Format | null {
  const sizeBytes = source.slice(0, 4);
  if (sizeBytes.length < 4) return null;
  const box = source.slice(8, Math.min(256, Math.max(0, sizeBytes.readUInt32BE(0) - 8)));
  const text = box.toString('latin1');
  const brands = [text.slice(0, 4)];
  for (let at = 8; at + 4 <= text.length; at += 4) brands.push(text.slice(at, at + 4));
  const [major = ''] = brands;
  if (major === 'crx ') return 'raw';
  if (major === 'avif' || major === 'avis') return 'avif';
  if (/^(?:hei[cmsx]|hev[cmsx])$/.test(major)) return 'heic';
  if (major !== 'mif1' && major !== 'msf1' && major !== 'miaf') return null;
  return brands.includes('avif') || brands.includes('avis') ? 'avif' : 'heic';
}

/** An XML text whose first element is `svg`. */
function isSvg(source: ByteSource): boolean {
  const text = source.slice(0, 4096).toString('latin1');
  if (!/^(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE\s|(?:\w+:)?svg[\s>])/i.test(text)) return false;
  if (/<html[\s>]/i.test(text)) return false;
  return /<(?:\w+:)?svg[\s>]/i.test(text) || /<!DOCTYPE\s+svg\b/i.test(text);
}
