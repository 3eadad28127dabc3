import type { LibraryState } from './libraryState.ts';

/** What a write touched, so that index and windows follow without asking the database what is new. */
export type LibraryChanges = {
  /** Photos whose row or tags changed. Null: too many to name, read everything anew. */
  readonly photoIds: readonly number[] | null;
  /** Photos whose rows are gone. */
  readonly removedPhotoIds: readonly number[];
  /** Names, types or links of tags changed. */
  readonly tags: boolean;
  /** Roots, folders or their on- and offline state changed. */
  readonly folders: boolean;
  readonly settings: boolean;
  /** Which state the library is in since; always told by the writer. */
  readonly state?: LibraryState;
};

/** Past this number it is cheaper to read everything anew than to follow single photos. */
const MAX_NAMED_PHOTOS = 50_000;

/** Collects what one write operation touches. Handed to every operation. */
export class ChangeLog {
  readonly #photoIds = new Set<number>();
  readonly #removed = new Set<number>();
  #tags = false;
  #folders = false;
  #settings = false;
  /** Set by whoever recorded the changes. */
  state: LibraryState | null = null;

  photo(id: number): void {
    this.#photoIds.add(id);
  }

  photos(ids: Iterable<number>): void {
    for (const id of ids) this.#photoIds.add(id);
  }

  removed(ids: Iterable<number>): void {
    for (const id of ids) {
      this.#removed.add(id);
      this.#photoIds.delete(id);
    }
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

  /** Null when the operation changed nothing. */
  summary(): LibraryChanges | null {
    const touched = this.#photoIds.size + this.#removed.size;
    if (touched === 0 && !this.#tags && !this.#folders && !this.#settings) return null;
    const tooMany = touched > MAX_NAMED_PHOTOS;
    return {
      photoIds: tooMany ? null : [...this.#photoIds],
      removedPhotoIds: tooMany ? [] : [...this.#removed],
      tags: this.#tags,
      folders: this.#folders,
      settings: this.#settings,
      ...(this.state ? { state: this.state } : {}),
    };
  }
}
