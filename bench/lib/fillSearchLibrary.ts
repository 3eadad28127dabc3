/**
 * Writes a library of any size straight into the database: a million photos with eleven million tags
 * in a few minutes. No file of it exists: it is for questions, not for pictures.
 */
import { createHash } from 'node:crypto';
import { createRandom, type Random } from '../../app/sample/random.ts';
import type { WritableDB } from '../../main/library/database.ts';
import { ensureLabel } from '../../main/library/tags.ts';
import { VOCABULARY } from '../../main/tagging/onDevice/vocabulary.ts';
import { CAMERAS, TOWNS } from './cameras.ts';
import { type BenchTag, makeFolders, makeTags } from './searchVocabulary.ts';

export const TAG_COUNT = 3000;
const SEED = 4811;
const FIRST_YEAR = 2006;
const YEARS = 20;
const PHOTOS_A_STEP = 20_000;
const DAY_MS = 86_400_000;
/** Of a hundred pictures so many were seen by a cloud service. */
const CLOUD_PERCENT = 89;
const NAMES: readonly [string, ...string[]] = ['IMG_', 'DSC', 'PXL_2019', 'MVIMG_', '微信图片_'];

type Labels = {
  readonly device: readonly number[];
  readonly cloud: readonly number[];
  readonly mine: readonly number[];
};

/** Photos and tag entries that were written. */
export function fillSearchLibrary(
  db: WritableDB,
  photos: number,
  say: (line: string) => void,
): { photos: number; entries: number } {
  const random = createRandom(SEED);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('foreign_keys = OFF');
  db.pragma('cache_size = -200000');
  const restoreIndexes = dropIndexes(db);
  db.exec('BEGIN');
  const folders = insertFolders(db);
  const labels = insertLabels(db, makeTags(TAG_COUNT, random));
  db.exec('COMMIT');
  const writer = photoWriter(db, random, labels, folders);
  let entries = 0;
  for (let first = 1; first <= photos; first += PHOTOS_A_STEP) {
    const last = Math.min(photos, first + PHOTOS_A_STEP - 1);
    db.exec('BEGIN');
    for (let id = first; id <= last; id += 1) entries += writer(id);
    db.exec('COMMIT');
    if (last % 200_000 === 0) say(`  ${last} of ${photos} photos`);
  }
  restoreIndexes();
  db.exec('ANALYZE');
  db.pragma('journal_mode = WAL');
  return { photos, entries };
}

/** Indexes are made faster at the end. Those of a table's own keys stay. */
function dropIndexes(db: WritableDB): () => void {
  const tables = `'photo', 'photo_tag', 'picture_tag', 'picture'`;
  const indexes = db
    .prepare(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (${tables})`,
    )
    .all() as { name: string; sql: string }[];
  for (const { name } of indexes) db.exec(`DROP INDEX ${name}`);
  return () => {
    for (const { sql } of indexes) db.exec(sql);
  };
}

/** Ids of the folders that hold photos, by month. */
function insertFolders(db: WritableDB): readonly number[][] {
  const root = Number(
    db
      .prepare(`INSERT INTO root (path, path_text, added_at) VALUES (?, ?, 0)`)
      .run(Buffer.from('/bench/Pictures'), '/bench/Pictures').lastInsertRowid,
  );
  const insert = db.prepare(
    'INSERT INTO folder (root_id, parent_id, path, path_text) VALUES (?, ?, ?, ?)',
  );
  const ids = new Map<string, number>();
  const byMonth: number[][] = [];
  const years = Array.from({ length: YEARS }, (_, index) => FIRST_YEAR + index);
  for (const path of makeFolders(years)) {
    const cut = path.lastIndexOf('/');
    const parent = path === '' ? null : (ids.get(cut < 0 ? '' : path.slice(0, cut)) ?? null);
    const id = Number(insert.run(root, parent, Buffer.from(path), path).lastInsertRowid);
    ids.set(path, id);
    const month = /^(\d{4})\/\d{4}-(\d\d)\//.exec(path);
    if (!month) continue;
    const index = (Number(month[1]) - FIRST_YEAR) * 12 + Number(month[2]) - 1;
    byMonth[index] ??= [];
    byMonth[index].push(id);
  }
  return byMonth;
}

function insertLabels(db: WritableDB, tags: readonly BenchTag[]): Labels {
  const label = (serviceId: string, tag: BenchTag): number => {
    const names = tag.zh === null ? { en: tag.en } : { en: tag.en, zh: tag.zh };
    return ensureLabel(db, { serviceId, raw: tag.en, type: tag.type, names }, 0).id;
  };
  const device = VOCABULARY.slice(0, 60).map(
    ({ label: raw, type, en, zh, apart }) =>
      ensureLabel(db, { serviceId: 'on-device', raw, type, names: { en, zh }, apart }, 0).id,
  );
  return {
    device,
    cloud: tags.map((tag) => label('huawei-tagging', tag)),
    mine: tags.slice(0, 300).map((tag) => label('me', tag)),
  };
}

/** Writes one photo with its picture and tags; answers the number of its tags. */
function photoWriter(
  db: WritableDB,
  random: Random,
  labels: Labels,
  folders: readonly number[][],
): (id: number) => number {
  const photo = db.prepare(
    `INSERT INTO photo (id, folder_id, name, name_text, name_key, size_bytes, mtime_us, inode, added_at, stage,
                        attempts, file_hash, picture_id, format, width, height, orientation, taken_at,
                        taken_at_source, utc_offset_minutes, camera_make, camera_model, lens,
                        exposure_seconds, f_number, iso, focal_length_mm, latitude, longitude, favorite)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 2, 1, ?, ?, 'jpeg', ?, ?, 1, ?, 'exif', ?, ?, ?, ?, 0.008, ?, ?, ?, ?, ?, ?)`,
  );
  const picture = db.prepare('INSERT INTO picture (id, image_hash) VALUES (?, ?)');
  const photoTag = db.prepare('INSERT INTO photo_tag VALUES (?, ?, ?, NULL)');
  const pictureTag = db.prepare('INSERT INTO picture_tag VALUES (?, ?, ?, ?, NULL)');
  const drawDevice = zipf(labels.device, random);
  const drawCloud = zipf(labels.cloud, random);
  const drawMine = zipf(labels.mine, random);
  const start = Date.UTC(FIRST_YEAR, 0, 1);
  const added = Date.UTC(2026, 0, 1);
  const pictureOf: number[] = [];
  return (id) => {
    const takenMs = start + Math.floor(random.next() * YEARS * 365.24) * DAY_MS;
    const taken = new Date(takenMs + (7 * 3600 + random.whole(14 * 3600)) * 1000);
    const month = (taken.getUTCFullYear() - FIRST_YEAR) * 12 + taken.getUTCMonth();
    const inMonth = folders[Math.min(month, folders.length - 1)] ?? [1];
    const camera = random.pick(CAMERAS);
    const [latitude, longitude, hours] = random.pick(TOWNS);
    const hasPlace = random.next() < 0.6;
    const upright = random.next() < 0.3;
    const name = `${random.pick(NAMES)}${String(id).padStart(6, '0')}.${random.next() < 0.9 ? 'JPG' : 'heic'}`;
    // One picture in fifty lies at two places.
    const other = id > 1 && random.next() < 0.02 ? (pictureOf[random.whole(id - 1)] ?? id) : id;
    pictureOf.push(other);
    const owner = other === id;
    if (owner) picture.run(id, createHash('sha256').update(`picture ${id}`).digest());
    photo.run(
      id,
      inMonth[random.whole(inMonth.length)] ?? 1,
      Buffer.from(name),
      name,
      name.toLowerCase(),
      1_000_000 + random.whole(9_000_000),
      takenMs * 1000,
      id,
      added + id * 60,
      createHash('sha256').update(`file ${id}`).digest(),
      other,
      upright ? 3024 : 4032,
      upright ? 4032 : 3024,
      taken.toISOString().slice(0, 19),
      hours * 60,
      camera.make,
      camera.model,
      camera.lens,
      random.pick([1.8, 2.8, 4, 5.6]),
      random.pick([50, 100, 200, 400, 1600]),
      random.pick([26, 35, 50, 85]),
      hasPlace ? latitude + random.between(-0.2, 0.2) : null,
      hasPlace ? longitude + random.between(-0.2, 0.2) : null,
      random.next() < 0.02 ? 1 : 0,
    );
    let entries = 0;
    const own = draw(drawDevice, 3 + random.whole(4));
    if (random.next() < 0.2) own.push(...draw(drawMine, 1 + random.whole(2)));
    for (const label of own.sort((a, b) => a - b)) {
      photoTag.run(id, label, label <= 60 ? Math.round(random.between(300, 1000)) / 10 : 100);
      entries += 1;
    }
    if (owner && random.next() * 100 < CLOUD_PERCENT) {
      for (const label of draw(drawCloud, 4 + random.whole(8)).sort((a, b) => a - b)) {
        const boxes = random.next() < 0.05 ? boxesOf(random) : null;
        pictureTag.run(id, label, Math.round(random.between(200, 1000)) / 10, boxes);
        entries += 1;
      }
    }
    return entries;
  };
}

function boxesOf(random: Random): string {
  const width = Math.round(random.between(10, 90)) / 100;
  const height = Math.round(random.between(10, 90)) / 100;
  return JSON.stringify([{ x: 0, y: 0, width, height, confidence: 90 }]);
}

function draw(one: () => number, count: number): number[] {
  const drawn = new Set<number>();
  while (drawn.size < count) drawn.add(one());
  return [...drawn];
}

/** Draws the n-th value with a weight of 1 / n. */
export function zipf(values: readonly number[], random: Random): () => number {
  const sums = new Float64Array(values.length);
  let total = 0;
  for (let index = 0; index < values.length; index += 1) {
    total += 1 / (index + 1);
    sums[index] = total;
  }
  return () => {
    const drawn = random.next() * total;
    let low = 0;
    let high = values.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sums[middle] as number) > drawn) high = middle;
      else low = middle + 1;
    }
    return values[low] ?? 0;
  };
}
