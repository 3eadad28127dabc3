import { createStore, useStore } from '../state/store.ts';

/** Below this the picture needs the room. */
const WIDE_PIXELS = 1100;

const open = createStore<boolean | null>(null);

/** Whether the viewer's side panel is open: as the person left it, else where the window has room. */
export function usePanelOpen(): boolean {
  return useStore(open) ?? window.innerWidth >= WIDE_PIXELS;
}

export function togglePanel(isOpen: boolean): void {
  open.set(!isOpen);
}
