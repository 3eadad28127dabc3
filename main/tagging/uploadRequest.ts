import type { ServiceLimits } from '../../shared/services.ts';
import type { UploadRequest } from '../imaging/types.ts';

/** No service looks at more. */
const LARGEST_LONG_SIDE_PIXELS = 4096;

/**
 * How a picture must be for a service. `wantedLongSide`: pixels, as the person chose; 0 for as many as the
 * service allows.
 */
export function uploadRequest(options: {
  readonly imageHash: Uint8Array;
  readonly wantedLongSide: number;
  readonly limits: ServiceLimits;
  readonly maxJpegBytes: number;
}): UploadRequest {
  const { limits } = options;
  return {
    imageHash: options.imageHash,
    longSidePixels: longSidePixels(options.wantedLongSide, limits),
    maxSidePixels: limits.maxSidePixels,
    minSidePixels: limits.minSidePixels,
    maxJpegBytes: options.maxJpegBytes,
  };
}

/** The long side in force, within what the service allows. */
export function longSidePixels(wanted: number, limits: ServiceLimits): number {
  const most = Math.min(LARGEST_LONG_SIDE_PIXELS, limits.maxSidePixels ?? LARGEST_LONG_SIDE_PIXELS);
  if (wanted === 0) return most;
  return Math.min(most, Math.max(wanted, limits.minSidePixels));
}
