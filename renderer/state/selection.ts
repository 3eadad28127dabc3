import { createStore, useStore } from './store.ts';

export type Selection = {
  readonly ids: ReadonlySet<number>;
  /** Where a range starts. */
  readonly anchor: number | null;
  /** The photo that the keyboard is on; it need not be selected. */
  readonly focus: number | null;
};

const NOTHING: Selection = { ids: new Set(), anchor: null, focus: null };
const store = createStore<Selection>(NOTHING);

export function useSelection(): Selection {
  return useStore(store);
}

export function getSelection(): Selection {
  return store.get();
}

/** Changes parts of the selection. Hand over new sets; they are not copied. */
export function setSelection(patch: Partial<Selection>): void {
  store.set({ ...store.get(), ...patch });
}

/** Selects nothing. The keyboard stays where it is. */
export function clearSelection(): void {
  const { ids, focus } = store.get();
  if (ids.size > 0) store.set({ ...NOTHING, focus });
}

/** Calls back after each change. Answers how to stop. */
export function onSelection(listener: (selection: Selection) => void): () => void {
  return store.subscribe(() => listener(store.get()));
}
