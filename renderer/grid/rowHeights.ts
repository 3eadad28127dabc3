import type { ViewState } from '../state/viewHash.ts';

/** Row heights in pixels by zoom step. */
const ROW_HEIGHTS = [96, 140, 200, 280, 400] as const;

export function rowHeightOf(zoom: ViewState['zoom']): number {
  return ROW_HEIGHTS[zoom];
}
