/** Writes what the two passes would have learnt of every photo that a scan has listed. */
import { randomFillSync } from 'node:crypto';
import { createRandom, type Random } from '../../app/sample/random.ts';
import type { WritableDB } from '../../main/library/database.ts';
import { ensureLabel } from '../../main/library/tags.ts';
import { RULES_VERSION, VOCABULARY } from '../../main/tagging/onDevice/vocabulary.ts';
import { CAMERAS, TOWNS } from './cameras.ts';
import type { Picture } from './pictures.ts';

const FEWEST_TAGS = 6;
const MOST_TAGS = 10;
const SEED = 4711;

const UPDATE_SQL = `UPDATE photo SET stage = 2, attempts = 1, file_hash = $fileHash,
  picture_id = $pictureId, format = 'jpeg', width = $width, height = $height, orientation = 1,
  taken_at = $takenAt, taken_at_source = 'exif', utc_offset_minutes = $offset,
  camera_make = $make, camera_model = $model, lens = $lens, exposure_seconds = 0.008, f_number = 2.8,
  iso = 100, focal_length_mm = 26, latitude = $latitude, longitude = $longitude,
  thumb_hash = $thumbHash WHERE id = $id`;

/** One transaction. The tags follow Zipf's law: the second is half as frequent as the first. */
export function fillLibrary(db: WritableDB, pictures: readonly Picture[]): void {
  const random = createRandom(SEED);
  const now = Date.UTC(2026, 0, 1);
  db.transaction(() => {
    const pictureIds = insertPictures(db, pictures);
    const runId = db
      .prepare(`INSERT INTO run (service_id, variant, started_at) VALUES ('on-device', ?, ?)`)
      .run(RULES_VERSION, now).lastInsertRowid;
    const labelIds = VOCABULARY.map((word) =>
      Number(
        ensureLabel(
          db,
          {
            serviceId: 'on-device',
            raw: word.label,
            type: word.type,
            names: { en: word.en, zh: word.zh },
            apart: word.apart,
          },
          now,
        ).id,
      ),
    );
    const update = db.prepare(UPDATE_SQL);
    const tag = db.prepare(
      'INSERT INTO photo_tag (photo_id, label_id, confidence, run_id) VALUES (?, ?, ?, ?)',
    );
    const drawLabel = zipf(labelIds, random);
    for (const photo of listPhotos(db)) {
      const index = random.whole(pictures.length);
      const picture = pictures[index];
      if (!picture) throw new Error('A library needs pictures.');
      update.run(factsOf(photo, picture, pictureIds[index] ?? 0, random));
      const labels = new Set<number>();
      const wanted = FEWEST_TAGS + random.whole(MOST_TAGS - FEWEST_TAGS + 1);
      while (labels.size < wanted) labels.add(drawLabel());
      for (const label of labels)
        tag.run(photo.id, label, Math.round(random.between(300, 1000)) / 10, runId);
    }
    db.exec(`DELETE FROM setting WHERE key = 'indexingPaused'`);
  })();
  db.exec('ANALYZE');
}

type Photo = { readonly id: number; readonly folder: string; readonly place: number };

/** Folders are named by day. */
function listPhotos(db: WritableDB): Photo[] {
  return db
    .prepare(
      `SELECT photo.id, folder.path_text AS folder,
              ROW_NUMBER() OVER (PARTITION BY folder.id ORDER BY photo.name_text) AS place
         FROM photo JOIN folder ON folder.id = photo.folder_id`,
    )
    .all() as Photo[];
}

function factsOf(
  photo: Photo,
  picture: Picture,
  pictureId: number,
  random: Random,
): Record<string, unknown> {
  const camera = random.pick(CAMERAS);
  const [latitude, longitude, hours] = random.pick(TOWNS);
  const hasPlace = random.next() < 0.6;
  const day = photo.folder.slice(-10);
  const minute = 9 * 60 + photo.place;
  const time = `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}:00`;
  return {
    id: photo.id,
    fileHash: randomFillSync(Buffer.alloc(32)),
    pictureId,
    width: picture.width,
    height: picture.height,
    takenAt: `${day}T${time}`,
    offset: hours * 60,
    ...camera,
    latitude: hasPlace ? latitude + random.between(-0.2, 0.2) : null,
    longitude: hasPlace ? longitude + random.between(-0.2, 0.2) : null,
    thumbHash: picture.thumbHash,
  };
}

function insertPictures(db: WritableDB, pictures: readonly Picture[]): number[] {
  const insert = db.prepare(
    `INSERT INTO picture (image_hash) VALUES (?)
       ON CONFLICT (image_hash) DO UPDATE SET image_hash = excluded.image_hash RETURNING id`,
  );
  return pictures.map((picture) => (insert.get(picture.imageHash) as { id: number }).id);
}

/** Draws the n-th value with a weight of 1 / n. */
function zipf(values: readonly number[], random: Random): () => number {
  let total = 0;
  const sums = values.map((_, index) => {
    total += 1 / (index + 1);
    return total;
  });
  return () => {
    const drawn = random.next() * total;
    return values[sums.findIndex((sum) => sum > drawn)] ?? values[0] ?? 0;
  };
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
