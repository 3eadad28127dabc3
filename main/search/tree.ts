/** What a query means, before any library is looked at. Plain data; text in it is not folded yet. */

/** Numbers between two ends; ±Infinity where there is none. Open ends are left out. */
export type Range = {
  readonly min: number;
  readonly max: number;
  readonly minOpen: boolean;
  readonly maxOpen: boolean;
};

/** A year, a month or a day. Month 1..12. */
export type Period = {
  readonly year: number;
  readonly month: number | null;
  readonly day: number | null;
};

export type Comparison = '=' | '>' | '>=' | '<' | '<=';

/** Keys whose value is a number, or a range of them. */
export type NumberKey = 'iso' | 'f' | 'focal' | 'width' | 'height' | 'size' | 'month' | 'hour';

/** Keys whose value is text that is compared as it is. */
export type TextKey = 'source' | 'folder' | 'camera' | 'lens' | 'ext' | 'type';

/** Values of `is:` that stand alone. */
export type IsValue =
  | 'portrait'
  | 'landscape'
  | 'square'
  | 'panorama'
  | 'untagged'
  | 'duplicate'
  | 'missing'
  | 'offline'
  | 'failed'
  | 'unsupported'
  | 'sensitive'
  | 'favorite';

/** One condition on a photo. */
export type Term =
  /** Substring of tag names, file and folder names, camera, lens. */
  | { readonly kind: 'word'; readonly text: string }
  | {
      readonly kind: 'tag';
      readonly name: string;
      readonly prefix: boolean;
      /** Whole confidences; replaces the lens for this term. */
      readonly bound: Range | null;
    }
  | { readonly kind: 'text'; readonly key: TextKey; readonly text: string }
  /** Confidence of a tag entry, whole numbers. */
  | { readonly kind: 'confidence'; readonly range: Range }
  /** Pieces between `*`; a single piece is a substring. */
  | { readonly kind: 'name'; readonly pieces: readonly string[] }
  | { readonly kind: 'number'; readonly key: NumberKey; readonly range: Range }
  | {
      readonly kind: 'date';
      readonly key: 'from' | 'to' | 'date' | 'added';
      readonly comparison: Comparison;
      readonly first: Period;
      /** Other end of `a-b`; null for one period. */
      readonly last: Period | null;
    }
  /** Hours since the photo was added. */
  | { readonly kind: 'age'; readonly range: Range }
  | { readonly kind: 'on'; readonly month: number; readonly day: number }
  | { readonly kind: 'is'; readonly what: IsValue }
  | { readonly kind: 'untagged-by'; readonly source: string }
  | { readonly kind: 'has'; readonly what: 'gps' }
  | {
      readonly kind: 'near';
      readonly latitude: number;
      readonly longitude: number;
      readonly kilometres: number;
    }
  /** Share of the picture, 0..1, that the largest box of a tag covers. */
  | {
      readonly kind: 'box';
      readonly name: string;
      readonly prefix: boolean;
      readonly range: Range;
    };

export type QueryNode =
  /** The empty query. Only at the top. */
  | { readonly kind: 'all' }
  /** At least two children. */
  | { readonly kind: 'and' | 'or'; readonly children: readonly QueryNode[] }
  | { readonly kind: 'not'; readonly child: QueryNode }
  | Term;

/** Any value at all. */
export const ANY_RANGE: Range = { min: -Infinity, max: Infinity, minOpen: false, maxOpen: false };

export function inRange(range: Range, value: number): boolean {
  return (
    (range.minOpen ? value > range.min : value >= range.min) &&
    (range.maxOpen ? value < range.max : value <= range.max)
  );
}
