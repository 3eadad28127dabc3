import { createStore, useStore } from '../state/store.ts';
import { setView } from '../state/view.ts';

/** `preview`: a quick look that space closes again; `full`: with all controls. */
export type ViewerMode = 'preview' | 'full';

const mode = createStore<ViewerMode>('full');

export function useViewerMode(): ViewerMode {
  return useStore(mode);
}

/** Opens the viewer. The back button closes it. */
export function openViewer(id: number, as: ViewerMode = 'full'): void {
  mode.set(as);
  setView({ viewerId: id }, { push: true });
}

/** Turns a quick look into the full viewer. */
export function enterFullViewer(): void {
  mode.set('full');
}

export function closeViewer(): void {
  setView({ viewerId: null });
}
