/** JPEG XL. The decoder turns the picture as its own header says, and gives sRGB. */
import type { ByteSource } from '../byteSource.ts';
import { readOtherSize } from '../sizes.ts';
import { reserve } from './memory.ts';
import { createPicture } from './picture.ts';
import { createProgram } from './programs.ts';
import { readPart } from './reading.ts';
import { checkSize, UnpackError, type Unpacked } from './types.ts';

type RgbaPicture = {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
};

type JxlModule = { decode(bytes: Uint8Array): RgbaPicture | null };

const jxl = createProgram<JxlModule>({
  wasm: () => import.meta.resolve('@jsquash/jxl/codec/dec/jxl_dec.wasm'),
  load: async (options) => {
    // Made for browsers, it builds its result of a class that Node does not have.
    if (!Reflect.has(globalThis, 'ImageData')) Reflect.set(globalThis, 'ImageData', Rgba);
    const { default: load } = await import('@jsquash/jxl/codec/dec/jxl_dec.js');
    return (await load(options)) as JxlModule;
  },
});

class Rgba implements RgbaPicture {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;

  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}

/** What the decoder takes for a pixel beside the result: it works in floating point. */
const BYTES_PER_PIXEL = 36;

/** The first frame. */
export async function decodeJxl(source: ByteSource, side: number): Promise<Unpacked> {
  const size = readOtherSize(source, 'jxl');
  checkSize(size.width ?? 0, size.height ?? 0);
  // Asked first: to be stopped in the middle would cost as much as the whole.
  reserve((size.width ?? 0) * (size.height ?? 0) * BYTES_PER_PIXEL);
  return jxl.run((module) => {
    const decoded = module.decode(readPart(source, 0, source.sizeBytes));
    if (!decoded) throw new UnpackError('damaged', 'the picture in it cannot be read');
    const { data, width, height } = decoded;
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length);
    const picture = createPicture({ width, height, kind: 'rgb', hasAlpha: true, icc: null, side });
    for (let y = 0; y < height; y += 1) picture.addRow(y, bytes, y * width * 4);
    return { file: picture.finish(), damage: null };
  });
}
