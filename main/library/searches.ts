/** Searches that a person keeps, in their order, and the last ones they made. */
import { TagrollError } from '../../shared/errors.ts';
import type { KeptSearch, SavedSearch } from '../../shared/searchesContract.ts';
import type { ChangeLog } from './changes.ts';
import { all, get, type ReadableDB, run, type WritableDB } from './database.ts';
import { searchKey, searchTells, tellingNames } from './tellingSearches.ts';

const MOST_SAVED = 200;
const MOST_RECENT = 50;

type SavedRow = Omit<SavedSearch, 'ascending'> & { readonly ascending: 0 | 1 };

const SAVED_SQL = 'SELECT id, name, query, threshold, sort, ascending FROM saved_search';

function savedSearch(row: SavedRow): SavedSearch {
  return { ...row, ascending: row.ascending === 1 };
}

/** Saved searches in the person's order. */
export function savedSearches(db: ReadableDB): SavedSearch[] {
  return all<SavedRow>(db, `${SAVED_SQL} ORDER BY place, id`).map(savedSearch);
}

/** Saves a search at `place` (0 is the first), or last. Throws `searches_full`. */
export function saveSearch(
  db: WritableDB,
  input: KeptSearch & { readonly name: string; readonly place?: number | undefined },
  changes: ChangeLog,
): { search: SavedSearch } {
  const order = savedOrder(db);
  if (order.length >= MOST_SAVED) {
    throw new TagrollError(
      'searches_full',
      `There are ${MOST_SAVED} saved searches, and no more are kept. Remove one first.`,
      { most: MOST_SAVED },
    );
  }
  const { name, query, threshold, sort, ascending } = input;
  const id = Number(
    run(
      db,
      `INSERT INTO saved_search (name, query, threshold, sort, ascending, place)
       VALUES (?, ?, ?, ?, ?, ?)`,
      name,
      query,
      threshold,
      sort,
      ascending ? 1 : 0,
      order.length,
    ).lastInsertRowid,
  );
  if (input.place !== undefined) moveTo(db, id, input.place);
  changes.searches();
  return { search: oneSaved(db, id) };
}

/** Changes what is given; `place` moves it there. Throws `not_found`. */
export function changeSearch(
  db: WritableDB,
  input: { readonly id: number } & {
    readonly [Key in keyof KeptSearch | 'name']?: (KeptSearch & { name: string })[Key] | undefined;
  } & { readonly place?: number | undefined },
  changes: ChangeLog,
): { search: SavedSearch } {
  const before = oneSaved(db, input.id);
  // Null is a value of its own: the window's lens.
  const threshold = input.threshold === undefined ? before.threshold : input.threshold;
  run(
    db,
    `UPDATE saved_search SET name = ?, query = ?, threshold = ?, sort = ?, ascending = ? WHERE id = ?`,
    input.name ?? before.name,
    input.query ?? before.query,
    threshold,
    input.sort ?? before.sort,
    (input.ascending ?? before.ascending) ? 1 : 0,
    input.id,
  );
  if (input.place !== undefined) moveTo(db, input.id, input.place);
  changes.searches();
  return { search: oneSaved(db, input.id) };
}

/** Answers what was removed and where it stood. Throws `not_found`. */
export function removeSearch(
  db: WritableDB,
  input: { readonly id: number },
  changes: ChangeLog,
): { search: SavedSearch; place: number } {
  const search = oneSaved(db, input.id);
  const order = savedOrder(db);
  run(db, 'DELETE FROM saved_search WHERE id = ?', input.id);
  writeOrder(
    db,
    order.filter((id) => id !== input.id),
  );
  changes.searches();
  return { search, place: order.indexOf(input.id) };
}

/** The last searches, the newest first; none that would tell of sensitive photos as things are now. */
export function recentSearches(db: ReadableDB): string[] {
  const names = tellingNames(db);
  return recentRows(db).flatMap(({ query }) => (searchTells(query, names) ? [] : [query]));
}

/**
 * Remembers a search as the newest. An empty one, one with a mistake and one that would tell of sensitive
 * photos are left out; those among the known ones that tell of them since are forgotten.
 */
export function rememberSearch(
  db: WritableDB,
  input: { readonly query: string },
  changes: ChangeLog,
): void {
  const query = input.query.trim();
  const key = searchKey(query);
  const names = tellingNames(db);
  if (key === null || searchTells(query, names)) return;
  const rows = recentRows(db);
  if (rows[0]?.query === query) return;
  const kept = rows.filter((row) => searchKey(row.query) !== key && !searchTells(row.query, names));
  const keptIds = kept.slice(0, MOST_RECENT - 1).map((row) => row.id);
  run(
    db,
    'DELETE FROM recent_search WHERE id NOT IN (SELECT value FROM json_each(?))',
    JSON.stringify(keptIds),
  );
  run(db, 'INSERT INTO recent_search (query) VALUES (?)', query);
  changes.searches();
}

/** Forgets one of the last searches, or all. */
export function forgetSearch(
  db: WritableDB,
  input: { readonly query: string | null },
  changes: ChangeLog,
): void {
  const { changes: forgotten } =
    input.query === null
      ? run(db, 'DELETE FROM recent_search')
      : run(db, 'DELETE FROM recent_search WHERE query = ?', input.query.trim());
  if (forgotten > 0) changes.searches();
}

function recentRows(db: ReadableDB): { id: number; query: string }[] {
  return all(db, 'SELECT id, query FROM recent_search ORDER BY id DESC');
}

function oneSaved(db: ReadableDB, id: number): SavedSearch {
  const row = get<SavedRow>(db, `${SAVED_SQL} WHERE id = ?`, id);
  if (row) return savedSearch(row);
  throw new TagrollError('not_found', `The saved search ${id} is no longer in the library.`, {
    id,
  });
}

function savedOrder(db: ReadableDB): number[] {
  const rows = all<{ id: number }>(db, 'SELECT id FROM saved_search ORDER BY place, id');
  return rows.map((row) => row.id);
}

function moveTo(db: WritableDB, id: number, place: number): void {
  const order = savedOrder(db).filter((other) => other !== id);
  order.splice(place, 0, id);
  writeOrder(db, order);
}

function writeOrder(db: WritableDB, ids: readonly number[]): void {
  for (const [place, id] of ids.entries()) {
    run(db, 'UPDATE saved_search SET place = ? WHERE id = ?', place, id);
  }
}
