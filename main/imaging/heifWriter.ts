/** Writes a HEIF file around one item, so that a decoder can be given a part of another file. */

export type LoneItem = {
  /** Four letters. */
  readonly type: string;
  readonly data: Buffer;
  /** Whole boxes, 127 at most, in the order in which they are applied. */
  readonly properties: readonly Buffer[];
};

/** A file that has nothing but this item. */
export function writeHeif({ type, data, properties }: LoneItem): Buffer {
  const brands = box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1'));
  const numbers = properties.map((_, index) => index + 1);
  const metaOf = (dataStart: number): Buffer =>
    fullBox(
      'meta',
      0,
      fullBox('hdlr', 0, long(0), Buffer.from('pict'), Buffer.alloc(13)),
      fullBox('pitm', 0, word(1)),
      fullBox(
        'iloc',
        0,
        // Offsets and lengths of four bytes; one item in one piece.
        Buffer.from([0x44, 0]),
        ...[1, 1, 0, 1].map(word),
        long(dataStart),
        long(data.length),
      ),
      fullBox('iinf', 0, word(1), fullBox('infe', 2, word(1), word(0), Buffer.from(`${type}\0`))),
      box(
        'iprp',
        box('ipco', ...properties),
        fullBox('ipma', 0, long(1), word(1), Buffer.from([numbers.length, ...numbers])),
      ),
    );
  const dataStart = brands.length + metaOf(0).length + 8;
  return Buffer.concat([brands, metaOf(dataStart), box('mdat', data)]);
}

function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([long(body.length + 8), Buffer.from(type, 'latin1'), body]);
}

function fullBox(type: string, version: number, ...parts: readonly Buffer[]): Buffer {
  return box(type, long(version * 0x1000000), ...parts);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
