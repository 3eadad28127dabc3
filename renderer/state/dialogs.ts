import type { Root, TagNames, TagType } from '../../shared/model.ts';
import type { ServiceId } from '../../shared/services.ts';
import { createStore, useStore } from './store.ts';

export type SettingsTab = 'general' | 'folders' | 'services' | 'sent' | 'backups' | 'about';

/** Which photos an action is for: named ones, or all that a query finds. */
export type PhotoTarget =
  | { readonly photoIds: readonly number[] }
  | { readonly query: string; readonly threshold: number };

export type TagPhotos = {
  readonly kind: 'tag-photos';
  readonly target: PhotoTarget;
  /** The service that is chosen at first. */
  readonly service?: ServiceId;
};

/** The one dialog that is open. */
export type OpenDialog =
  | { readonly kind: 'add-folder' }
  | { readonly kind: 'locate-root'; readonly root: Root }
  | { readonly kind: 'remove-root'; readonly root: Root }
  | {
      readonly kind: 'settings';
      readonly tab: SettingsTab;
      /** The service that is unfolded at first. */
      readonly service?: ServiceId;
      /** Where the person came from, and goes back to. */
      readonly back?: TagPhotos;
    }
  | TagPhotos
  /** The picture that a service would get of a photo. */
  | {
      readonly kind: 'would-send';
      readonly photoId: number;
      readonly service?: ServiceId;
      /** Where the person came from, and goes back to. */
      readonly back?: TagPhotos;
    }
  /** Pairs of names that may be one tag. */
  | { readonly kind: 'tag-names' }
  /** Which other tag a tag is the same as. */
  | {
      readonly kind: 'same-tag';
      readonly tag: { readonly id: number; readonly names: TagNames; readonly type: TagType };
    }
  /** What a run that tagged photos again changed. */
  | { readonly kind: 'run-changes'; readonly runId: number }
  | { readonly kind: 'shortcuts' }
  /** What people can search by, and how it is written. */
  | { readonly kind: 'search-help' };

const store = createStore<OpenDialog | null>(null);

export function openDialog(dialog: OpenDialog): void {
  store.set(dialog);
}

export function closeDialog(): void {
  store.set(null);
}

/** Another part of the settings, with the way back kept. */
export function openSettingsTab(tab: SettingsTab): void {
  const now = store.get();
  store.set(now?.kind === 'settings' ? { ...now, tab } : { kind: 'settings', tab });
}

/** The account and settings of a service; what is open now is gone back to. */
export function openService(service: ServiceId): void {
  const now = store.get();
  const back = now?.kind === 'tag-photos' ? { back: { ...now, service } } : {};
  store.set({ kind: 'settings', tab: 'services', service, ...back });
}

export function useDialog(): OpenDialog | null {
  return useStore(store);
}
