/**
 * Browsers clip elements above some 16 to 33 million pixels, and a million photos are taller than that.
 * Then the scrolled element is shorter than the content, and `offset` = place in the element minus place
 * in the content. Small steps keep the offset, so that scrolling feels the same at every size; a jump, or
 * an edge, maps one whole range onto the other.
 */

/** Below Firefox's limit of 17.9 million, with room for the window's own height. */
export const MAX_ELEMENT_PIXELS = 12_000_000;

export type ScrollMap = {
  /** Height of the whole content. */
  readonly contentPixels: number;
  readonly viewportPixels: number;
  /** Height of the scrolled element. */
  readonly elementPixels: number;
  readonly offset: number;
};

/** The map of a content that stands at its top. */
export function createScrollMap(
  contentPixels: number,
  viewportPixels: number,
  maxElementPixels = MAX_ELEMENT_PIXELS,
): ScrollMap {
  return {
    contentPixels,
    viewportPixels,
    elementPixels: Math.min(contentPixels, maxElementPixels),
    offset: 0,
  };
}

/** How far the content can be scrolled. */
export function scrollRange(map: ScrollMap): number {
  return Math.max(0, map.contentPixels - map.viewportPixels);
}

function elementRange(map: ScrollMap): number {
  return Math.max(0, map.elementPixels - map.viewportPixels);
}

/** Which part of the content is at the top of the window. */
export function contentTop(map: ScrollMap, elementTop: number): number {
  return Math.min(scrollRange(map), Math.max(0, elementTop - map.offset));
}

/**
 * Near both ends the element follows the content pixel by pixel, so that an end can be reached by small
 * steps; between these bands one range is stretched onto the other.
 */
function bandPixels(map: ScrollMap): number {
  return elementRange(map) / 4;
}

function elementPlace(map: ScrollMap, top: number): number {
  const band = bandPixels(map);
  const range = scrollRange(map);
  if (top <= band) return top;
  if (top >= range - band) return elementRange(map) - (range - top);
  return band + ((top - band) / (range - 2 * band)) * (elementRange(map) - 2 * band);
}

function contentPlace(map: ScrollMap, elementTop: number): number {
  const band = bandPixels(map);
  const range = elementRange(map);
  if (elementTop <= band) return elementTop;
  if (elementTop >= range - band) return scrollRange(map) - (range - elementTop);
  return band + ((elementTop - band) / (range - 2 * band)) * (scrollRange(map) - 2 * band);
}

/** Puts a place of the content at the top of the window. */
export function scrollToContent(
  map: ScrollMap,
  top: number,
): { readonly map: ScrollMap; readonly elementTop: number } {
  const wanted = Math.min(scrollRange(map), Math.max(0, Math.round(top)));
  if (map.elementPixels === map.contentPixels) {
    return { map: { ...map, offset: 0 }, elementTop: wanted };
  }
  // Whole pixels on the element's side: browsers round scroll positions, and the offset must agree.
  const elementTop = Math.round(elementPlace(map, wanted));
  return { map: { ...map, offset: elementTop - wanted }, elementTop };
}

/**
 * Answers a scroll from `beforeTop` to `elementTop`. `elementTop` of the answer differs from the given
 * one when the element has to be set anew: the edge of the element or of the content was reached.
 */
export function followScroll(
  map: ScrollMap,
  beforeTop: number,
  elementTop: number,
): { readonly map: ScrollMap; readonly elementTop: number } {
  if (map.elementPixels === map.contentPixels) return { map, elementTop };
  if (Math.abs(elementTop - beforeTop) > 2 * map.viewportPixels) {
    const top = Math.round(contentPlace(map, elementTop));
    return { map: { ...map, offset: elementTop - top }, elementTop };
  }
  const top = elementTop - map.offset;
  const end = scrollRange(map);
  const atElementEdge = elementTop <= 0 || elementTop >= elementRange(map);
  const pastContent = top < 0 || top > end;
  const atContentEdge = top <= 0 || top >= end;
  if (pastContent || (atElementEdge && !atContentEdge)) return scrollToContent(map, top);
  return { map, elementTop };
}
