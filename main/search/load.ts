/** Fills a store from the database, in steps short enough for the thread that serves. */
import { all, get, prepared, type ReadableDB } from '../library/database.ts';
import { FAILED, FAVORITE, PENDING, UNSUPPORTED } from './columns.ts';
import { type PhotoRow, Store } from './store.ts';

/** Rows of a step; about 10 ms each. */
const PHOTOS_PER_STEP = 3000;
const TAGGED_PHOTOS_PER_STEP = 1500;

const PHOTO_SQL = `photo.id, photo.folder_id, photo.name_text, photo.taken_at, photo.camera_make,
  photo.camera_model, photo.lens, photo.width, photo.height, photo.size_bytes, photo.iso,
  photo.f_number, photo.focal_length_mm, photo.latitude, photo.longitude, photo.added_at,
  photo.missing_since, photo.picture_id, photo.format,
  (photo.favorite <> 0) * ${FAVORITE}
    + (photo.failure_code IS NOT NULL AND photo.failure_code <> 'unsupported') * ${FAILED}
    + (photo.failure_code IS 'unsupported') * ${UNSUPPORTED} + (photo.stage < 2) * ${PENDING}`;

/** The view's three sides, written out so that each is found by its photos; rejected tags left out. */
function entrySql(wanted: string): string {
  const notRejected = `NOT EXISTS (SELECT 1 FROM rejection
    WHERE rejection.photo_id = photo.id AND rejection.tag_id = label.tag_id)`;
  return `
    SELECT photo.id, photo_tag.label_id, photo_tag.confidence FROM photo
      JOIN photo_tag ON photo_tag.photo_id = photo.id
      JOIN label ON label.id = photo_tag.label_id
     WHERE ${wanted} AND ${notRejected}
    UNION ALL
    SELECT photo.id, picture_tag.label_id, picture_tag.confidence FROM photo
      JOIN picture_tag ON picture_tag.picture_id = photo.picture_id
      JOIN label ON label.id = picture_tag.label_id
     WHERE ${wanted} AND ${notRejected}
    UNION ALL
    SELECT photo.id, picture_tag.label_id, picture_tag.confidence FROM photo
      JOIN picture_tag ON picture_tag.picture_id = photo.earlier_picture_id
      JOIN label ON label.id = picture_tag.label_id
     WHERE ${wanted} AND photo.earlier_picture_id IS NOT NULL AND ${notRejected}
       AND NOT EXISTS (
         SELECT 1 FROM picture_tag AS now JOIN label AS now_label ON now_label.id = now.label_id
          WHERE now.picture_id = photo.picture_id AND now_label.service_id = label.service_id)`;
}

const NEXT_PHOTOS = `SELECT ${PHOTO_SQL} FROM photo WHERE id > ? ORDER BY id LIMIT ?`;
const NAMED_PHOTOS = `SELECT ${PHOTO_SQL} FROM json_each(?) AS wanted JOIN photo ON photo.id = wanted.value`;
const NEXT_ENTRIES = entrySql('photo.id > $after AND photo.id <= $upTo');
const NAMED_ENTRIES = entrySql('photo.id IN (SELECT value FROM json_each($ids))');

type EntryRow = readonly [photo: number, label: number, confidence: number];

/** Fills one store, and keeps it in step meanwhile and afterwards. */
export class Loader {
  readonly store = new Store();
  readonly #db: ReadableDB;
  /** Photos up to this id are in the store; those above are still to come. */
  #photosUpTo = 0;
  #tagsUpTo = 0;

  constructor(db: ReadableDB) {
    this.#db = db;
    this.store.folders.load(db);
    this.store.tags.load(db);
    const size = get<{ photos: number; highestId: number | null }>(
      db,
      'SELECT COUNT(*) AS photos, MAX(id) AS highestId FROM photo',
    );
    this.store.reserve(size?.photos ?? 0, size?.highestId ?? 0);
  }

  /** Everything but tags is there. */
  get hasPhotos(): boolean {
    return this.#photosUpTo === Infinity;
  }

  /** Everything is there. */
  get isComplete(): boolean {
    return this.#tagsUpTo === Infinity;
  }

  /** Reads the next part. Photos first, then tags. */
  step(): void {
    if (!this.hasPhotos) this.#stepPhotos();
    else if (!this.isComplete) this.#stepTags();
  }

  #stepPhotos(): void {
    const rows = raw<PhotoRow>(this.#db, NEXT_PHOTOS, this.#photosUpTo, PHOTOS_PER_STEP);
    for (const row of rows) this.store.put(row);
    this.#photosUpTo = rows.length < PHOTOS_PER_STEP ? Infinity : (rows.at(-1)?.[0] ?? 0);
    if (this.hasPhotos) this.store.reorder();
  }

  #stepTags(): void {
    const { store } = this;
    const last = all<{ id: number }>(
      this.#db,
      'SELECT id FROM photo WHERE id > ? ORDER BY id LIMIT 1 OFFSET ?',
      this.#tagsUpTo,
      TAGGED_PHOTOS_PER_STEP - 1,
    )[0]?.id;
    const upTo = last ?? Number.MAX_SAFE_INTEGER;
    this.#addEntries(raw<EntryRow>(this.#db, NEXT_ENTRIES, { after: this.#tagsUpTo, upTo }));
    this.#tagsUpTo = last ?? Infinity;
    if (this.isComplete) store.trim();
  }

  /** Reads these photos anew. Those that are gone leave the store; those not reached yet come later. */
  refresh(ids: readonly number[]): void {
    const { store } = this;
    const reached = ids.filter((id) => id <= this.#photosUpTo);
    if (reached.length === 0) return;
    for (const id of reached) store.remove(id);
    const rows = raw<PhotoRow>(this.#db, NAMED_PHOTOS, JSON.stringify(reached));
    for (const row of rows) {
      store.put(row);
      if (!store.folders.folders.has(row[1])) store.folders.load(this.#db);
    }
    const tagged = reached.filter((id) => id <= this.#tagsUpTo);
    this.#addEntries(raw<EntryRow>(this.#db, NAMED_ENTRIES, { ids: JSON.stringify(tagged) }));
    if (this.hasPhotos) store.reorder();
  }

  /** Reads tags, names and labels anew. True when entries must be read anew too. */
  refreshTags(): boolean {
    const remapped = this.store.tags.load(this.#db);
    if (remapped.size === 0) return false;
    // Rejections are about tags, entries about labels: which entries count may have changed.
    const rejected = all(
      this.#db,
      'SELECT 1 FROM rejection WHERE tag_id IN (SELECT value FROM json_each(?)) LIMIT 1',
      JSON.stringify([...remapped]),
    );
    return rejected.length > 0;
  }

  refreshFolders(): void {
    this.store.folders.load(this.#db);
  }

  #addEntries(rows: readonly EntryRow[]): void {
    const { store } = this;
    for (let index = 0; index < rows.length; index += 1) {
      const [photo, label, confidence] = rows[index] as EntryRow;
      const slot = store.slotOf(photo);
      // Not there: added to the database just now; the change that names it is on its way.
      if (slot < 0) continue;
      if (!store.tags.tagOfLabel.has(label)) store.tags.load(this.#db);
      store.addTag(slot, label, confidence);
    }
  }
}

const rawStatements = new WeakSet<object>();

/** Rows as arrays: half the time of objects. */
function raw<Row>(db: ReadableDB, sql: string, ...values: unknown[]): Row[] {
  const statement = prepared(db, sql);
  if (!rawStatements.has(statement)) {
    statement.raw();
    rawStatements.add(statement);
  }
  return statement.all(...values) as Row[];
}
