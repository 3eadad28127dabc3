/** CIE Lab as documents have it, turned into sRGB. */

/** The white that Lab is measured against in print: D50. */
const WHITE = [0.9642, 1, 0.8249] as const;
/** From XYZ under D50 to linear sRGB, Bradford's adaptation in it. */
const TO_RGB = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
] as const;
/** Below it the curve of Lab is a line. */
const KNEE = 6 / 29;

/** Three bytes a pixel, in place: lightness 0..255, then two colour channels with 128 as zero. */
export function labToRgb(pixels: Uint8Array): void {
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    const middle = (((pixels[at] as number) * 100) / 255 + 16) / 116;
    const x = WHITE[0] * uncurve(middle + ((pixels[at + 1] as number) - 128) / 500);
    const y = WHITE[1] * uncurve(middle);
    const z = WHITE[2] * uncurve(middle - ((pixels[at + 2] as number) - 128) / 200);
    for (let channel = 0; channel < 3; channel += 1) {
      const [ofX, ofY, ofZ] = TO_RGB[channel as 0 | 1 | 2];
      pixels[at + channel] = srgbByte(ofX * x + ofY * y + ofZ * z);
    }
  }
}

function uncurve(value: number): number {
  return value > KNEE ? value ** 3 : 3 * KNEE * KNEE * (value - 4 / 29);
}

/** A byte of sRGB of a linear value, 0..1; what lies outside is cut off. */
export function srgbByte(linear: number): number {
  if (!(linear > 0)) return 0;
  if (linear >= 1) return 255;
  const curved = linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * curved);
}
