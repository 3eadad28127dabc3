/** The pixels of a made-up photo. */
import sharp from 'sharp';
import type { Random } from '../../app/sample/random.ts';

export type Size = { readonly width: number; readonly height: number };

type Colour = readonly [number, number, number];

/** Side of the square of sensor noise that every photo takes a part of. */
const GRAIN_SIDE = 4400;
/** Scales of the noise, in cells across the picture, with how strongly each counts. */
const OCTAVES: readonly (readonly [number, number])[] = [
  [6, 1],
  [18, 0.55],
  [60, 0.3],
  [200, 0.16],
  [700, 0.09],
];
/** The scene is painted at half its size; only the grain has every pixel of its own. */
const SCENE_SCALE = 2;

/** Noise of about a normal distribution round 128, made once for all photos. */
export function sensorGrain(random: Random): Buffer {
  const grain = Buffer.alloc(GRAIN_SIDE * GRAIN_SIDE);
  for (let index = 0; index < grain.length; index += 1) {
    grain[index] = 128 + (random.next() + random.next() + random.next() - 1.5) * 36;
  }
  return grain;
}

/** RGB, three bytes a pixel. */
export async function paintScene(size: Size, random: Random, grain: Buffer): Promise<Buffer> {
  const half = {
    width: Math.round(size.width / SCENE_SCALE),
    height: Math.round(size.height / SCENE_SCALE),
  };
  const heights = await noise(half, random);
  const pixels = colour(half, heights, random);
  const scene = await sharp(pixels, { raw: { ...half, channels: 3 } })
    .resize(size.width, size.height, { fit: 'fill', kernel: 'lanczos3' })
    .composite([{ input: Buffer.from(shapes(size, random)) }])
    .removeAlpha()
    .raw()
    .toBuffer();
  addGrain(scene, size, random, grain);
  return scene;
}

/** Sum of noise at several scales, 0..1 roughly. */
async function noise(size: Size, random: Random): Promise<Float32Array> {
  const total = new Float32Array(size.width * size.height);
  for (const [cells, weight] of OCTAVES) {
    const small = { width: cells, height: Math.max(2, Math.round((cells * 3) / 4)) };
    const seedPixels = Buffer.alloc(small.width * small.height);
    for (let index = 0; index < seedPixels.length; index += 1)
      seedPixels[index] = random.whole(256);
    const { data, info } = await sharp(seedPixels, { raw: { ...small, channels: 1 } })
      .resize(size.width, size.height, { fit: 'fill', kernel: 'cubic' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const strength = weight / 255;
    for (let index = 0; index < total.length; index += 1) {
      total[index] = (total[index] ?? 0) + (data[index * info.channels] ?? 0) * strength;
    }
  }
  return total;
}

/** Noise becomes a picture: a sky above, hills whose colours follow the noise below. */
function colour(size: Size, heights: Float32Array, random: Random): Buffer {
  const sky = colourOf(random, 120, 255);
  const dark = colourOf(random, 0, 90);
  const middle = colourOf(random, 40, 200);
  const light = colourOf(random, 140, 255);
  const horizon = random.between(0.2, 0.6);
  const pixels = Buffer.alloc(size.width * size.height * 3);
  for (let y = 0; y < size.height; y += 1) {
    const below = Math.min(1, Math.max(0, (y / size.height - horizon) * 6 + 0.5));
    for (let x = 0; x < size.width; x += 1) {
      const at = y * size.width + x;
      const value = Math.min(1, (heights[at] ?? 0) / 2.1);
      const [from, to, part] =
        value < 0.5 ? [dark, middle, value * 2] : [middle, light, value * 2 - 1];
      for (let channel = 0; channel < 3; channel += 1) {
        const low = from[channel] ?? 0;
        const ground = low + ((to[channel] ?? 0) - low) * part;
        const above = (sky[channel] ?? 0) * (0.75 + value * 0.25);
        pixels[at * 3 + channel] = above + (ground - above) * below;
      }
    }
  }
  return pixels;
}

function colourOf(random: Random, low: number, high: number): Colour {
  return [random.between(low, high), random.between(low, high), random.between(low, high)];
}

/** Edges: what a camera sees as houses, trunks, signs. */
function shapes(size: Size, random: Random): string {
  const drawn = Array.from({ length: 40 }, () => {
    const [red, green, blue] = colourOf(random, 0, 255).map(Math.round);
    const fill = `rgb(${red},${green},${blue})`;
    const opacity = random.between(0.35, 1).toFixed(2);
    const x = random.between(0, size.width);
    const y = random.between(size.height * 0.3, size.height);
    const side = random.between(10, size.width / 8);
    const turn = `transform="rotate(${random.between(-20, 20).toFixed(1)} ${x} ${y})"`;
    return random.next() < 0.5
      ? `<rect x="${x}" y="${y}" width="${side}" height="${side * random.between(0.2, 3)}" fill="${fill}" opacity="${opacity}" ${turn}/>`
      : `<ellipse cx="${x}" cy="${y}" rx="${side / 2}" ry="${side * random.between(0.2, 1)}" fill="${fill}" opacity="${opacity}" ${turn}/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}">${drawn.join('')}</svg>`;
}

function addGrain(pixels: Buffer, size: Size, random: Random, grain: Buffer): void {
  const left = random.whole(GRAIN_SIDE - size.width);
  const top = random.whole(GRAIN_SIDE - size.height);
  const strength = random.between(0.4, 0.9);
  for (let y = 0; y < size.height; y += 1) {
    const row = (top + y) * GRAIN_SIDE + left;
    for (let x = 0; x < size.width; x += 1) {
      const shift = ((grain[row + x] ?? 128) - 128) * strength;
      const at = (y * size.width + x) * 3;
      for (let channel = at; channel < at + 3; channel += 1) {
        pixels[channel] = Math.min(255, Math.max(0, (pixels[channel] ?? 0) + shift));
      }
    }
  }
}
