/**
 * Encodes a placeholder as the thumbhash package does, byte for byte, for opaque pictures of one size
 * after the other: its own encoder takes the same cosines anew for every term and leaves 200 KB a picture
 * to the garbage collector.
 */

/** Terms of the luminance along the longer side. */
const LUMINANCE_TERMS = 7;
/** Terms of either colour difference, both ways. */
const COLOUR_TERMS = 3;
const HEADER_BYTES = 5;

/** Longest side of a picture. */
export const THUMB_HASH_MAX_SIDE = 100;

const MAX_PIXELS = THUMB_HASH_MAX_SIDE * THUMB_HASH_MAX_SIDE;
const luminance = new Float64Array(MAX_PIXELS);
const yellowBlue = new Float64Array(MAX_PIXELS);
const redGreen = new Float64Array(MAX_PIXELS);
const terms = new Float64Array(LUMINANCE_TERMS * LUMINANCE_TERMS);
const cosinesBySize = new Map<number, Float64Array>();

type Channel = {
  readonly constant: number;
  readonly scale: number;
  /** Varying terms, each 0..1. */
  readonly varying: Float64Array;
};

/** `data` holds three bytes a pixel, row by row; no side may be longer than `THUMB_HASH_MAX_SIDE`. */
export function encodeThumbHash(picture: {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}): Uint8Array {
  const { data, width, height } = picture;
  let from = 0;
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const red = (1 / 255) * (data[from] as number);
    const green = (1 / 255) * (data[from + 1] as number);
    const blue = (1 / 255) * (data[from + 2] as number);
    luminance[pixel] = (red + green + blue) / 3;
    yellowBlue[pixel] = (red + green) / 2 - blue;
    redGreen[pixel] = red - green;
    from += 3;
  }
  const long = Math.max(width, height);
  const across = Math.max(1, Math.round((LUMINANCE_TERMS * width) / long));
  const down = Math.max(1, Math.round((LUMINANCE_TERMS * height) / long));
  const l = encodeChannel(luminance, width, height, Math.max(3, across), Math.max(3, down));
  const p = encodeChannel(yellowBlue, width, height, COLOUR_TERMS, COLOUR_TERMS);
  const q = encodeChannel(redGreen, width, height, COLOUR_TERMS, COLOUR_TERMS);

  const isLandscape = width > height;
  const header =
    Math.round(63 * l.constant) |
    (Math.round(31.5 + 31.5 * p.constant) << 6) |
    (Math.round(31.5 + 31.5 * q.constant) << 12) |
    (Math.round(31 * l.scale) << 18);
  const shape =
    (isLandscape ? down : across) |
    (Math.round(63 * p.scale) << 3) |
    (Math.round(63 * q.scale) << 9) |
    (isLandscape ? 1 << 15 : 0);
  const count = l.varying.length + p.varying.length + q.varying.length;
  const hash = new Uint8Array(HEADER_BYTES + Math.ceil(count / 2));
  hash.set([header, header >> 8, header >> 16, shape, shape >> 8]);
  let index = 0;
  for (const { varying } of [l, p, q]) {
    for (const term of varying) {
      (hash[HEADER_BYTES + (index >> 1)] as number) |= Math.round(15 * term) << ((index & 1) << 2);
      index += 1;
    }
  }
  return hash;
}

/** The low terms of a discrete cosine transform, those in the corner below the diagonal. */
function encodeChannel(
  channel: Float64Array,
  width: number,
  height: number,
  across: number,
  down: number,
): Channel {
  const columns = cosinesOf(width);
  const rows = cosinesOf(height);
  let count = 0;
  let scale = 0;
  for (let cy = 0; cy < down; cy += 1) {
    for (let cx = 0; cx * down < across * (down - cy); cx += 1) {
      let sum = 0;
      let pixel = 0;
      for (let y = 0; y < height; y += 1) {
        const row = rows[cy * height + y] as number;
        for (let x = 0; x < width; x += 1) {
          sum += (channel[pixel] as number) * (columns[cx * width + x] as number) * row;
          pixel += 1;
        }
      }
      const term = sum / (width * height);
      terms[count] = term;
      if (count > 0) scale = Math.max(scale, Math.abs(term));
      count += 1;
    }
  }
  const varying = terms.slice(1, count);
  if (scale > 0) {
    for (let index = 0; index < varying.length; index += 1) {
      varying[index] = 0.5 + (0.5 / scale) * (varying[index] as number);
    }
  }
  return { constant: terms[0] as number, scale, varying };
}

/** Cosines of every term along a side of `size` pixels, term by term. */
function cosinesOf(size: number): Float64Array {
  const known = cosinesBySize.get(size);
  if (known) return known;
  const cosines = new Float64Array(LUMINANCE_TERMS * size);
  for (let term = 0; term < LUMINANCE_TERMS; term += 1) {
    for (let at = 0; at < size; at += 1) {
      cosines[term * size + at] = Math.cos((Math.PI / size) * term * (at + 0.5));
    }
  }
  cosinesBySize.set(size, cosines);
  return cosines;
}
