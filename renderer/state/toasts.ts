import { createStore, useStore } from './store.ts';

export type Toast = {
  readonly id: number;
  readonly text: string;
  /** Shown as a button; the toast closes when it is used. */
  readonly undo?: () => void;
  /** Another thing that can be done about it, as a button of its own. */
  readonly action?: { readonly label: string; readonly run: () => void };
  readonly kind: 'info' | 'success' | 'warning' | 'error';
};

const MOST_SHOWN = 3;

const store = createStore<readonly Toast[]>([]);
let lastId = 0;

/** Shows a short message at the bottom of the window. Answers its id, for `dismissToast`. */
export function showToast(
  toast: Omit<Toast, 'id' | 'kind'> & { readonly kind?: Toast['kind'] },
): number {
  lastId += 1;
  const others = store
    .get()
    .filter((shown) => shown.text !== toast.text || toast.undo || toast.action);
  store.set([...others, { kind: 'info' as const, ...toast, id: lastId }].slice(-MOST_SHOWN));
  return lastId;
}

export function dismissToast(id: number): void {
  store.set(store.get().filter((toast) => toast.id !== id));
}

export function useToasts(): readonly Toast[] {
  return useStore(store);
}
