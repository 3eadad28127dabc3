/** Camera RAW files made byte by byte: real structures around whatever pictures a test gives them. */

/** A directory's entry: tag, type number, value. */
export type Entry = readonly [tag: number, type: 1 | 2 | 3 | 4 | 5 | 7 | 13, value: Value];
/** Numbers, a text, bytes, directories (their offsets), or bytes elsewhere (their offset). */
export type Value =
  | readonly number[]
  | string
  | Buffer
  | { readonly directories: readonly Directory[] }
  | { readonly elsewhere: Buffer };
export type Directory = readonly Entry[];

export type TiffOptions = {
  readonly bigEndian?: boolean;
  /** In place of 42, or as four bytes at the front. */
  readonly magic?: number;
  /** Behind the header, as in Canon's files. */
  readonly mark?: string;
};

const SIZES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 13: 4 };

/** A TIFF of a chain of directories. */
export function tiffFile(chain: readonly Directory[], options: TiffOptions = {}): Buffer {
  const big = options.bigEndian ?? false;
  const parts: Buffer[] = [];
  let length = 0;
  const add = (bytes: Buffer): number => {
    const offset = length;
    const padded = Buffer.concat([bytes, Buffer.alloc(bytes.length & 1)]);
    parts.push(padded);
    length += padded.length;
    return offset;
  };
  const numbers = (values: readonly number[], type: number): Buffer => {
    const bytes = Buffer.alloc(values.length * (SIZES[type] ?? 1));
    for (const [index, value] of values.entries()) {
      if (type === 3) bytes[big ? 'writeUInt16BE' : 'writeUInt16LE'](value, index * 2);
      else if (type === 5) {
        bytes[big ? 'writeUInt32BE' : 'writeUInt32LE'](Math.round(value * 1000), index * 8);
        bytes[big ? 'writeUInt32BE' : 'writeUInt32LE'](1000, index * 8 + 4);
      } else if (type === 4 || type === 13) {
        bytes[big ? 'writeUInt32BE' : 'writeUInt32LE'](value, index * 4);
      } else bytes.writeUInt8(value, index);
    }
    return bytes;
  };
  const valueBytes = (type: number, value: Value): Buffer => {
    if (typeof value === 'string') return Buffer.from(`${value}\0`, 'utf8');
    if (Buffer.isBuffer(value)) return value;
    if ('elsewhere' in value) return numbers([add(value.elsewhere)], 4);
    if ('directories' in value) {
      return numbers(
        value.directories.map((directory) => place(directory, 0)),
        4,
      );
    }
    return numbers(value as readonly number[], type);
  };
  /** Later directories first, so that every offset is known when it is written. */
  const place = (directory: Directory, next: number): number => {
    const body = Buffer.alloc(2 + directory.length * 12 + 4);
    body[big ? 'writeUInt16BE' : 'writeUInt16LE'](directory.length, 0);
    const sorted = [...directory].sort(([one], [other]) => one - other);
    for (const [index, [tag, type, value]] of sorted.entries()) {
      const at = 2 + index * 12;
      const bytes = valueBytes(type, value);
      const count = bytes.length / (SIZES[type] ?? 1);
      body[big ? 'writeUInt16BE' : 'writeUInt16LE'](tag, at);
      body[big ? 'writeUInt16BE' : 'writeUInt16LE'](type, at + 2);
      body[big ? 'writeUInt32BE' : 'writeUInt32LE'](count, at + 4);
      if (bytes.length <= 4) bytes.copy(body, at + 8);
      else body[big ? 'writeUInt32BE' : 'writeUInt32LE'](add(bytes), at + 8);
    }
    body[big ? 'writeUInt32BE' : 'writeUInt32LE'](next, 2 + sorted.length * 12);
    return add(body);
  };
  const header = Buffer.alloc(8 + (options.mark?.length ?? 0));
  header.write(big ? 'MM' : 'II', 'latin1');
  header[big ? 'writeUInt16BE' : 'writeUInt16LE'](options.magic ?? 42, 2);
  header.write(options.mark ?? '', 8, 'latin1');
  add(header);
  let first = 0;
  for (const directory of [...chain].reverse()) first = place(directory, first);
  header[big ? 'writeUInt32BE' : 'writeUInt32LE'](first, 4);
  const [start] = parts;
  if (start) header.copy(start);
  return Buffer.concat(parts);
}

/** A picture's entry pair in a directory. */
export function jpegEntries(jpeg: Buffer): Directory {
  return [
    [0x0201, 4, { elsewhere: jpeg }],
    [0x0202, 4, [jpeg.length]],
  ];
}

export type CameraRaw = {
  readonly orientation?: number;
  readonly make?: string;
  readonly model?: string;
  /** `YYYY:MM:DD HH:MM:SS`. */
  readonly takenAt?: string;
  /** Of the sensor. */
  readonly width: number;
  readonly height: number;
  /** Each in a directory of its own. */
  readonly jpegs: readonly Buffer[];
  /** Stands for what the sensor saw. */
  readonly sensorBytes?: number;
};

/** A NEF: the first directory is a thumbnail's, the pictures and the sensor's data are below it. */
export function nefFile(raw: CameraRaw): Buffer {
  const sensor: Directory = [
    [0x00fe, 4, [0]],
    [0x0100, 4, [raw.width]],
    [0x0101, 4, [raw.height]],
    [0x0103, 3, [34713]],
    [0x0106, 3, [32803]],
    [0x0111, 4, { elsewhere: sensorData(raw.sensorBytes ?? raw.width * raw.height) }],
    [0x0117, 4, [raw.sensorBytes ?? raw.width * raw.height]],
  ];
  const pictures = raw.jpegs.map((jpeg): Directory => [[0x00fe, 4, [1]], ...jpegEntries(jpeg)]);
  return tiffFile([
    [
      [0x00fe, 4, [1]],
      [0x0100, 4, [160]],
      [0x0101, 4, [120]],
      [0x010f, 2, raw.make ?? 'NIKON CORPORATION'],
      [0x0110, 2, raw.model ?? 'NIKON D800'],
      [0x0112, 3, [raw.orientation ?? 1]],
      [0x014a, 4, { directories: [...pictures, sensor] }],
      [0x8769, 4, { directories: [[[0x9003, 2, raw.takenAt ?? '2012:05:06 07:08:09']]] }],
    ],
  ]);
}

/** Bytes that no compression makes smaller, the same every time. */
function sensorData(bytes: number): Buffer {
  const data = Buffer.alloc(bytes);
  let state = 1;
  for (let at = 0; at + 4 <= bytes; at += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data.writeUInt32LE(state, at);
  }
  return data;
}

/** An ISO box. */
export function box(type: string, ...bodies: readonly Buffer[]): Buffer {
  const body = Buffer.concat(bodies);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** A CR3: a thumbnail, a preview and the whole picture, each in its own way. */
export function cr3File(raw: {
  readonly thumbnail: Buffer;
  readonly preview: Buffer;
  readonly whole: Buffer;
  readonly orientation?: number;
}): Buffer {
  const file = tiffFile([
    [
      [0x0100, 4, [6000]],
      [0x0101, 4, [4000]],
      [0x010f, 2, 'Canon'],
      [0x0110, 2, 'Canon EOS R6'],
      [0x0112, 3, [raw.orientation ?? 1]],
    ],
  ]);
  const own = tiffFile([[[0x9003, 2, '2021:02:03 04:05:06']]]);
  const canon = box(
    'uuid',
    Buffer.from('85c0b687820f11e08111f4ce462b6a48', 'hex'),
    box('CMT1', file),
    box('CMT2', own),
    box('THMB', Buffer.alloc(16), raw.thumbnail),
  );
  const sizes = Buffer.alloc(16);
  sizes.writeUInt32BE(1, 8);
  sizes.writeUInt32BE(raw.whole.length, 12);
  const start = box('ftyp', Buffer.from('crx \0\0\0\x01crx isom', 'latin1'));
  const preview = box(
    'uuid',
    Buffer.from('eaf42b5e1c984b88b9fbb7dc406e4d16', 'hex'),
    Buffer.alloc(8),
    box('PRVW', Buffer.alloc(16), raw.preview),
  );
  const moov = (offset: number): Buffer => {
    const place = Buffer.alloc(16);
    place.writeUInt32BE(1, 4);
    place.writeBigUInt64BE(BigInt(offset), 8);
    const tables = box('stbl', box('stsz', sizes), box('co64', place));
    return box('moov', canon, box('trak', box('mdia', box('minf', tables))));
  };
  const before = start.length + moov(0).length + preview.length + 8;
  return Buffer.concat([start, moov(before), preview, box('mdat', raw.whole)]);
}

/** A RAF: the whole picture as a JPEG with EXIF of its own behind a header. */
export function rafFile(jpeg: Buffer): Buffer {
  const head = Buffer.alloc(160);
  head.write('FUJIFILMCCD-RAW 0201FF389501X-T5', 'latin1');
  head.writeUInt32BE(head.length, 84);
  head.writeUInt32BE(jpeg.length, 88);
  return Buffer.concat([head, jpeg]);
}
