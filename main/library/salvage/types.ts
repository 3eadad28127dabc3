/** What a salvage finds in a damaged library that the backup does not have. */
import type { ExportedPhoto, ExportedReply, ExportHead } from '../exchange/document.ts';
import type { SalvagedUpload } from '../exchange/importUploads.ts';

/** Highest ids that the backup ever gave; rows with higher ones came later. Ids are never given again. */
export type NewestIds = Readonly<Record<string, number>>;

export type SalvageRequest = {
  /** The damaged `library.db`; its log lies beside it. */
  readonly damagedPath: string;
  /** The backup that stands in for it, or, where that is gone by now, the library itself. */
  readonly basePath: string;
  readonly newest: NewestIds;
};

/** `photoId`: its row in the backup; null when it was added later. */
export type SalvagedPhoto = ExportedPhoto & { readonly photoId: number | null };

export type ChangedSearch = ExportHead['searches'][number] & { readonly id: number };

export type SalvagedHead = {
  readonly links: ExportHead['links'];
  readonly newSearches: ExportHead['searches'];
  readonly changedSearches: readonly ChangedSearch[];
  readonly neverUpload: readonly string[];
  readonly settings: readonly { readonly key: string; readonly value: unknown }[];
  /** Folders that were added, and others that were told where they lie now. */
  readonly newRoots: readonly Uint8Array[];
  readonly movedRoots: readonly { readonly id: number; readonly path: Uint8Array }[];
};

/** Parts come in this order; each may come several times but the first and the last. */
export type Salvaged =
  /** `isSameLine`: the library went on from this very backup; else ids of the two mean different rows. */
  | { readonly kind: 'head'; readonly head: SalvagedHead; readonly isSameLine: boolean }
  | {
      readonly kind: 'uploads';
      readonly uploads: readonly SalvagedUpload[];
      readonly fromId: number;
    }
  | { readonly kind: 'replies'; readonly replies: readonly ExportedReply[] }
  | { readonly kind: 'photos'; readonly photos: readonly SalvagedPhoto[] }
  /** `badPages`: that could not be read, or only in parts. */
  | { readonly kind: 'end'; readonly badPages: number };
