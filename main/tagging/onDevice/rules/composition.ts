import { type Confidence, ramp } from '../confidence.ts';
import type { CropStatistics, DetailStatistics } from '../crop.ts';
import type { RasterStatistics } from '../raster.ts';

/** Taken from at most half a metre by EXIF SubjectDistance. Zero means that the camera did not know. */
export function closeUp(subjectDistanceMetres: number | null): Confidence {
  if (subjectDistanceMetres === null || subjectDistanceMetres <= 0) return 0;
  return ramp(subjectDistanceMetres, 0.8, 0.2);
}

/** Below this gradient (levels) a direction holds nothing whose sharpness could be told. */
const LEAST_GRADIENT = 3;

/**
 * No sudden change anywhere in the crop: suddenness below 0.17 in the worse direction, so that motion
 * blur counts. A direction with little structure, compared with the other one, has no say.
 */
export function blurry({ across, down }: CropStatistics): Confidence {
  const strongest = Math.max(across.gradient, down.gradient);
  const telling = ({ gradient }: DetailStatistics) =>
    gradient >= LEAST_GRADIENT && gradient >= strongest / 4;
  return Math.max(
    telling(across) ? ramp(across.suddenness, 0.26, 0.08) : 0,
    telling(down) ? ramp(down.suddenness, 0.26, 0.08) : 0,
  );
}

/**
 * A bright, even page with thin dark strokes in lines: strokes on 6 % of the crop, more dark than bright
 * ones, the page 45 % of it, lines clearly written or clearly empty, and hardly any colour. The weakest
 * of these decides.
 */
export function document(raster: RasterStatistics, { text }: CropStatistics): Confidence {
  const strokes = text.darkStrokes + text.brightStrokes;
  return Math.min(
    ramp(text.darkStrokes, 0.02, 0.1),
    strokes === 0 ? 0 : ramp(text.darkStrokes / strokes, 0.4, 0.65),
    ramp(text.pageShare, 0.25, 0.65),
    ramp(text.pageLuma, 130, 200),
    ramp(text.emptyLines + text.writtenLines, 0.6, 1),
    ramp(raster.meanChroma, 0.1, 0.03),
  );
}
