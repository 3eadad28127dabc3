import type { Metadata } from '../../imaging/types.ts';

/** What the on-device tagger may look at: never more than this. */
export type TaggerInput = {
  /** sRGB, 3 bytes a pixel, row by row, orientation applied, long side at most 160 pixels. */
  readonly raster: { readonly data: Uint8Array; readonly width: number; readonly height: number };
  /** Grey, 1 byte a pixel: a crop from the middle of the 512-pixel thumbnail at full scale, for sharpness. */
  readonly crop: { readonly data: Uint8Array; readonly width: number; readonly height: number };
  /** Pixels of the picture as displayed. */
  readonly width: number;
  readonly height: number;
  readonly format: string;
  /** Display form of the file's name. */
  readonly name: string;
  readonly metadata: Metadata;
};

/** A label of `vocabulary.ts` with how sure its rule is, 0..100. */
export type OnDeviceTag = { readonly label: string; readonly confidence: number };
