import { saveSetting, useSettings } from '../settings/queries.ts';
import { createStore, useStore } from '../state/store.ts';
import type { Layout } from './useLayout.ts';

/** Panes that lie over the photos are closed at the start, whatever the settings say of wide windows. */
const inspectorOver = createStore(false);
const drawer = createStore(false);

export type Pane = { readonly isOpen: boolean; readonly setOpen: (isOpen: boolean) => void };

/** The inspector: beside the photos as the person left it, or over them. */
export function useInspectorPane(layout: Layout): Pane {
  const { inspectorOpen } = useSettings();
  const over = useStore(inspectorOver);
  if (layout === 'wide') {
    return {
      isOpen: inspectorOpen,
      setOpen: (isOpen) => void saveSetting('inspectorOpen', isOpen),
    };
  }
  return { isOpen: over, setOpen: inspectorOver.set };
}

/** The library pane as a drawer, where there is no room for it. */
export function useDrawer(layout: Layout): Pane {
  const isOpen = useStore(drawer);
  const possible = layout === 'narrow' || layout === 'small';
  return { isOpen: possible && isOpen, setOpen: drawer.set };
}
