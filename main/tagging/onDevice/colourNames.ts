/** The twelve names, in the order of the vocabulary; a colour's number is its place here. */
export const COLOUR_NAMES = [
  'red',
  'orange',
  'yellow',
  'green',
  'cyan',
  'blue',
  'purple',
  'pink',
  'brown',
  'black',
  'white',
  'grey',
] as const;

export type ColourName = (typeof COLOUR_NAMES)[number];

/** A colour in Oklab's polar form: lightness 0..1, chroma 0..about 0.32 in sRGB, hue 0..360 degrees. */
export type Oklch = {
  readonly lightness: number;
  readonly chroma: number;
  readonly hueDegrees: number;
};

function linear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Oklab (Björn Ottosson, 2020) of an sRGB colour with channels 0..255. */
export function toOklch(red: number, green: number, blue: number): Oklch {
  const r = linear(red);
  const g = linear(green);
  const b = linear(blue);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  const greenRed = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const blueYellow = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  const hue = (Math.atan2(blueYellow, greenRed) * 180) / Math.PI;
  return {
    lightness,
    chroma: Math.hypot(greenRed, blueYellow),
    hueDegrees: hue < 0 ? hue + 360 : hue,
  };
}

/**
 * The one of the twelve names for a colour. Dark colours need more chroma to look coloured, so the
 * border of the neutrals lies at `0.028 + 0.02 · (1 − lightness)`.
 */
export function nameColour({ lightness, chroma, hueDegrees }: Oklch): ColourName {
  if (lightness < 0.2) return 'black';
  if (chroma < 0.028 + 0.02 * (1 - lightness)) {
    if (lightness < 0.3) return 'black';
    return lightness > 0.88 ? 'white' : 'grey';
  }
  if (hueDegrees < 8 || hueDegrees >= 345) return lightness > 0.5 ? 'pink' : 'red';
  if (hueDegrees < 40) return lightness > 0.72 ? 'pink' : lightness < 0.4 ? 'brown' : 'red';
  if (hueDegrees < 75) return nameWarm(lightness, chroma, hueDegrees);
  if (hueDegrees < 100) return isDullYellow(lightness, chroma) ? 'brown' : 'yellow';
  if (hueDegrees < 112) return isDullYellow(lightness, chroma) ? 'green' : 'yellow';
  if (hueDegrees < 165) return 'green';
  if (hueDegrees < 220) return 'cyan';
  if (hueDegrees < 285) return 'blue';
  if (hueDegrees < 325) return 'purple';
  return lightness > 0.6 ? 'pink' : 'purple';
}

/** Between red and yellow: orange where strong, brown where dark or dull, skin and cream where pale. */
function nameWarm(lightness: number, chroma: number, hueDegrees: number): ColourName {
  if (lightness < 0.62) return 'brown';
  if (chroma >= 0.09) return 'orange';
  if (lightness < 0.82) return 'brown';
  return hueDegrees < 58 ? 'pink' : 'yellow';
}

/** Khaki and olive rather than yellow; a pale yellow is still yellow when it is light. */
function isDullYellow(lightness: number, chroma: number): boolean {
  return lightness < 0.62 || (chroma < 0.09 && lightness < 0.8);
}
