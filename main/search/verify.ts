/**
 * Is the index what the library says? Photo by photo, a few at a time: the thread that serves has others
 * to answer, and a second index would not fit into memory. What changes meanwhile looks different at
 * first, so whatever differs is looked at once more at the end.
 */
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { all, type ReadableDB } from '../library/database.ts';
import { hasBit } from './bits.ts';
import { FolderTable } from './folderTable.ts';
import type { LiveStore } from './live.ts';
import { idAfter } from './loadSql.ts';
import type { Store } from './store.ts';
import { TagTable } from './tagTable.ts';
import { comparePhotos, EntryCursor } from './verifyPhotos.ts';

/** Differences that are told one by one; more are counted. */
const MAX_TOLD = 20;
const PHOTOS_PER_STEP = 200;
const IDS_PER_STEP = 20_000;
/** A change that was committed is told within this time. */
const TOLD_WITHIN_MS = 200;
/** Of an index that differs everywhere, so many photos are looked at twice. */
const MOST_SUSPECTS = 5000;

/** How an index differs from its library, as sentences. Empty when they agree. */
export async function verifyStore(db: ReadableDB, live: LiveStore): Promise<readonly string[]> {
  const release = await live.hold();
  try {
    for (;;) {
      const { store } = live;
      const suspects = await findSuspects(db, live, store);
      await sleep(suspects.size > 0 ? TOLD_WITHIN_MS : 0);
      await live.ready;
      if (!db.open) return [];
      // Another store took its place: what was found is of no more use.
      if (live.store === store) return lookAgain(db, store, [...suspects].slice(0, MOST_SUSPECTS));
    }
  } finally {
    release();
  }
}

/** Photos that seem to differ. */
async function findSuspects(db: ReadableDB, live: LiveStore, store: Store): Promise<Set<number>> {
  const suspects = new Set<number>();
  const goesOn = (): boolean => db.open && live.store === store && suspects.size <= MOST_SUSPECTS;
  const entries = new EntryCursor(store);
  // Slots are added at the end while this goes on.
  for (let first = 0; first < store.slots && goesOn(); first += PHOTOS_PER_STEP) {
    const slots = livingBetween(store, first, first + PHOTOS_PER_STEP);
    for (const { id } of comparePhotos(db, store, slots, entries)) suspects.add(id);
    await nextTurn();
  }
  for (let after: number | null = 0; after !== null && goesOn(); ) {
    const upTo = idAfter(db, after, IDS_PER_STEP);
    for (const id of idsBetween(db, after, upTo)) if (store.slotOf(id) < 0) suspects.add(id);
    after = upTo;
    await nextTurn();
  }
  return suspects;
}

function livingBetween(store: Store, first: number, end: number): number[] {
  const slots: number[] = [];
  for (let slot = first; slot < Math.min(end, store.slots); slot += 1) {
    if (hasBit(store.alive, slot)) slots.push(slot);
  }
  return slots;
}

function idsBetween(db: ReadableDB, after: number, upTo: number | null): number[] {
  const sql = 'SELECT id FROM photo WHERE id > ? AND id <= ?';
  const rows = all<{ id: number }>(db, sql, after, upTo ?? Number.MAX_SAFE_INTEGER);
  return rows.map((row) => row.id);
}

/** At once, so that nothing can change between the two sides. */
function lookAgain(db: ReadableDB, store: Store, suspects: readonly number[]): string[] {
  const problems: string[] = [];
  let untold = 0;
  const tell = (problem: string): void => {
    if (problems.length < MAX_TOLD) problems.push(problem);
    else untold += 1;
  };
  const known = suspects.filter((id) => store.slotOf(id) >= 0);
  const slots = known.map((id) => store.slotOf(id)).sort((a, b) => a - b);
  const truth = new Set(
    all<{ id: number }>(
      db,
      'SELECT photo.id FROM json_each(?) AS wanted JOIN photo ON photo.id = wanted.value',
      JSON.stringify(suspects),
    ).map((row) => row.id),
  );
  for (const id of suspects) {
    if (store.slotOf(id) < 0 && truth.has(id)) tell(`Photo ${id} is not in the search index.`);
  }
  for (const { problem } of comparePhotos(db, store, slots, new EntryCursor(store))) tell(problem);
  compareOrder(store, tell);
  compareTables(db, store, tell);
  if (untold > 0) problems.push(`${untold} more differences between search index and library.`);
  return problems;
}

function compareOrder(store: Store, tell: (problem: string) => void): void {
  const slots = store.ordered(store.alive);
  let different = slots.length !== store.aliveCount;
  const { id } = store.columns;
  for (let index = 1; index < slots.length && !different; index += 1) {
    const [before, after] = [slots[index - 1] as number, slots[index] as number];
    const [first, second] = [store.takenAt(before), store.takenAt(after)];
    const same = first === second || (Number.isNaN(first) && Number.isNaN(second));
    different = same
      ? (id[before] as number) > (id[after] as number)
      : !(first > second || Number.isNaN(second));
  }
  if (different) tell('The search index has another order by date than the library.');
}

function compareTables(db: ReadableDB, store: Store, tell: (problem: string) => void): void {
  const tags = new TagTable();
  tags.load(db);
  const names = (table: TagTable): string =>
    JSON.stringify([...table.tags.values()].sort((a, b) => a.id - b.id));
  if (names(store.tags) !== names(tags)) {
    tell('The search index knows other tags or names than the library.');
  }
  const folders = new FolderTable();
  folders.load(db);
  const paths = (table: FolderTable): string => JSON.stringify([...table.folders.values()]);
  if (paths(store.folders) !== paths(folders)) {
    tell('The search index knows other folders than the library.');
  }
}
