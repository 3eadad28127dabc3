import type { LibraryCounts, SearchRequest, Suggestion, TagCount } from '../../shared/model.ts';
import type { PackedResult } from '../../shared/resultCodec.ts';
import type { LibraryChanges } from '../library/changes.ts';

/** The answers to every query, from memory; SQLite stays the truth. */
export type SearchIndex = {
  /** Grows with each change that was applied. */
  readonly revision: number;
  /**
   * Resolves once tags are loaded too; results without tag terms are right before that. A new promise
   * when `apply` is told more than it follows at once: await it before an answer that must be complete.
   */
  readonly ready: Promise<void>;
  /** Follows a committed write: reads the named rows anew. */
  apply(changes: LibraryChanges): void;
  /** Ordered photo ids. Throws `query_invalid` with `data.position`. */
  result(request: SearchRequest): PackedResult;
  facets(
    query: string,
    threshold: number,
  ): { readonly total: number; readonly tags: readonly TagCount[]; readonly counts: LibraryCounts };
  /** `text` is the word before the cursor. */
  suggest(text: string, language: 'en' | 'zh', limit: number): readonly Suggestion[];
  /** Compares with the database; for `check`. Empty when both agree. */
  verify(): readonly string[];
};
