/** A library of random rows, made from a seed, with everything that a query can ask for. */
import { run, type WritableDB } from '../../../main/library/database.ts';
import { foldName } from '../../../main/search/fold.ts';

export type Random = {
  /** A whole number from 0, below `below`. */
  int(below: number): number;
  chance(probability: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
};

/** The same numbers for the same seed. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    int: (below) => Math.floor(next() * below),
    chance: (probability) => next() < probability,
    pick: (values) => {
      const value = values[Math.floor(next() * values.length)];
      if (value === undefined) throw new Error('Nothing to pick from.');
      return value;
    },
  };
}

export const NOW = Date.UTC(2026, 5, 15, 12);
const DAY_MS = 86_400_000;

export const TAGS = [
  ['dog', '狗', 'animal'],
  ['golden retriever', '金毛犬', 'animal'],
  ['beach', '海滩', 'place'],
  ['Café', null, 'place'],
  ['bridge', '桥', 'place'],
  ['OR', null, 'mine'],
  ['a:b', null, 'mine'],
  ['night', '夜晚', 'light'],
  ['red', '红色', 'colour'],
  ['porn', null, 'sensitivity'],
  ['normal', null, 'sensitivity'],
  ['guns', null, 'sensitivity'],
] as const;
export const SOURCES = ['me', 'file', 'on-device', 'huawei-tagging', 'tencent-tag'] as const;
export const CAMERAS = [
  ['Canon', 'Canon EOS 5D'],
  ['Apple', 'iPhone 12'],
  [null, 'Müller Cam'],
  [null, null],
] as const;
export const LENSES = ['EF24-70mm f/2.8L', 'iPhone back camera', null] as const;
export const FOLDERS = ['', '2019', '2019/China', '2019/China/Bridges', 'Café', '2020'] as const;

export type LibraryIds = {
  readonly photos: number[];
  readonly folders: number[];
  readonly roots: number[];
  readonly labels: { id: number; tag: number; source: string }[];
  readonly tags: number[];
};

export function fillLibrary(db: WritableDB, random: Random, photos: number): LibraryIds {
  const ids: LibraryIds = { photos: [], folders: [], roots: [], labels: [], tags: [] };
  const insert = (sql: string, ...values: unknown[]): number =>
    Number(run(db, sql, ...values).lastInsertRowid);
  for (const [index, path] of ['/home/anna/Pictures', '/media/usb/Fotos', '/old'].entries()) {
    const root = insert(
      'INSERT INTO root (path, path_text, offline, removed, added_at) VALUES (?, ?, ?, ?, 0)',
      Buffer.from(path),
      path,
      index === 1 ? 1 : 0,
      index === 2 ? 1 : 0,
    );
    ids.roots.push(root);
    const known = new Map<string, number>();
    for (const folder of FOLDERS) {
      const above = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '';
      const id = insert(
        'INSERT INTO folder (root_id, parent_id, path, path_text, offline) VALUES (?, ?, ?, ?, ?)',
        root,
        known.get(above) ?? null,
        Buffer.from(folder),
        folder,
        random.chance(0.1) ? 1 : 0,
      );
      known.set(folder, id);
      ids.folders.push(id);
    }
  }
  for (const [en, zh, type] of TAGS) {
    const tag = insert('INSERT INTO tag (type, created_at) VALUES (?, 0)', type);
    ids.tags.push(tag);
    const space = type === 'sensitivity' ? type : 'common';
    const name = 'INSERT INTO tag_name VALUES (?, ?, ?, ?, ?, ?)';
    run(db, name, tag, 'en', en, foldName(en), 0, space);
    if (zh) run(db, name, tag, 'zh', zh, foldName(zh), 0, space);
    if (en === 'dog') run(db, name, tag, 'en', 'Hündchen', foldName('Hündchen'), 1, space);
    const sources = type === 'sensitivity' ? (['tencent-porn'] as const) : SOURCES;
    for (const source of sources) {
      const label = 'INSERT INTO label (service_id, raw, tag_id) VALUES (?, ?, ?)';
      ids.labels.push({ id: insert(label, source, en, tag), tag, source });
      // Two words of one source for the same tag.
      if (random.chance(0.2)) {
        ids.labels.push({ id: insert(label, source, `${en}2`, tag), tag, source });
      }
    }
  }
  for (let index = 0; index < Math.max(1, photos / 2); index += 1) {
    run(
      db,
      'INSERT INTO picture (image_hash) VALUES (?)',
      Buffer.alloc(32, index & 255, 'latin1').fill(index >> 8, 1, 2),
    );
  }
  for (let index = 0; index < photos; index += 1) ids.photos.push(addPhoto(db, random, ids));
  for (const { id, source } of ids.labels.filter((label) => isCloud(label.source))) {
    for (let picture = 1; picture <= photos / 2; picture += 1) {
      if (!random.chance(0.08)) continue;
      run(
        db,
        'INSERT INTO picture_tag (picture_id, label_id, confidence, boxes) VALUES (?, ?, ?, ?)',
        picture,
        id,
        confidence(random),
        source === 'huawei-tagging' && random.chance(0.5)
          ? JSON.stringify([
              { x: 0, y: 0, width: random.int(5) / 4, height: 0.5, confidence: 90 },
              { x: 0, y: 0, width: 0.25, height: 0.25, confidence: 90 },
            ])
          : null,
      );
    }
  }
  return ids;
}

export function isCloud(source: string): boolean {
  return source.startsWith('huawei') || source.startsWith('tencent');
}

export function confidence(random: Random): number {
  return random.chance(0.3) ? random.int(101) : random.int(10_000) / 100;
}

export function addPhoto(db: WritableDB, random: Random, ids: LibraryIds): number {
  const nullable = <Value>(value: Value): Value | null => (random.chance(0.15) ? null : value);
  const folder = random.pick(ids.folders);
  const pictures = Math.max(1, Math.floor(ids.photos.length / 3));
  const id = Number(
    run(
      db,
      `INSERT INTO photo (folder_id, name, name_text, name_key, size_bytes, mtime_us, inode, added_at)
         VALUES (?, randomblob(16), '', '', 0, 0, 0, 0)`,
      folder,
    ).lastInsertRowid,
  );
  changePhoto(db, random, id, nullable(1 + random.int(pictures)));
  addOwnTags(db, random, ids, id);
  return id;
}

/** New random values in every column of a photo. */
export function changePhoto(
  db: WritableDB,
  random: Random,
  id: number,
  picture: number | null,
): void {
  const nullable = <Value>(value: Value): Value | null => (random.chance(0.15) ? null : value);
  const [make, model] = random.pick(CAMERAS);
  const two = (value: number): string => String(value).padStart(2, '0');
  const taken = `${2017 + random.int(4)}-${two(1 + random.int(12))}-${two(1 + random.int(28))}T${two(random.int(24))}:${two(random.int(3))}:00`;
  const place = random.chance(0.5)
    ? [30 + random.int(100) / 50, 120 + random.int(100) / 50]
    : [null, null];
  const size = random.pick([
    [4000, 3000],
    [3000, 4000],
    [1000, 1000],
    [9000, 2000],
    [null, null],
  ]);
  const failure = random.pick(['damaged', 'unsupported', null, null, null, null]);
  run(
    db,
    `UPDATE photo SET name_text = ?, taken_at = ?, camera_make = ?, camera_model = ?, lens = ?, width = ?,
            height = ?, size_bytes = ?, iso = ?, f_number = ?, focal_length_mm = ?, latitude = ?,
            longitude = ?, added_at = ?, missing_since = ?, stage = ?, failure_code = ?, favorite = ?,
            picture_id = ?, earlier_picture_id = ?, format = ? WHERE id = ?`,
    `${random.pick(['IMG_', 'dog ', 'Straße-', '桥'])}${random.int(30)}.${random.pick(['jpg', 'JPG', 'heic', 'dng'])}`,
    nullable(taken),
    make,
    model,
    random.pick(LENSES),
    ...size,
    random.int(30) * 1_000_000,
    nullable(random.pick([100, 200, 1600, 3200])),
    nullable(random.pick([1.8, 2.8, 5.6])),
    nullable(random.pick([24, 50, 70])),
    ...place,
    NOW - random.int(800) * 3_600_000 * 12,
    random.chance(0.15) ? NOW - random.int(120) * DAY_MS : null,
    random.int(3),
    failure,
    random.chance(0.2) ? 1 : 0,
    picture,
    random.chance(0.3) ? 1 + random.int(20) : null,
    nullable(random.pick(['jpeg', 'heic', 'raw'])),
    id,
  );
}

/** What belongs to the photo itself: own, file and on-device tags, and rejections. */
export function addOwnTags(db: WritableDB, random: Random, ids: LibraryIds, id: number): void {
  for (const label of ids.labels) {
    if (isCloud(label.source) || !random.chance(0.12)) continue;
    run(
      db,
      'INSERT OR REPLACE INTO photo_tag (photo_id, label_id, confidence) VALUES (?, ?, ?)',
      id,
      label.id,
      label.source === 'me' ? 100 : confidence(random),
    );
  }
  for (const tag of ids.tags) {
    if (random.chance(0.04)) run(db, 'INSERT OR IGNORE INTO rejection VALUES (?, ?, 0)', id, tag);
  }
}

const TERMS = [
  ...[
    'dog',
    '狗',
    'golden',
    '"golden retriever"',
    'img',
    '桥',
    'straße',
    'STRASSE',
    'canon',
    '2019',
    'café',
    'cafe',
    '.jpg',
  ],
  ...[
    'tag:dog',
    'tag:狗',
    'tag:hund*',
    'tag:"golden retriever"',
    'tag:g*',
    'tag:"OR"',
    'tag:a:b',
    'tag:cafe',
    'tag:*',
  ],
  ...[
    'tag:dog>80',
    'tag:beach<=30',
    'tag:night>=50',
    'tag:red=100',
    'tag:bridge=20-60',
    'tag:porn',
    'tag:none',
  ],
  ...[
    'source:me',
    'source:huawei-tagging',
    'source:on-device',
    'conf:>60',
    'conf:<30',
    'conf:40-70',
    'source:nobody',
  ],
  ...[
    'folder:2019',
    'folder:2019/China',
    'folder:china',
    'folder:pictures',
    'folder:/home/anna/Pictures/2019',
    'folder:home',
  ],
  ...[
    'camera:canon',
    'camera:muller',
    'lens:24-70',
    'name:IMG_*',
    'name:*_1*.jpg',
    'name:dog',
    'ext:jpg',
    'ext:.HEIC',
    'type:raw',
  ],
  ...[
    'from:2019',
    'to:2018-06',
    'from:2018-03-14',
    'date:2019',
    'date:2018-2019',
    'date:>2018',
    'date:<=2018-07',
    'date:2018-07..2019-02',
  ],
  ...[
    'on:07-14',
    'month:7',
    'month:11-2',
    'hour:18-21',
    'hour:22-3',
    'hour:>12',
    'added:<30d',
    'added:>1y',
    'added:2026',
    'added:7d-90d',
  ],
  ...[
    'iso:>=1600',
    'iso:100',
    'f:<2.8',
    'f:1.8',
    'focal:24-50',
    'width:>3000',
    'height:<=3000',
    'size:>10mb',
    'size:1-5mb',
  ],
  ...[
    'is:portrait',
    'is:landscape',
    'is:square',
    'is:panorama',
    'is:untagged',
    'is:untagged-by:huawei-tagging',
    'is:duplicate',
  ],
  ...[
    'is:missing',
    'is:offline',
    'is:failed',
    'is:unsupported',
    'is:sensitive',
    'is:favorite',
    'has:gps',
    'near:31,121,60km',
  ],
  ...['box:dog>0.2', 'box:beach<0.3', 'box:*'],
] as const;

/** A random query that the parser accepts. */
export function randomQuery(random: Random, depth = 0): string {
  const parts: string[] = [];
  for (let count = 1 + random.int(depth === 0 ? 3 : 2); count > 0; count -= 1) {
    const term =
      depth < 2 && random.chance(0.25) ? `(${randomQuery(random, depth + 1)})` : random.pick(TERMS);
    parts.push(random.chance(0.25) ? `-${term}` : term);
    if (count > 1 && random.chance(0.3)) parts.push('OR');
  }
  return parts.join(' ');
}
