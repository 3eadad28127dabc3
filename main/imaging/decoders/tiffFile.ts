/** A TIFF in memory: the one way to hand libvips raw pixels together with a profile, or in CMYK. */

/** How the bytes of a pixel are meant. */
export type PixelKind = 'grey' | 'rgb' | 'cmyk';

export type TiffFile = {
  readonly file: Buffer;
  /** The part of `file` that holds the pixels, row by row. */
  readonly pixels: Buffer;
};

const CHANNELS: Readonly<Record<PixelKind, number>> = { grey: 1, rgb: 3, cmyk: 4 };
const PHOTOMETRIC: Readonly<Record<PixelKind, number>> = { grey: 1, rgb: 2, cmyk: 5 };
/** What nothing was written to: white. */
const EMPTY: Readonly<Record<PixelKind, number>> = { grey: 255, rgb: 255, cmyk: 0 };
/** libvips reads a strip at a time. */
const STRIP_BYTES = 1_000_000;
const SHORT = 3;
const LONG = 4;
const UNDEFINED = 7;
const VALUE_BYTES: Readonly<Record<number, number>> = { [SHORT]: 2, [LONG]: 4, [UNDEFINED]: 1 };

type Entry = { readonly tag: number; readonly type: number; readonly values: readonly number[] };

/** Bytes of a pixel. */
export function channelsOf(kind: PixelKind): number {
  return CHANNELS[kind];
}

/** An uncompressed TIFF of eight bits a channel, its pixels still to be filled in. */
export function createTiff(
  width: number,
  height: number,
  kind: PixelKind,
  icc: Buffer | null,
): TiffFile {
  const rowBytes = width * CHANNELS[kind];
  const stripRows = Math.min(height, Math.max(1, Math.floor(STRIP_BYTES / rowBytes)));
  const strips = Math.ceil(height / stripRows);
  const entries = (offsets: readonly number[], iccStart: number): Entry[] => [
    { tag: 256, type: LONG, values: [width] },
    { tag: 257, type: LONG, values: [height] },
    { tag: 258, type: SHORT, values: Array.from({ length: CHANNELS[kind] }, () => 8) },
    { tag: 259, type: SHORT, values: [1] },
    { tag: 262, type: SHORT, values: [PHOTOMETRIC[kind]] },
    { tag: 273, type: LONG, values: offsets },
    { tag: 277, type: SHORT, values: [CHANNELS[kind]] },
    { tag: 278, type: LONG, values: [stripRows] },
    {
      tag: 279,
      type: LONG,
      values: offsets.map((_, strip) => Math.min(stripRows, height - strip * stripRows) * rowBytes),
    },
    ...(icc ? [{ tag: 34675, type: UNDEFINED, values: [iccStart] }] : []),
  ];
  const draft = entries(
    Array.from({ length: strips }, () => 0),
    0,
  );
  const iccStart = directoryEnd(draft);
  const pixelStart = (iccStart + (icc?.length ?? 0) + 15) & ~15;
  const file = Buffer.allocUnsafeSlow(pixelStart + rowBytes * height);
  file.fill(0, 0, pixelStart);
  file.fill(EMPTY[kind], pixelStart);
  const offsets = Array.from(
    { length: strips },
    (_, strip) => pixelStart + strip * stripRows * rowBytes,
  );
  writeDirectory(file, entries(offsets, iccStart), icc?.length ?? 0);
  icc?.copy(file, iccStart);
  return { file, pixels: file.subarray(pixelStart) };
}

const HEADER_BYTES = 8;

function directoryEnd(entries: readonly Entry[]): number {
  const table = HEADER_BYTES + 2 + entries.length * 12 + 4;
  return entries.reduce((end, entry) => end + outsideBytes(entry), table);
}

/** Bytes of values that do not fit into the directory. */
function outsideBytes({ type, values }: Entry): number {
  const bytes = values.length * (VALUE_BYTES[type] ?? 1);
  return bytes > 4 ? bytes : 0;
}

function writeDirectory(file: Buffer, entries: readonly Entry[], iccBytes: number): void {
  file.write('II', 0, 'latin1');
  file.writeUInt16LE(42, 2);
  file.writeUInt32LE(HEADER_BYTES, 4);
  file.writeUInt16LE(entries.length, HEADER_BYTES);
  let outside = HEADER_BYTES + 2 + entries.length * 12 + 4;
  entries.forEach((entry, index) => {
    const at = HEADER_BYTES + 2 + index * 12;
    file.writeUInt16LE(entry.tag, at);
    file.writeUInt16LE(entry.type, at + 2);
    file.writeUInt32LE(entry.type === UNDEFINED ? iccBytes : entry.values.length, at + 4);
    const bytes = outsideBytes(entry);
    let to = at + 8;
    if (bytes > 0) {
      file.writeUInt32LE(outside, to);
      to = outside;
      outside += bytes;
    }
    for (const value of entry.values) {
      if (entry.type === SHORT) to = file.writeUInt16LE(value, to);
      else to = file.writeUInt32LE(value, to);
    }
  });
}
