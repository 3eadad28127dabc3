import { type GridLayout, indexByDistance, indexVertically } from './layout.ts';

/** Where a key leads from a photo: its index, or null when the key does not move. */
export function indexAfterKey(
  key: string,
  layout: GridLayout,
  index: number,
  pagePixels: number,
): number | null {
  const last = layout.count - 1;
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, index - 1);
    case 'ArrowRight':
      return Math.min(last, index + 1);
    case 'ArrowUp':
      return indexVertically(layout, index, -1);
    case 'ArrowDown':
      return indexVertically(layout, index, 1);
    case 'PageUp':
      return indexByDistance(layout, index, -pagePixels);
    case 'PageDown':
      return indexByDistance(layout, index, pagePixels);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
