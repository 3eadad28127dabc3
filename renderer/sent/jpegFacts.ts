/** What a JPEG says of itself: read from its own bytes, so that what is told of it is what is in it. */
export type JpegFacts = {
  readonly sizeBytes: number;
  /** Pixels; null where the file is no JPEG that is understood. */
  readonly width: number | null;
  readonly height: number | null;
  /** 1..100 as encoders of the usual kind count; null where its tables are not theirs. */
  readonly quality: number | null;
  /** Names of what is in it besides pixels: `EXIF`, `XMP`, `ICC`, `IPTC`, `comment`, `APP7`. */
  readonly metadata: readonly string[];
};

const START_OF_SCAN = 0xda;
const QUANTIZATION = 0xdb;
const COMMENT = 0xfe;

/** Table K.1 of ITU T.81, in zigzag order: what every quality of the usual encoders is scaled from. */
const LUMINANCE = [
  16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37,
  29, 40, 58, 51, 61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87,
  95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
];

/** Reads the parts of a JPEG before its pixels. */
export function jpegFacts(bytes: Uint8Array): JpegFacts {
  const metadata = new Set<string>();
  let size: { readonly width: number; readonly height: number } | null = null;
  let quality: number | null = null;
  for (const { marker, body } of segments(bytes)) {
    const name = metadataName(marker, body);
    if (name !== null) metadata.add(name);
    if (isFrame(marker) && body.length >= 5) {
      size = { height: pair(body, 1), width: pair(body, 3) };
    }
    if (marker === QUANTIZATION && quality === null) quality = qualityOf(body);
  }
  return {
    sizeBytes: bytes.length,
    width: size?.width ?? null,
    height: size?.height ?? null,
    quality,
    metadata: [...metadata],
  };
}

type Segment = { readonly marker: number; readonly body: Uint8Array };

function* segments(bytes: Uint8Array): Generator<Segment, void, void> {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return;
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    const length = pair(bytes, at + 2);
    if (marker === START_OF_SCAN || length < 2) return;
    yield { marker, body: bytes.subarray(at + 4, at + 2 + length) };
    at += 2 + length;
  }
}

/** Null for what belongs to every JPEG: tables, JFIF, Adobe's note of the colour transform. */
function metadataName(marker: number, body: Uint8Array): string | null {
  if (marker === COMMENT) return 'comment';
  if (marker < 0xe0 || marker > 0xef) return null;
  const start = String.fromCharCode(...body.subarray(0, 28));
  if (start.startsWith('JFIF') || start.startsWith('Adobe')) return null;
  if (start.startsWith('Exif')) return 'EXIF';
  if (start.startsWith('http://ns.adobe.com/')) return 'XMP';
  if (start.startsWith('ICC_PROFILE')) return 'ICC';
  if (start.startsWith('Photoshop')) return 'IPTC';
  return `APP${marker - 0xe0}`;
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** The quality whose scaled table is nearest to this one; null when none is near. */
function qualityOf(body: Uint8Array): number | null {
  // The first table of the file is the one of brightness, of eight bits in all but scientific pictures.
  if (body[0] !== 0 || body.length < 65) return null;
  let best: { readonly quality: number; readonly distance: number } | null = null;
  for (let quality = 1; quality <= 100; quality += 1) {
    const scale = quality < 50 ? 5000 / quality : 200 - quality * 2;
    const distance = LUMINANCE.reduce((sum, value, index) => {
      const scaled = Math.min(255, Math.max(1, Math.floor((value * scale + 50) / 100)));
      return sum + Math.abs(scaled - (body[index + 1] ?? 0));
    }, 0);
    if (best === null || distance < best.distance) best = { quality, distance };
  }
  return best !== null && best.distance <= LUMINANCE.length ? best.quality : null;
}

function pair(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
