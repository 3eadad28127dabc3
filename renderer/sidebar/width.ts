import { saveSetting, useSettings } from '../settings/queries.ts';
import { createStore, useStore } from '../state/store.ts';

/** Pixels. */
export const SIDEBAR_MINIMUM = 200;
export const SIDEBAR_MAXIMUM = 360;

/** The width while the person drags the edge. */
const dragged = createStore<number | null>(null);

/** The width of the library pane, pixels. */
export function useSidebarWidth(): number {
  const { sidebarWidth } = useSettings();
  return useStore(dragged) ?? sidebarWidth;
}

/** Follows the pointer. */
export function dragSidebar(width: number): void {
  dragged.set(clampWidth(width));
}

/** Keeps a width for the next start too. */
export async function setSidebarWidth(width: number): Promise<void> {
  await saveSetting('sidebarWidth', clampWidth(width));
  dragged.set(null);
}

function clampWidth(width: number): number {
  return Math.round(Math.max(SIDEBAR_MINIMUM, Math.min(SIDEBAR_MAXIMUM, width)));
}
