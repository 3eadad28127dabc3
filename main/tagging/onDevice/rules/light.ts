import { type Confidence, ramp } from '../confidence.ts';
import type { CropStatistics } from '../crop.ts';
import { GRID_SIDE, type RasterStatistics } from '../raster.ts';

/** Little light: the mean luma lies below 0.22, and three quarters of the pixels below 0.36. */
export function dark({ meanLuma, lumaAt }: RasterStatistics): Confidence {
  return Math.min(ramp(meanLuma, 0.32, 0.12), ramp(lumaAt(0.75), 0.5, 0.22));
}

/** Much light: the mean luma lies above 0.7, and three quarters of the pixels above 0.55. */
export function bright({ meanLuma, lumaAt }: RasterStatistics): Confidence {
  return Math.min(ramp(meanLuma, 0.6, 0.8), ramp(lumaAt(0.25), 0.4, 0.7));
}

/** Deep shadows and bright lights: the luma's standard deviation lies above 0.29. */
export function highContrast({ lumaDeviation, lumaAt }: RasterStatistics): Confidence {
  return Math.min(ramp(lumaDeviation, 0.24, 0.34), ramp(lumaAt(0.95) - lumaAt(0.05), 0.6, 0.9));
}

/**
 * Neither shadows nor lights: the middle 96 % of the pixels span less than 0.45 of the luma, also at full
 * scale, where thin dark strokes on a page still show.
 */
export function lowContrast({ lumaAt }: RasterStatistics, crop: CropStatistics | null): Confidence {
  return ramp(Math.max(lumaAt(0.98) - lumaAt(0.02), crop?.lumaSpan ?? 0), 0.6, 0.3);
}

/** Rows and columns of the grid in which a subject stands: the middle half, down to near the bottom. */
function isSubject(row: number, column: number): boolean {
  const quarter = GRID_SIDE / 4;
  return (
    row >= quarter + 1 && row < GRID_SIDE - 1 && column >= quarter && column < GRID_SIDE - quarter
  );
}

/**
 * Light behind the subject: the middle is darker than 0.3 while the brighter half of what surrounds it
 * is above 0.65, at least 0.4 apart.
 */
export function backlit({ grid }: RasterStatistics): Confidence {
  const around: number[] = [];
  let subject = 0;
  let cells = 0;
  grid.forEach((luma, place) => {
    if (isSubject(Math.floor(place / GRID_SIDE), place % GRID_SIDE)) {
      subject += luma;
      cells += 1;
    } else {
      around.push(luma);
    }
  });
  subject /= cells;
  around.sort((a, b) => b - a);
  const half = around.slice(0, around.length >> 1);
  const behind = half.reduce((sum, luma) => sum + luma, 0) / half.length;
  return Math.min(
    ramp(subject, 0.45, 0.15),
    ramp(behind, 0.45, 0.85),
    ramp(behind - subject, 0.2, 0.6),
  );
}
