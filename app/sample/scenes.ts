/** Pictures drawn as SVG: landscapes, skies, flowers, streets at night, pages. */
import { createRandom, type Random } from './random.ts';

export type Frame = { readonly width: number; readonly height: number; readonly seed: number };

/** Colours from the top of the sky to the nearest ground. */
export type Palette = {
  readonly sky: readonly string[];
  readonly far: string;
  readonly near: string;
  readonly light: string;
};

export const PALETTES = {
  dawn: {
    sky: ['#243a63', '#8b6f9c', '#f3a683', '#ffe0b0'],
    far: '#9a86a8',
    near: '#2b2a45',
    light: '#fff1c9',
  },
  day: {
    sky: ['#2f7fd0', '#7fbbe8', '#d6ecf7'],
    far: '#a7c3d3',
    near: '#2f5d3a',
    light: '#fffdf0',
  },
  golden: {
    sky: ['#4b3f72', '#e07a3f', '#ffc861', '#ffe9b3'],
    far: '#d99a62',
    near: '#3a2418',
    light: '#fff3c4',
  },
  dusk: {
    sky: ['#101a3c', '#3d3a78', '#a85a87', '#f08c6b'],
    far: '#5b4a80',
    near: '#14132b',
    light: '#ffd9b0',
  },
  town: {
    sky: ['#3b88c9', '#8fc3e8', '#e3f0f6'],
    far: '#c3cfd9',
    near: '#3b4758',
    light: '#ffffff',
  },
  mist: {
    sky: ['#b9c6cc', '#d9e0e2', '#eef1f1'],
    far: '#c3cdd0',
    near: '#5b6d70',
    light: '#ffffff',
  },
  night: {
    sky: ['#03060f', '#0a1330', '#1b2450'],
    far: '#101a35',
    near: '#04060c',
    light: '#f6f3dc',
  },
  autumn: {
    sky: ['#8fb7cf', '#d8e3e2', '#f6e7c9'],
    far: '#c98f4e',
    near: '#7a2e12',
    light: '#fff6dc',
  },
  snow: {
    sky: ['#7fa6c9', '#c5d8e6', '#f3f7fa'],
    far: '#d3e0ea',
    near: '#f7fafc',
    light: '#ffffff',
  },
} as const satisfies Record<string, Palette>;

function svg({ width, height }: Frame, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`;
}

function sky({ width, height }: Frame, { sky: colours }: Palette): string {
  const stops = colours
    .map(
      (colour, index) => `<stop offset="${index / (colours.length - 1)}" stop-color="${colour}"/>`,
    )
    .join('');
  return `<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">${stops}</linearGradient></defs><rect width="${width}" height="${height}" fill="url(#sky)"/>`;
}

function glow(x: number, y: number, radius: number, colour: string): string {
  const id = `glow${Math.round(x)}${Math.round(y)}`;
  return `<defs><radialGradient id="${id}"><stop offset="0" stop-color="${colour}" stop-opacity="0.9"/><stop offset="0.25" stop-color="${colour}" stop-opacity="0.45"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient></defs><circle cx="${x}" cy="${y}" r="${radius * 5}" fill="url(#${id})"/><circle cx="${x}" cy="${y}" r="${radius}" fill="${colour}"/>`;
}

/** A ridge as three waves of different length on top of each other. */
function ridge(frame: Frame, random: Random, base: number, rough: number, colour: string): string {
  const { width, height } = frame;
  const waves = [1.3, 3.1, 8.7].map((pitch, index) => ({
    pitch: (pitch * random.between(0.8, 1.2) * Math.PI * 2 * width) / height / width,
    phase: random.between(0, 7),
    size: (rough * height) / 2 ** (index * 1.2),
  }));
  const points: string[] = [];
  for (let x = 0; x <= width; x += 6) {
    const rise = waves.reduce(
      (sum, wave) => sum + Math.sin(x * wave.pitch + wave.phase) * wave.size,
      0,
    );
    points.push(`${x},${(base * height - rise).toFixed(1)}`);
  }
  return `<polygon points="0,${height} ${points.join(' ')} ${width},${height}" fill="${colour}"/>`;
}

/** A colour between two `#rrggbb`. */
export function mix(from: string, to: string, share: number): string {
  const channel = (colour: string, at: number): number =>
    Number.parseInt(colour.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) =>
    Math.round(channel(from, at) + (channel(to, at) - channel(from, at)) * share)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${mixed.join('')}`;
}

export function mountains(frame: Frame, palette: Palette): string {
  const random = createRandom(frame.seed);
  const sun = glow(
    frame.width * random.between(0.2, 0.8),
    frame.height * random.between(0.22, 0.42),
    frame.height * 0.04,
    palette.light,
  );
  const ridges = [0, 0.25, 0.5, 0.75, 1].map((share) =>
    ridge(
      frame,
      random,
      0.52 + share * 0.36,
      0.1 - share * 0.04,
      mix(palette.far, palette.near, share),
    ),
  );
  return svg(frame, sky(frame, palette) + sun + ridges.join(''));
}

export function sea(frame: Frame, palette: Palette): string {
  const { width, height } = frame;
  const random = createRandom(frame.seed);
  const x = width * random.between(0.3, 0.7);
  const horizon = height * 0.56;
  const depth = mix(palette.sky[0] ?? palette.near, palette.near, 0.3);
  let water = `<rect y="${horizon}" width="${width}" height="${height}" fill="${depth}"/>`;
  for (let row = 0; row < 60; row += 1) {
    const y = horizon + (row / 60) ** 1.6 * (height - horizon);
    const reach = width * (0.03 + (row / 60) * 0.22);
    const centre = x + random.between(-reach, reach) * 0.6;
    const length = random.between(0.3, 1) * reach;
    water += `<rect x="${centre - length / 2}" y="${y}" width="${length}" height="${1 + row / 12}" rx="2" fill="${palette.light}" opacity="${random.between(0.25, 0.7).toFixed(2)}"/>`;
  }
  const island = ridge(
    { ...frame, height: horizon },
    random,
    0.985,
    0.03,
    mix(palette.far, palette.near, 0.4),
  );
  return svg(
    frame,
    sky(frame, palette) + glow(x, horizon * 0.78, height * 0.045, palette.light) + island + water,
  );
}

export function forest(frame: Frame, palette: Palette): string {
  const { width, height } = frame;
  const random = createRandom(frame.seed);
  let trees = '';
  for (let layer = 0; layer < 4; layer += 1) {
    const colour = mix(palette.far, palette.near, (layer + 1) / 4);
    trees += ridge(frame, random, 0.66 + layer * 0.1, 0.03, colour);
    for (let count = 0; count < 34; count += 1) {
      const x = random.between(-0.02, 1.02) * width;
      const foot = height * (0.7 + layer * 0.1);
      const tall = height * random.between(0.16, 0.26) * (0.7 + layer * 0.25);
      for (let tier = 0; tier < 4; tier += 1) {
        const top = foot - tall * (1 - tier * 0.2);
        const wide = tall * (0.08 + tier * 0.05);
        trees += `<polygon points="${x},${top} ${x - wide},${top + tall * 0.34} ${x + wide},${top + tall * 0.34}" fill="${colour}"/>`;
      }
    }
  }
  return svg(frame, sky(frame, palette) + trees);
}

export function dunes(frame: Frame): string {
  const palette: Palette = {
    sky: ['#3d7fb8', '#a9cfe3', '#fdebc8'],
    far: '#f1c27c',
    near: '#a0501e',
    light: '#fff6da',
  };
  const random = createRandom(frame.seed);
  const waves = [0, 0.3, 0.6, 1].map((share) =>
    ridge(frame, random, 0.5 + share * 0.38, 0.06, mix(palette.far, palette.near, share)),
  );
  return svg(frame, sky(frame, palette) + waves.join(''));
}

export function stars(frame: Frame): string {
  const { width, height } = frame;
  const random = createRandom(frame.seed);
  let body = sky(frame, PALETTES.night);
  for (let count = 0; count < 900; count += 1) {
    body += `<circle cx="${random.between(0, width).toFixed(1)}" cy="${random.between(0, height * 0.85).toFixed(1)}" r="${random.between(0.4, 1.9).toFixed(2)}" fill="#fff" opacity="${random.between(0.3, 1).toFixed(2)}"/>`;
  }
  body += glow(
    width * random.between(0.2, 0.8),
    height * 0.24,
    height * 0.035,
    PALETTES.night.light,
  );
  return svg(frame, body + ridge(frame, random, 0.86, 0.05, '#020308'));
}

export function city(frame: Frame, palette: Palette, lit: boolean): string {
  const { width, height } = frame;
  const random = createRandom(frame.seed);
  let body = sky(frame, palette);
  for (let layer = 0; layer < 3; layer += 1) {
    const colour = mix(palette.far, palette.near, (layer + 1) / 3);
    for (let x = -20; x < width; ) {
      const wide = width * random.between(0.04, 0.09);
      const top = height * random.between(0.3 + layer * 0.12, 0.62 + layer * 0.08);
      body += `<rect x="${x}" y="${top}" width="${wide}" height="${height}" fill="${colour}"/>`;
      for (let y = top + 14; layer > 0 && y < height - 10; y += 22) {
        for (let column = x + 9; column < x + wide - 12; column += 18) {
          const on = random.between(0, 1) < (lit ? 0.45 : 0.2);
          if (on) {
            const pane = lit ? random.pick(['#ffd37a', '#ffe9b8', '#ffb45e']) : palette.light;
            body += `<rect x="${column}" y="${y}" width="9" height="12" fill="${pane}" opacity="${lit ? 0.9 : 0.35}"/>`;
          }
        }
      }
      x += wide + random.between(-4, 10);
    }
  }
  return svg(frame, body);
}

export function flower(frame: Frame, petals: readonly [string, string], ground: string): string {
  const { width, height } = frame;
  const random = createRandom(frame.seed);
  const size = Math.min(width, height);
  let body = `<rect width="${width}" height="${height}" fill="${ground}"/>`;
  for (let count = 0; count < 26; count += 1) {
    body += `<circle cx="${random.between(0, width)}" cy="${random.between(0, height)}" r="${random.between(0.03, 0.13) * size}" fill="${mix(ground, '#ffffff', random.between(0.05, 0.3))}" opacity="0.5"/>`;
  }
  const ring = (count: number, length: number, colour: string, turn: number): string =>
    Array.from(
      { length: count },
      (_, index) =>
        `<ellipse cx="0" cy="${-length * 0.55}" rx="${length * 0.24}" ry="${length * 0.5}" fill="${mix(colour, '#ffffff', random.between(0, 0.18))}" transform="rotate(${turn + (index * 360) / count})"/>`,
    ).join('');
  body += `<g transform="translate(${width * random.between(0.42, 0.58)} ${height * 0.5})">${ring(13, size * 0.44, petals[0], 0)}${ring(11, size * 0.32, mix(petals[0], petals[1], 0.5), 14)}<circle r="${size * 0.1}" fill="${petals[1]}"/><circle r="${size * 0.055}" fill="${mix(petals[1], '#000000', 0.35)}"/></g>`;
  return svg(frame, body);
}

export function balloons(frame: Frame): string {
  const random = createRandom(frame.seed);
  let body = sky(frame, PALETTES.day);
  for (let count = 0; count < 9; count += 1) {
    const radius = frame.height * random.between(0.04, 0.11);
    const colour = random.pick(['#e8443a', '#f6b221', '#2a9d6f', '#7b4bb0', '#f07fa8', '#2767c4']);
    const stripe = mix(colour, '#ffffff', 0.55);
    const x = random.between(0.08, 0.92) * frame.width;
    const y = random.between(0.1, 0.62) * frame.height;
    body += `<g transform="translate(${x} ${y})"><path d="M${-radius * 0.28},${radius * 1.2} L0,${radius * 0.7} L${radius * 0.28},${radius * 1.2}" stroke="#5b4330" fill="none" stroke-width="2"/><circle r="${radius}" fill="${colour}"/><ellipse rx="${radius * 0.55}" ry="${radius}" fill="${stripe}"/><ellipse rx="${radius * 0.22}" ry="${radius}" fill="${colour}"/><rect x="${-radius * 0.2}" y="${radius * 1.2}" width="${radius * 0.4}" height="${radius * 0.28}" rx="3" fill="#6b4a2f"/></g>`;
  }
  return svg(frame, body + ridge(frame, random, 0.88, 0.03, '#5f8f4a'));
}
