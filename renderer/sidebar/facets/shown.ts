/** How much of a group is shown. */

/** Values of a group that are shown before "more". One more is no reason for a row that says so. */
export const SHOWN_VALUES = 8;
/** Groups with fewer values need no filter. */
export const FILTER_FROM = 12;

/** Text as filters compare it. */
export function foldFilter(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
