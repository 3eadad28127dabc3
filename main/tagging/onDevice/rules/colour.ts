import { COLOUR_NAMES, type ColourName } from '../colourNames.ts';
import { type Confidence, ramp } from '../confidence.ts';
import type { RasterStatistics } from '../raster.ts';

const NEUTRALS: ReadonlySet<ColourName> = new Set(['black', 'white', 'grey']);

/** Most colours that a picture can be said to have. */
const MOST_COLOURS = 3;

/**
 * A named colour by its share of the pixels: threshold 22 %. Black, white and grey fill a part of nearly
 * every picture, so they must fill half of it.
 */
function dominance(name: ColourName, share: number): Confidence {
  return NEUTRALS.has(name) ? ramp(share, 0.1, 0.9) : ramp(share, 0, 0.44);
}

/** The picture's dominant colours, at most three, surest first; of equals the earlier in the vocabulary. */
export function dominantColours({
  colourShares,
}: RasterStatistics): { readonly name: ColourName; readonly confidence: Confidence }[] {
  return COLOUR_NAMES.map((name, place) => ({
    name,
    confidence: dominance(name, colourShares[place] ?? 0),
  }))
    .filter(({ confidence }) => confidence > 0)
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, MOST_COLOURS);
}

/** Strong colours: a quarter of the pixels have an Oklab chroma above 0.11. */
export function vivid({ chromaAt }: RasterStatistics): Confidence {
  return ramp(chromaAt(0.75), 0.06, 0.16);
}

/** Pale colours: nine tenths of the pixels have a chroma below 0.045, yet it is no grey picture. */
export function muted(raster: RasterStatistics): Confidence {
  if (blackAndWhite(raster) >= 50 || sepia(raster) >= 50) return 0;
  return Math.min(ramp(raster.chromaAt(0.9), 0.07, 0.02), ramp(raster.chromaAt(0.9), 0.004, 0.016));
}

/** A picture has shades when its luma spans this much between the 5th and the 95th hundredth. */
const LEAST_SPAN = 0.12;

function hasShades({ lumaAt }: RasterStatistics): boolean {
  return lumaAt(0.95) - lumaAt(0.05) >= LEAST_SPAN;
}

/**
 * Shades of grey only: on the whole the channels differ by less than 5 levels, and from pixel to pixel
 * by less than 3 beyond what luma explains.
 */
export function blackAndWhite(raster: RasterStatistics): Confidence {
  if (!hasShades(raster)) return 0;
  const { residual, redMinusGreen, greenMinusBlue } = raster.tone;
  return Math.min(
    ramp(residual, 6, 0),
    ramp(Math.max(Math.abs(redMinusGreen), Math.abs(greenMinusBlue)), 10, 0),
  );
}

/**
 * Shades of one brown tint: luma explains the colours to within 4 levels, red exceeds green and green
 * exceeds blue, on the whole by at least 5 and 8 levels, and the tint stays weak (nine tenths below a
 * chroma of 0.11): a sunset is one strong colour over black.
 */
export function sepia(raster: RasterStatistics): Confidence {
  if (!hasShades(raster)) return 0;
  const { residual, redMinusGreen, greenMinusBlue } = raster.tone;
  return Math.min(
    ramp(residual, 8, 0),
    ramp(raster.chromaAt(0.9), 0.16, 0.06),
    ramp(redMinusGreen, 2, 8),
    ramp(greenMinusBlue, 4, 12),
    ramp(redMinusGreen / Math.max(1, greenMinusBlue), 2, 1),
  );
}
