import type { LibraryState } from './libraryState.ts';

/** Photos that a person gave a label; nothing else about them changed, and none of them has it rejected. */
export type GainedLabel = { readonly labelId: number; readonly photoIds: readonly number[] };

/** What a write touched, so that index and windows follow without asking the database what is new. */
export type LibraryChanges = {
  /** Photos whose row or tags changed. Null: too many to name, read everything anew. */
  readonly photoIds: readonly number[] | null;
  /** Photos whose rows are gone. */
  readonly removedPhotoIds: readonly number[];
  /** The same of some of `photoIds` in particular, so that what follows need not read them anew. */
  readonly gained?: readonly GainedLabel[];
  /** Names, types or links of tags changed. */
  readonly tags: boolean;
  /** Told when `tags` means nothing but these labels, and perhaps tags of theirs, that are new. */
  readonly newLabels?: readonly number[];
  /** Roots, folders or their on- and offline state changed. */
  readonly folders: boolean;
  readonly settings: boolean;
  /** Saved or recent searches changed. */
  readonly searches?: boolean;
  /** Which state the library is in since; told by the writer, unless only searches changed. */
  readonly state?: LibraryState;
};

/** Past this number it is cheaper to read everything anew than to follow single photos. */
const MAX_NAMED_PHOTOS = 50_000;

/** Collects what one write operation touches. Handed to every operation. */
export class ChangeLog {
  readonly #photoIds = new Set<number>();
  readonly #removed = new Set<number>();
  readonly #gained = new Map<number, readonly number[]>();
  readonly #newLabels = new Set<number>();
  #tags = false;
  #folders = false;
  #settings = false;
  #searches = false;
  /** Set by whoever recorded the changes. */
  state: LibraryState | null = null;

  /** Photos told of so far. */
  get touched(): Iterable<number> {
    return this.#photoIds;
  }

  photo(id: number): void {
    this.#photoIds.add(id);
  }

  photos(ids: Iterable<number>): void {
    for (const id of ids) this.#photoIds.add(id);
  }

  /** Once a label. What else is told of one of these photos counts more. */
  gained(label: GainedLabel): void {
    this.#gained.set(label.labelId, label.photoIds);
  }

  removed(ids: Iterable<number>): void {
    for (const id of ids) {
      this.#removed.add(id);
      this.#photoIds.delete(id);
    }
  }

  newLabel(id: number): void {
    this.#newLabels.add(id);
  }

  tags(): void {
    this.#tags = true;
  }

  folders(): void {
    this.#folders = true;
  }

  settings(): void {
    this.#settings = true;
  }

  searches(): void {
    this.#searches = true;
  }

  /** Nothing changed but what a person keeps beside the photos: whatever follows the library still holds. */
  get isAside(): boolean {
    const touched = this.#photoIds.size + this.#gained.size + this.#removed.size;
    const tags = this.#tags || this.#newLabels.size > 0;
    return touched === 0 && !tags && !this.#folders && !this.#settings;
  }

  /** Null when the operation changed nothing. */
  summary(): LibraryChanges | null {
    if (this.isAside && !this.#searches) return null;
    const gained = [...this.#gained].map(([labelId, photoIds]) => ({
      labelId,
      photoIds: photoIds.filter((id) => !this.#photoIds.has(id) && !this.#removed.has(id)),
    }));
    const named = new Set([...this.#photoIds, ...gained.flatMap((label) => label.photoIds)]);
    const tooMany = named.size + this.#removed.size > MAX_NAMED_PHOTOS;
    return {
      photoIds: tooMany ? null : [...named],
      removedPhotoIds: tooMany ? [] : [...this.#removed],
      ...(tooMany || gained.length === 0 ? {} : { gained }),
      tags: this.#tags || this.#newLabels.size > 0,
      ...(this.#tags || this.#newLabels.size === 0 ? {} : { newLabels: [...this.#newLabels] }),
      folders: this.#folders,
      settings: this.#settings,
      ...(this.#searches ? { searches: true } : {}),
      ...(this.state ? { state: this.state } : {}),
    };
  }
}
