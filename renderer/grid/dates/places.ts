/** Places in the content, in pixels from its top: which photo is there, and how they lie on the scroll bar. */
import {
  cellOf,
  type GridLayout,
  lastAtMost,
  rowAt,
  rowOfIndex,
  sectionAt,
  sectionOfIndex,
} from '../layout.ts';

/**
 * The photo at a place, as a number with a fraction that grows evenly along a row and through the header
 * above it, so that what lies between two places can be counted. Between 0 and the number of photos.
 */
export function photoAtPlace(layout: GridLayout, place: number): number {
  if (layout.count === 0 || place <= 0) return 0;
  const section = sectionAt(layout, place);
  const firstRow = rowOfIndex(layout, layout.sectionStarts[section] ?? 0);
  const row = Math.max(firstRow, rowAt(layout, place));
  const top = topOfRow(layout, row, firstRow, section);
  const bottom = bottomOfRow(layout, row, section);
  const start = layout.rowStarts[row] ?? 0;
  const count = (layout.rowStarts[row + 1] ?? start) - start;
  return start + Math.min(1, (place - top) / Math.max(1, bottom - top)) * count;
}

/** The place of a photo: the reverse of `photoAtPlace`. */
export function placeOfPhoto(layout: GridLayout, index: number): number {
  const { row, top, bottom } = rowOfPhoto(layout, index);
  const start = layout.rowStarts[row] ?? 0;
  const count = (layout.rowStarts[row + 1] ?? start) - start;
  return top + ((index - start) / Math.max(1, count)) * (bottom - top);
}

/** Where the row of a photo begins, with the header above it where there is one. */
export function rowPlaceOfPhoto(layout: GridLayout, index: number): number {
  return rowOfPhoto(layout, index).top;
}

function rowOfPhoto(layout: GridLayout, index: number) {
  const section = sectionOfIndex(layout, index);
  const firstRow = rowOfIndex(layout, layout.sectionStarts[section] ?? 0);
  const row = rowOfIndex(layout, index);
  return {
    row,
    top: topOfRow(layout, row, firstRow, section),
    bottom: bottomOfRow(layout, row, section),
  };
}

/** How far to scroll so that the title of a photo's day is at the top, unless the photo would be below the window. */
export function topForPhoto(layout: GridLayout, index: number, viewportPixels: number): number {
  const cell = cellOf(layout, index);
  if (!cell) return 0;
  const top = layout.sectionTops[sectionOfIndex(layout, index)] ?? 0;
  const isInView = cell.top + cell.height <= top + viewportPixels;
  return isInView ? top : cell.top - layout.headerPixels;
}

function topOfRow(layout: GridLayout, row: number, firstRow: number, section: number): number {
  const top = row === firstRow ? layout.sectionTops[section] : layout.rowTops[row];
  return top ?? 0;
}

function bottomOfRow(layout: GridLayout, row: number, section: number): number {
  const sectionEnd = layout.sectionTops[section + 1] ?? layout.heightPixels;
  return Math.min(sectionEnd, layout.rowTops[row + 1] ?? layout.heightPixels);
}

/** The run that a photo, or a place between two photos, belongs to. */
export function runOfPhoto(starts: Uint32Array, photo: number): number {
  return lastAtMost(starts, photo, starts.length - 1);
}

export type Scrolled = { readonly contentPixels: number; readonly viewportPixels: number };

/** From here on the last window has begun to come into view, in pixels scrolled. */
function endBegins({ contentPixels, viewportPixels }: Scrolled): number {
  return Math.max(0, contentPixels - 2 * viewportPixels);
}

/**
 * The place that the scroll bar names when the content is scrolled to `top`: what is at the top of the
 * window. While the last window comes into view it moves down to the very end, so that each place can be
 * named and pointed at.
 */
export function namedPlace(top: number, scrolled: Scrolled): number {
  const { contentPixels, viewportPixels } = scrolled;
  const begins = endBegins(scrolled);
  const range = contentPixels - viewportPixels;
  if (top <= begins || range <= begins) return top;
  return begins + ((top - begins) / (range - begins)) * (contentPixels - begins);
}

/** The reverse of `namedPlace`: how far to scroll so that a place is named. */
export function topThatNames(place: number, scrolled: Scrolled): number {
  const { contentPixels, viewportPixels } = scrolled;
  const begins = endBegins(scrolled);
  const range = contentPixels - viewportPixels;
  if (place <= begins || range <= begins) return Math.max(0, Math.min(range, place));
  const part = Math.min(1, (place - begins) / (contentPixels - begins));
  return begins + part * (range - begins);
}
