/**
 * HEIF files written by hand around one HEVC tile: nothing that we depend on writes HEVC. The tile is 64 × 64
 * pixels, four squares of four colours; it was made once from such a PNG with
 * `heif-enc -q 50 -p chroma=420 -p preset=slow`, as were the whole files below.
 */

const TILE_CONFIGURATION =
  'AQNwAAAAAAAAAAAAHvAA/P34+AAADwMgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQCEAAQArQgEBA3AAAAMAkA' +
  'AAAwAAAwAeoCCBBZbqSSmubgQEDAgAAAMACAAAAwAIQCIAAQAHRAHBcrAiQA==';
const TILE = 'AAAAOCgBrxOA5TPAnf/0aKP/9kFzw6HXKr/+Ms5H9EfT/8j64R//o3ICP0ho9/TRUsl//kh5v8t1qRz8';

/** The same picture with ten bits a channel (`-b 10`). */
export const TEN_BIT_HEIC = Buffer.from(
  'AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAUBtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAA' +
    'AAAAAAAAAAAA5waXRtAAAAAAABAAAAImlsb2MAAAAAREAAAQABAAAAAAFkAAEAAAAAAAAAQAAAACNpaW5mAAAAAAAB' +
    'AAAAFWluZmUCAAAAAAEAAGh2YzEAAAAAwGlwcnAAAACiaXBjbwAAAHZodmNDAQQIAAAAAAAAAAAAHvAA/P36+gAADw' +
    'MgAAEAF0ABDAH//wQIAAADAJ24AAADAAAeugJAIQABACpCAQEECAAAAwCduAAAAwAAHqAggQTZbqSSmubgQEDAgAAA' +
    'AwCAAAADAIQiAAEAB0QBwXKwIkAAAAAUaXNwZQAAAAAAAABAAAAAQAAAABBwaXhpAAAAAAMKCgoAAAAWaXBtYQAAAA' +
    'AAAAABAAEDgQKDAAAASG1kYXQAAAA8KAGvCeAjNq3e8f1fX3//nC9aH3Y/0r//Xcw+/zfPv/+Jurv//8TCiA/wA3e/' +
    '2ImGbf/+UCtv9M06tL7Y',
  'base64',
);

/** The same picture, half transparent. */
export const TRANSPARENT_HEIC = Buffer.from(
  'AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAkVtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAA' +
    'AAAAAAAAAAAA5waXRtAAAAAAABAAAANGlsb2MAAAAAREAAAgABAAAAAAJpAAEAAAAAAAAAPAACAAAAAAKlAAEAAAAA' +
    'AAAAEQAAADhpaW5mAAAAAAACAAAAFWluZmUCAAAAAAEAAGh2YzEAAAAAFWluZmUCAAAAAAIAAGh2YzEAAAABhGlwcn' +
    'AAAAFfaXBjbwAAAHhodmNDAQNwAAAAAAAAAAAAHvAA/P34+AAADwMgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroC' +
    'QCEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbqSSmubgQEDAgAAAMACAAAAwAIQCIAAQAHRAHBcrAiQAAAABRpc3' +
    'BlAAAAAAAAAEAAAABAAAAAEHBpeGkAAAAAAwgICAAAAHJodmNDAQQIAAAAAAAAAAAAHvAA/Pz4+AAADwMgAAEAF0AB' +
    'DAH//wQIAAADAJ/4AAADAAAeugJAIQABACZCAQEECAAAAwCf+AAAAwAAHsCCBBZbqSSmubAgAAADACAAAAMAISIAAQ' +
    'AHRAHBcrAiQAAAABRpc3BlAAAAAAAAAEAAAABAAAAADnBpeGkAAAAAAQgAAAAnYXV4QwAAAAB1cm46bXBlZzpoZXZj' +
    'OjIwMTU6YXV4aWQ6MQAAAAAdaXBtYQAAAAAAAAACAAEDgQKDAAIEhAWGhwAAABppcmVmAAAAAAAAAA5hdXhsAAIAAQ' +
    'ABAAAAVW1kYXQAAAA4KAGvE4DlM8Cd//Roo//2QXPDodcqv/4yzkf0R9P/yPrhH/+jcgI/SGj39NFSyX/+SHm/y3Wp' +
    'HPwAAAANKAGuJ8P0Kf/sEF/xwA==',
  'base64',
);

/** Pixels of a tile's side. */
export const TILE_SIDE = 64;

export type HeifItem = {
  /** Four letters. */
  readonly type: string;
  readonly data: Buffer;
  readonly properties?: readonly Buffer[];
  /** Numbers of other items, from 1. */
  readonly references?: { readonly type: string; readonly to: readonly number[] };
  /** Only a part of another item. */
  readonly isHidden?: boolean;
};

/** A file of these items, whose numbers count from 1. */
export function heifFile(items: readonly HeifItem[], primary: number): Buffer {
  const properties: Buffer[] = [];
  const numberOf = (property: Buffer): number => {
    const found = properties.findIndex((one) => one.equals(property));
    return found >= 0 ? found + 1 : properties.push(property);
  };
  const associations = items.map(({ properties: own = [] }, index) =>
    Buffer.concat([word(index + 1), Buffer.from([own.length, ...own.map(numberOf)])]),
  );
  const brands = box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1'));
  const metaOf = (dataStart: number): Buffer => {
    let at = dataStart;
    const places = items.map(({ data }, index) => {
      const place = Buffer.concat([word(index + 1), word(0), word(1), long(at), long(data.length)]);
      at += data.length;
      return place;
    });
    const entries = items.map(({ type, isHidden = false }, index) =>
      fullBox('infe', 2, isHidden ? 1 : 0, word(index + 1), word(0), Buffer.from(`${type}\0`)),
    );
    const references = items.flatMap(({ references: of }, index) =>
      of ? [box(of.type, word(index + 1), word(of.to.length), ...of.to.map(word))] : [],
    );
    return fullBox(
      'meta',
      0,
      0,
      fullBox('hdlr', 0, 0, long(0), Buffer.from('pict'), Buffer.alloc(13)),
      fullBox('pitm', 0, 0, word(primary)),
      fullBox('iloc', 0, 0, Buffer.from([0x44, 0]), word(items.length), ...places),
      fullBox('iinf', 0, 0, word(items.length), ...entries),
      ...(references.length > 0 ? [fullBox('iref', 0, 0, ...references)] : []),
      box(
        'iprp',
        box('ipco', ...properties),
        fullBox('ipma', 0, 0, long(items.length), ...associations),
      ),
    );
  };
  const dataStart = brands.length + metaOf(0).length + 8;
  return Buffer.concat([brands, metaOf(dataStart), box('mdat', ...items.map(({ data }) => data))]);
}

/** The tile as an item. */
export function tile(more: readonly Buffer[] = [], isHidden = false): HeifItem {
  const properties = [
    box('hvcC', Buffer.from(TILE_CONFIGURATION, 'base64')),
    sizeProperty(TILE_SIDE, TILE_SIDE),
    ...more,
  ];
  return { type: 'hvc1', data: Buffer.from(TILE, 'base64'), properties, isHidden };
}

/** Items of a picture made of tiles; the last one is the whole, so it has the number of all of them. */
export function grid(
  columns: number,
  rows: number,
  more: readonly Buffer[] = [],
  size = { width: columns * TILE_SIDE, height: rows * TILE_SIDE },
): readonly HeifItem[] {
  const tiles = Array.from({ length: columns * rows }, () => tile([], true));
  return gridOf(tiles, columns, size, more);
}

/** The same of tiles of one's own, row by row; they count from 1. */
export function gridOf(
  tiles: readonly HeifItem[],
  columns: number,
  size: { readonly width: number; readonly height: number },
  more: readonly Buffer[] = [],
): readonly HeifItem[] {
  const data = Buffer.concat([
    Buffer.from([0, 1, tiles.length / columns - 1, columns - 1]),
    long(size.width),
    long(size.height),
  ]);
  const whole: HeifItem = {
    type: 'grid',
    data,
    properties: [sizeProperty(size.width, size.height), ...more],
    references: { type: 'dimg', to: tiles.map((_, index) => index + 1) },
  };
  return [...tiles, whole];
}

/** EXIF as an item, for the item numbered `of`. */
export function exifItem(tiff: Buffer, of: number): HeifItem {
  const data = Buffer.concat([long(0), tiff]);
  return { type: 'Exif', data, references: { type: 'cdsc', to: [of] } };
}

/** An item as the thumbnail of the one numbered `of`. */
export function asThumbnail(item: HeifItem, of: number): HeifItem {
  return { ...item, isHidden: true, references: { type: 'thmb', to: [of] } };
}

/** A JPEG as an item. */
export function jpegItem(
  jpeg: Buffer,
  size: { readonly width: number; readonly height: number },
  more: readonly Buffer[] = [],
): HeifItem {
  return { type: 'jpeg', data: jpeg, properties: [sizeProperty(size.width, size.height), ...more] };
}

/** `clap`: only this much of the middle is shown. */
export function middle(width: number, height: number): Buffer {
  return box('clap', ...[width, 1, height, 1, 0, 1, 0, 1].map(long));
}

/** `ispe`, as stored. */
export function sizeProperty(width: number, height: number): Buffer {
  return fullBox('ispe', 0, 0, long(width), long(height));
}

/** `irot`: quarter turns against the clock. */
export function rotation(quarterTurns: number): Buffer {
  return box('irot', Buffer.from([quarterTurns]));
}

/** `imir`: 0 turns upside down, 1 swaps left and right. */
export function mirror(axis: number): Buffer {
  return box('imir', Buffer.from([axis]));
}

/** `colr` with an ICC profile. */
export function profile(icc: Buffer): Buffer {
  return box('colr', Buffer.from('prof'), icc);
}

/** `colr` with numbers: BT.601 in the full range, with these primaries. */
export function primaries(value: number): Buffer {
  return box('colr', Buffer.from('nclx'), word(value), word(13), word(6), Buffer.from([0x80]));
}

/** A box of ISO/IEC 14496-12. */
export function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([long(body.length + 8), Buffer.from(type, 'latin1'), body]);
}

function fullBox(
  type: string,
  version: number,
  flags: number,
  ...parts: readonly Buffer[]
): Buffer {
  return box(type, long(version * 0x1000000 + flags), ...parts);
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
