import type {
  FacetGroups,
  LibraryCounts,
  QueryHint,
  SearchRequest,
  Suggestion,
  TagCount,
} from '../../shared/model.ts';
import type { PackedResult } from '../../shared/resultCodec.ts';
import type { LibraryChanges } from '../library/changes.ts';

/** The photos of a result, or the first of them, with the number of all. */
export type FoundPhotos = PackedResult & { readonly total: number };

export type Facets = {
  readonly total: number;
  readonly tags: readonly TagCount[];
  readonly groups: FacetGroups;
  /** Tags of the query that are not in the library. */
  readonly hints: readonly QueryHint[];
  readonly counts: LibraryCounts;
};

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
  /** Ordered photo ids, at most `limit`. Throws `query_invalid` with `data.position`. */
  result(request: SearchRequest, limit?: number): FoundPhotos;
  /**
   * What is in the result of a query, and what could narrow it: all tags, and at most `limit` (50) values
   * of each other group. Throws `query_invalid`.
   */
  facets(query: string, threshold: number, limit?: number): Facets;
  /**
   * Photos of the result in each of these folders and below it, in their order; 0 for one that is not
   * there. Throws `query_invalid`.
   */
  folderCounts(query: string, threshold: number, folderIds: readonly number[]): readonly number[];
  /** How many photos a query finds. Throws `query_invalid`. */
  count(query: string, threshold: number): number;
  /** The fixed views of the whole library. */
  counts(): LibraryCounts;
  /** `text` is the word before the cursor. */
  suggest(text: string, language: 'en' | 'zh', limit: number): readonly Suggestion[];
  /** Reads Chinese names as pinyin; `suggest` does it by itself, a moment after it is first asked. */
  prepareSuggestions(): Promise<void>;
  /** Compares with the database in steps, for `check`. Empty when both agree. */
  verify(): Promise<readonly string[]>;
  /** Writes the index to disk when that is worth it. The database must still be open. */
  close(): Promise<void>;
};
