/** ICC profiles for files that name their colours by a number of ISO/IEC 23091-2 in place of a profile. */

/** Red, green and blue as XYZ under D50, ICC's own light. */
type Primaries = readonly [
  red: readonly [number, number, number],
  green: readonly [number, number, number],
  blue: readonly [number, number, number],
];

const DISPLAY_P3: Primaries = [
  [0.51512, 0.2412, -0.00105],
  [0.29198, 0.69225, 0.04189],
  [0.1571, 0.06657, 0.78407],
];
const BT2020: Primaries = [
  [0.67348, 0.27904, -0.00194],
  [0.16567, 0.67534, 0.02998],
  [0.12505, 0.04561, 0.79687],
];
/** By number; all others are, or are near to, sRGB. */
const WIDER: Readonly<Record<number, Primaries>> = { 9: BT2020, 11: DISPLAY_P3, 12: DISPLAY_P3 };
const D50 = [0.9642, 1, 0.8249] as const;
/** The curve of sRGB: exponent, then the four numbers of ICC's function of type 3. */
const CURVE = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];
const HEADER_BYTES = 128;
const VERSION_4 = 0x04200000;

/** The profile of these primaries with the curve of sRGB; null: they are those of sRGB. */
export function profileOfPrimaries(primaries: number): Buffer | null {
  const colours = WIDER[primaries];
  if (!colours) return null;
  const [red, green, blue] = colours;
  const curve = Buffer.concat([tag('para'), Buffer.from([0, 3, 0, 0]), ...CURVE.map(fixed)]);
  const tags: readonly (readonly [name: string, data: Buffer])[] = [
    ['desc', text('Wide colours')],
    ['cprt', text('CC0')],
    ['wtpt', xyz(D50)],
    ['rXYZ', xyz(red)],
    ['gXYZ', xyz(green)],
    ['bXYZ', xyz(blue)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const table = Buffer.alloc(4 + tags.length * 12);
  table.writeUInt32BE(tags.length);
  let at = HEADER_BYTES + table.length;
  for (const [index, [name, data]] of tags.entries()) {
    table.write(name, 4 + index * 12, 'latin1');
    table.writeUInt32BE(at, 8 + index * 12);
    table.writeUInt32BE(data.length, 12 + index * 12);
    at += data.length;
  }
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(at, 0);
  header.writeUInt32BE(VERSION_4, 8);
  header.write('mntrRGB XYZ ', 12, 'latin1');
  header.write('acsp', 36, 'latin1');
  Buffer.concat(D50.map(fixed)).copy(header, 68);
  return Buffer.concat([header, table, ...tags.map(([, data]) => data)]);
}

/** A type's name and its empty second half. */
function tag(type: string): Buffer {
  return Buffer.from(`${type}\0\0\0\0`, 'latin1');
}

function fixed(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(Math.round(value * 65_536));
  return bytes;
}

function xyz(values: readonly number[]): Buffer {
  return Buffer.concat([tag('XYZ '), ...values.map(fixed)]);
}

/** A text in one language, padded to whole words. */
function text(words: string): Buffer {
  const letters = Buffer.from(words, 'utf16le').swap16();
  const head = Buffer.alloc(20);
  head.writeUInt32BE(1, 0);
  head.writeUInt32BE(12, 4);
  head.write('enUS', 8, 'latin1');
  head.writeUInt32BE(letters.length, 12);
  head.writeUInt32BE(28, 16);
  const padding = Buffer.alloc((4 - (letters.length % 4)) % 4);
  return Buffer.concat([tag('mluc'), head, letters, padding]);
}
