/** The EXIF segment of a JPEG as a camera writes it, with its little thumbnail: sharp writes none. */

export type ExifFacts = {
  readonly make: string;
  readonly model: string;
  readonly lens: string;
  /** `YYYY:MM:DD HH:MM:SS`. */
  readonly date: string;
  /** `+02:00`. */
  readonly offset: string;
  /** 1..8. */
  readonly orientation: number;
  readonly iso: number;
  /** Seconds, as a fraction. */
  readonly exposure: readonly [number, number];
  readonly fNumber: readonly [number, number];
  readonly focalLength: readonly [number, number];
  /** Decimal degrees. */
  readonly place: { readonly latitude: number; readonly longitude: number } | null;
  /** A JPEG of 160 pixels. */
  readonly thumbnail: Uint8Array | null;
};

const ASCII = 2;
const SHORT = 3;
const LONG = 4;
const RATIONAL = 5;
const TIFF_HEADER_BYTES = 8;

type Entry = {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly data: Buffer;
};

/** Puts an APP1 segment behind the first marker of a JPEG that has none. */
export function withExif(jpeg: Uint8Array, facts: ExifFacts): Buffer {
  const tiff = buildTiff(facts);
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xffe1, 0);
  head.writeUInt16BE(tiff.length + 8, 2);
  const name = Buffer.from('Exif\0\0', 'latin1');
  return Buffer.concat([jpeg.subarray(0, 2), head, name, tiff, jpeg.subarray(2)]);
}

function buildTiff(facts: ExifFacts): Buffer {
  const camera = [
    short(0x8827, facts.iso),
    rationals(0x829a, [facts.exposure]),
    rationals(0x829d, [facts.fNumber]),
    ascii(0x9003, facts.date),
    ascii(0x9004, facts.date),
    ascii(0x9011, facts.offset),
    rationals(0x920a, [facts.focalLength]),
    ascii(0xa434, facts.lens),
  ];
  const place = facts.place === null ? null : placeEntries(facts.place);
  const main = (cameraAt: number, placeAt: number): Entry[] => [
    ascii(0x010f, facts.make),
    ascii(0x0110, facts.model),
    short(0x0112, facts.orientation),
    ascii(0x0132, facts.date),
    long(0x8769, cameraAt),
    ...(place ? [long(0x8825, placeAt)] : []),
  ];
  // Where each directory lies depends only on the sizes before it.
  const cameraAt = TIFF_HEADER_BYTES + sizeOf(main(0, 0));
  const placeAt = cameraAt + sizeOf(camera);
  const thumbnailAt = placeAt + (place ? sizeOf(place) : 0);
  const { thumbnail } = facts;
  const small = (at: number): Entry[] => [
    short(0x0103, 6),
    long(0x0201, at),
    long(0x0202, thumbnail?.length ?? 0),
  ];
  const header = Buffer.from([0x49, 0x49, 42, 0, TIFF_HEADER_BYTES, 0, 0, 0]);
  return Buffer.concat([
    header,
    directory(main(cameraAt, placeAt), TIFF_HEADER_BYTES, thumbnail ? thumbnailAt : 0),
    directory(camera, cameraAt, 0),
    ...(place ? [directory(place, placeAt, 0)] : []),
    ...(thumbnail
      ? [directory(small(thumbnailAt + sizeOf(small(0))), thumbnailAt, 0), thumbnail]
      : []),
  ]);
}

function placeEntries(place: { latitude: number; longitude: number }): Entry[] {
  return [
    ascii(0x0001, place.latitude < 0 ? 'S' : 'N'),
    rationals(0x0002, degrees(place.latitude)),
    ascii(0x0003, place.longitude < 0 ? 'W' : 'E'),
    rationals(0x0004, degrees(place.longitude)),
  ];
}

function degrees(value: number): [number, number][] {
  const seconds = Math.round(Math.abs(value) * 360_000);
  return [
    [Math.floor(seconds / 360_000), 1],
    [Math.floor((seconds % 360_000) / 6000), 1],
    [seconds % 6000, 100],
  ];
}

function sizeOf(entries: readonly Entry[]): number {
  const outside = entries.reduce((total, { data }) => total + outsideBytes(data), 0);
  return 2 + entries.length * 12 + 4 + outside;
}

/** Values of more than four bytes lie behind the directory, at even places. */
function outsideBytes(data: Buffer): number {
  return data.length <= 4 ? 0 : data.length + (data.length % 2);
}

function directory(entries: readonly Entry[], at: number, nextAt: number): Buffer {
  const buffer = Buffer.alloc(sizeOf(entries));
  buffer.writeUInt16LE(entries.length, 0);
  let outside = 2 + entries.length * 12 + 4;
  entries.forEach(({ tag, type, count, data }, index) => {
    const place = 2 + index * 12;
    buffer.writeUInt16LE(tag, place);
    buffer.writeUInt16LE(type, place + 2);
    buffer.writeUInt32LE(count, place + 4);
    if (data.length <= 4) data.copy(buffer, place + 8);
    else {
      buffer.writeUInt32LE(at + outside, place + 8);
      data.copy(buffer, outside);
      outside += outsideBytes(data);
    }
  });
  buffer.writeUInt32LE(nextAt, 2 + entries.length * 12);
  return buffer;
}

function ascii(tag: number, text: string): Entry {
  const data = Buffer.from(`${text}\0`, 'latin1');
  return { tag, type: ASCII, count: data.length, data };
}

function short(tag: number, value: number): Entry {
  const data = Buffer.alloc(2);
  data.writeUInt16LE(value);
  return { tag, type: SHORT, count: 1, data };
}

function long(tag: number, value: number): Entry {
  const data = Buffer.alloc(4);
  data.writeUInt32LE(value);
  return { tag, type: LONG, count: 1, data };
}

function rationals(tag: number, values: readonly (readonly [number, number])[]): Entry {
  const data = Buffer.alloc(values.length * 8);
  values.forEach(([over, under], index) => {
    data.writeUInt32LE(over, index * 8);
    data.writeUInt32LE(under, index * 8 + 4);
  });
  return { tag, type: RATIONAL, count: values.length, data };
}
