/** JPEG 2000, in its own container or bare. Large pictures are read at a lower resolution of their own. */
import type { ByteSource } from '../byteSource.ts';
import { walkBoxes } from '../chunks.ts';
import { createPicture, shrinkFactor } from './picture.ts';
import { createProgram } from './programs.ts';
import { readPart } from './reading.ts';
import { checkSize, UnpackError, type Unpacked } from './types.ts';

type Jp2Decoder = {
  getEncodedBuffer(bytes: number): Uint8Array;
  decodeSubResolution(level: number, layer: number): void;
  getDecodedBuffer(): Uint8ClampedArray;
  getFrameInfo(): { bitsPerSample: number; componentCount: number };
  delete(): void;
};

type Jp2Module = { readonly J2KDecoder: new () => Jp2Decoder };

const openjpeg = createProgram<Jp2Module>({
  wasm: () => import.meta.resolve('@cornerstonejs/codec-openjpeg/decodewasm'),
  load: async (options) => {
    const { default: load } = await import('@cornerstonejs/codec-openjpeg/decodewasmjs');
    return (await load(options)) as Jp2Module;
  },
});

const SOC_SIZ = 0xff4fff51;
const MARKER_COD = 0xff52;
const MARKER_SOT = 0xff90;
/** All layers of quality. */
const EVERY_LAYER = 0;
const MAX_MARKERS = 1000;
const ICC_METHODS = [2, 3];
const MAX_PROFILE_BYTES = 4 * 1024 * 1024;

type Codestream = {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  readonly bits: number;
  /** How often the picture can be halved. */
  readonly levels: number;
};

/** The picture. Kinds that the decoder gets wrong are refused by name. */
export async function decodeJp2(source: ByteSource, side: number): Promise<Unpacked> {
  const { start, icc } = readContainer(source);
  const stream = readCodestream(source, start);
  checkSize(stream.width, stream.height);
  const isPalette = hasPalette(source);
  if (stream.components === 2) {
    throw new UnpackError('unsupported', 'grey JPEG 2000 with transparency');
  }
  if (stream.bits > 8 && stream.components > 1) {
    throw new UnpackError('unsupported', `JPEG 2000 with ${stream.bits} bits a channel`);
  }
  const factor = shrinkFactor(stream.width, stream.height, side);
  const level = Math.min(stream.levels, Math.floor(Math.log2(factor)));
  return openjpeg.run((module, said) => {
    const decoder = new module.J2KDecoder();
    try {
      const bytes = readPart(source, 0, source.sizeBytes);
      decoder.getEncodedBuffer(bytes.length).set(bytes);
      decoder.decodeSubResolution(level, EVERY_LAYER);
      const { bitsPerSample, componentCount } = decoder.getFrameInfo();
      const width = halved(stream.width, level);
      const height = halved(stream.height, level);
      const data = decoder.getDecodedBuffer();
      const sampleBytes = Math.ceil(bitsPerSample / 8);
      // Palettes and CMYK become RGB on the way.
      const isMeant =
        isPalette ||
        componentCount === Math.min(stream.components, 4) ||
        (stream.components === 4 && componentCount === 3);
      // It tells of a failure in print only, and leaves its numbers as they were.
      const isWhole =
        data.length > 0 && data.length >= width * height * componentCount * sampleBytes;
      const complaint = /^\[?ERROR\]?:?\s*(.*)/i.exec(said())?.[1];
      if (complaint !== undefined || !isMeant || !isWhole) {
        throw new UnpackError('damaged', complaint || 'the picture in it cannot be read');
      }
      const kind = componentCount === 1 ? 'grey' : 'rgb';
      const picture = createPicture({ width, height, kind, icc, side });
      const row = new Uint8Array(width * (kind === 'grey' ? 1 : 3));
      for (let y = 0; y < height; y += 1) {
        takeRow(data, y * width * componentCount * sampleBytes, bitsPerSample, row);
        picture.addRow(y, row, 0);
      }
      return { file: picture.finish(), damage: null };
    } finally {
      decoder.delete();
    }
  });
}

/** Rows start where all components would; the pixels in them are packed. */
function takeRow(data: Uint8ClampedArray, start: number, bits: number, row: Uint8Array): void {
  if (bits === 8) {
    row.set(data.subarray(start, start + row.length));
    return;
  }
  const most = 2 ** bits - 1;
  for (let index = 0; index < row.length; index += 1) {
    const value =
      bits > 8
        ? (data[start + 2 * index] ?? 0) + 256 * (data[start + 2 * index + 1] ?? 0)
        : (data[start + index] ?? 0);
    row[index] = (value * 255) / most;
  }
}

function halved(side: number, times: number): number {
  let rest = side;
  for (let time = 0; time < times; time += 1) rest = Math.ceil(rest / 2);
  return rest;
}

/** Where the codestream starts, and the profile that the container has for it. */
function readContainer(source: ByteSource): { start: number; icc: Buffer | null } {
  const head = source.slice(0, 4);
  if (head.length === 4 && head.readUInt32BE(0) === SOC_SIZ) return { start: 0, icc: null };
  const boxes = walkBoxes(source, 0, source.sizeBytes);
  const stream = boxes.find((box) => box.type === 'jp2c');
  if (!stream) {
    // A box that claims to go on after the end of the file is none for the walk.
    const rest = boxes.at(-1)?.end ?? 0;
    if (source.slice(rest + 4, 4).toString('latin1') !== 'jp2c') {
      throw new UnpackError('damaged', 'there is no picture in it');
    }
    return { start: rest + 8, icc: null };
  }
  return { start: stream.bodyStart, icc: readProfile(source) };
}

function headerBoxes(source: ByteSource): ReturnType<typeof walkBoxes> {
  const header = walkBoxes(source, 0, source.sizeBytes).find((box) => box.type === 'jp2h');
  return header ? walkBoxes(source, header.bodyStart, header.end) : [];
}

function hasPalette(source: ByteSource): boolean {
  return headerBoxes(source).some((box) => box.type === 'pclr');
}

function readProfile(source: ByteSource): Buffer | null {
  const colour = headerBoxes(source).find((box) => box.type === 'colr');
  if (!colour || colour.bodyBytes < 128 || colour.bodyBytes > MAX_PROFILE_BYTES) return null;
  const body = readPart(source, colour.bodyStart, colour.bodyBytes);
  return ICC_METHODS.includes(body[0] ?? 0) ? body.subarray(3) : null;
}

/** What the codestream's main header says of the picture. */
function readCodestream(source: ByteSource, start: number): Codestream {
  const size = Buffer.from(source.slice(start, 46));
  if (size.length < 43 || size.readUInt32BE(0) !== SOC_SIZ) {
    throw new UnpackError('damaged', 'its header is cut off');
  }
  if (size.readUInt32BE(16) !== 0 || size.readUInt32BE(20) !== 0) {
    throw new UnpackError('unsupported', 'JPEG 2000 that is a part of a larger picture');
  }
  let levels = 0;
  let at = start + 4 + size.readUInt16BE(4);
  for (let marker = 0; marker < MAX_MARKERS; marker += 1) {
    const head = source.slice(at, 12);
    if (head.length < 12 || head.readUInt16BE(0) === MARKER_SOT) break;
    if (head.readUInt16BE(0) === MARKER_COD) levels = head[9] ?? 0;
    at += 2 + head.readUInt16BE(2);
  }
  return {
    width: size.readUInt32BE(8),
    height: size.readUInt32BE(12),
    components: size.readUInt16BE(40),
    bits: ((size[42] ?? 7) & 0x7f) + 1,
    levels: Math.min(levels, 32),
  };
}
