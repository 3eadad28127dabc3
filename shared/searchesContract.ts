/** Searches that a person keeps, and those they made last. Implemented in `main/api/searchesRouter.ts`. */
import { oc, type } from '@orpc/contract';
import { z } from 'zod';
import type { Sort } from './model.ts';

/** What a search looks for and how it is shown. */
export type KeptSearch = {
  readonly query: string;
  /** The confidence lens, whole 0..100; null follows the window's. */
  readonly threshold: number | null;
  readonly sort: Sort;
  readonly ascending: boolean;
};

export type SavedSearch = KeptSearch & {
  readonly id: number;
  /** Chosen by the person, 1..100 characters; several may be called the same. */
  readonly name: string;
};

/** Photos of a saved search now; null when its query can no longer be understood. */
export type SavedSearchCount = { readonly id: number; readonly count: number | null };

const kept = z.object({
  query: z.string().max(20_000),
  threshold: z.number().int().min(0).max(100).nullable(),
  sort: z.enum(['taken', 'added', 'name', 'confidence']),
  ascending: z.boolean(),
});
const name = z.string().trim().min(1).max(100);

export const searchesContract = {
  /** Saved searches in the person's order. */
  list: oc.output(type<{ searches: readonly SavedSearch[] }>()),
  /** Photos of each saved search; `threshold` is the lens of those that follow the window's. */
  counts: oc
    .input(z.object({ threshold: z.number().int().min(0).max(100) }))
    .output(type<{ counts: readonly SavedSearchCount[] }>()),
  /** Saves a search at `place` (0 is the first), or last. */
  save: oc
    .input(kept.extend({ name, place: z.number().int().min(0).optional() }))
    .output(type<{ search: SavedSearch }>()),
  /** Changes what is given; the rest stays. */
  change: oc
    .input(
      kept
        .extend({ name, place: z.number().int().min(0) })
        .partial()
        .extend({ id: z.number().int() }),
    )
    .output(type<{ search: SavedSearch }>()),
  /** Answers what was removed and where it stood, so that it can be saved again. */
  remove: oc
    .input(z.object({ id: z.number().int() }))
    .output(type<{ search: SavedSearch; place: number }>()),
  /** The last searches, the newest first; none that would tell of sensitive photos. */
  recent: oc.output(type<{ queries: readonly string[] }>()),
  /** Remembers a search as the newest. One that would tell of sensitive photos, or has a mistake, is left out. */
  remember: oc.input(z.object({ query: z.string().max(20_000) })).output(type<void>()),
  /** Forgets one of the last searches, or all. */
  forget: oc.input(z.object({ query: z.string().max(20_000).nullable() })).output(type<void>()),
};
