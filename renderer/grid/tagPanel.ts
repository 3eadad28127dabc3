import { createStore, useStore } from '../state/store.ts';

/** Which tag panel is open over the photos. */
export type TagPanel = 'add' | 'reject' | 'remove' | null;

const store = createStore<TagPanel>(null);

export function useTagPanel(): TagPanel {
  return useStore(store);
}

export function openTagPanel(panel: TagPanel): void {
  store.set(panel);
}
