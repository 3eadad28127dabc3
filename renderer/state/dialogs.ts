import type { Root } from '../../shared/model.ts';
import { createStore, useStore } from './store.ts';

export type SettingsTab = 'general' | 'folders' | 'about';

/** The one dialog that is open. */
export type OpenDialog =
  | { readonly kind: 'add-folder' }
  | { readonly kind: 'locate-root'; readonly root: Root }
  | { readonly kind: 'remove-root'; readonly root: Root }
  | { readonly kind: 'settings'; readonly tab: SettingsTab }
  | { readonly kind: 'shortcuts' };

const store = createStore<OpenDialog | null>(null);

export function openDialog(dialog: OpenDialog): void {
  store.set(dialog);
}

export function closeDialog(): void {
  store.set(null);
}

export function useDialog(): OpenDialog | null {
  return useStore(store);
}
