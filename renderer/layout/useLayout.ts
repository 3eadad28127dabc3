import { useSyncExternalStore } from 'react';

/**
 * How much room the window has. `wide`: everything side by side; `medium`: the inspector lies over the
 * photos; `narrow`: the library pane is a row of icons; `small`: it is only a drawer.
 */
export type Layout = 'wide' | 'medium' | 'narrow' | 'small';

const WIDE_PIXELS = 1100;
const MEDIUM_PIXELS = 760;
const NARROW_PIXELS = 520;

/** The layout for a window's width in pixels. */
export function layoutFor(width: number): Layout {
  if (width >= WIDE_PIXELS) return 'wide';
  if (width >= MEDIUM_PIXELS) return 'medium';
  return width >= NARROW_PIXELS ? 'narrow' : 'small';
}

/** The layout of this window; the component renders anew when it changes. */
export function useLayout(): Layout {
  return useSyncExternalStore(subscribe, () => layoutFor(window.innerWidth));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('resize', listener);
  return () => window.removeEventListener('resize', listener);
}
