/** A library on disk with a backup and much that came after it, and ways to damage its file. */
import { closeSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { makeBackupAtOnce } from '../../../../main/library/backups/makeBackup.ts';
import { ChangeLog } from '../../../../main/library/changes.ts';
import { openWritable, run, type WritableDB } from '../../../../main/library/database.ts';
import { migrate } from '../../../../main/library/migrate.ts';
import {
  type OperationInput,
  type OperationName,
  runOperation,
} from '../../../../main/library/operations.ts';
import { finishCall } from '../../../../main/library/tagging/answers.ts';
import type { TagJob } from '../../../../main/library/tagging/types.ts';
import { insertFolder, insertPhoto, insertPicture, NOW } from '../../../helpers/library.ts';
import {
  createTaggingDesk,
  SERVICE,
  serviceTag,
  type TaggingDesk,
  uploadIdsOf,
} from '../../../helpers/tagging.ts';

export const PHOTOS = 1200;
/** Photos that are not in the backup. */
export const NEW_PHOTOS = 40;

/** Photos 1 to `PHOTOS` are in the backup, the others are not. */
export function buildLibrary(path: string): void {
  mkdirSync(join(path, 'backups'), { recursive: true });
  const file = join(path, 'library.db');
  const db = openWritable(file);
  db.pragma('synchronous = OFF');
  migrate(db);
  const write = <Name extends OperationName>(name: Name, input: OperationInput<Name>): unknown =>
    runOperation(db, name, input, new ChangeLog());
  const rootId = Number(
    run(
      db,
      'INSERT INTO root (path, path_text, added_at) VALUES (?, ?, ?)',
      Buffer.from('/photos'),
      '/photos',
      NOW,
    ).lastInsertRowid,
  );
  const folderId = insertFolder(db, rootId, '');
  const desk = createTaggingDesk({ db, folderId });
  const ids = range(1, PHOTOS);
  db.transaction(() => {
    for (const id of ids) desk.photo(`p${id}.jpg`);
  })();
  const label = (action: 'add' | 'reject', tag: string, photoIds: number[]): unknown =>
    write('applyLabel', { action, tag, language: 'en', photoIds, now: NOW });
  label('add', 'before', ids.slice(0, 400));
  label('reject', 'before', ids.slice(390, 400));
  label('add', 'taken away', ids.slice(0, 5));
  desk.tag(ids.slice(0, 20), { beach: 90 });
  makeBackupAtOnce({
    databasePath: file,
    folder: join(path, 'backups'),
    reason: 'hourly',
    now: () => NOW,
  });

  label('add', 'after', ids.slice(100, 900));
  label('add', '之后', ids.slice(0, 300));
  label('reject', 'beach', ids.slice(0, 200));
  label('add', 'before', ids.slice(390, 400));
  write('applyLabel', {
    action: 'remove',
    tag: 'taken away',
    language: 'en',
    photoIds: ids.slice(0, 5),
    now: NOW,
  });
  write('setFavorite', { photoIds: ids.slice(50, 150), favorite: true, now: NOW });
  const service = db.transaction(() => {
    desk.begin(ids.slice(300, 400));
    for (const job of desk.next()) answer(desk, job);
  });
  service();
  write('setSetting', { key: 'lens', value: 77 });
  write('saveSearch', {
    name: 'After',
    query: 'tag:after',
    threshold: 40,
    sort: 'taken',
    ascending: true,
  });
  run(
    db,
    `INSERT INTO tag_link VALUES ('之后', 'after', 1, 'person', ?), ('狗', 'beach', 0, 'person', ?)`,
    NOW,
    NOW,
  );
  const never = insertFolder(db, rootId, 'private');
  write('setNeverUpload', { folderId: never, never: true });
  insertNewPhotos(db, rootId);
  label('add', 'after', range(PHOTOS + 1, PHOTOS + NEW_PHOTOS));
  write('setFavorite', { photoIds: [PHOTOS + 1], favorite: true, now: NOW });
  // Filler that must not be told as anybody's work.
  db.exec(`INSERT INTO undo (at, body) WITH RECURSIVE n(i) AS
    (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) SELECT i, hex(randomblob(300)) FROM n`);
  db.close();
}

/** As the service answers, so that its tags can be read from the reply as well. */
function answer(desk: TaggingDesk, job: TagJob): void {
  const scores = { beach: 81, sea: 60, dog: 12 };
  const [uploadId = 0] = uploadIdsOf(desk.reserve([job]));
  const tags = Object.entries(scores);
  desk.write(finishCall, {
    service: SERVICE,
    now: NOW,
    variant: '',
    answers: [
      {
        uploadId,
        job,
        tags: tags.map(([word, score]) => serviceTag(word, score)),
        body: Buffer.from(
          JSON.stringify({
            code: 0,
            tags: tags.map(([word, score]) => ({ tag_name: word, tag_confidence: score })),
          }),
        ),
        requestId: `request ${job.photoId}`,
        parameters: { width: 64, height: 48 },
      },
    ],
  });
}

/** What a scan finds of the photos that the backup does not know. */
export function insertNewPhotos(db: WritableDB, rootId: number): void {
  const folder = insertFolder(db, rootId, 'new');
  db.transaction(() => {
    for (const index of range(1, NEW_PHOTOS)) {
      insertPhoto(db, folder, `n${index}.jpg`, { picture_id: insertPicture(db, `new ${index}`) });
    }
  })();
}

export function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

export type PageUse = { readonly page: number; readonly type: 'leaf' | 'internal' | 'overflow' };

/** Pages of a table or index of a sound database, in the order of its keys. */
export function pagesOf(file: string, name: string): PageUse[] {
  const db = new BetterSqlite3(file, { readonly: true });
  try {
    return db
      .prepare('SELECT pageno AS page, pagetype AS type FROM dbstat WHERE name = ? ORDER BY path')
      .all(name) as PageUse[];
  } finally {
    db.close();
  }
}

export const PAGE = 4096;

/** Fills a part of a file with bytes that mean nothing. */
export function spoil(file: string, at: number, bytes: number): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(bytes, 0xa5), 0, bytes, at);
  closeSync(descriptor);
}

export function spoilPage(file: string, page: number): void {
  spoil(file, (page - 1) * PAGE, PAGE);
}

/** What a person did and what was paid for, by photo, picture and word. */
export type Kept = {
  readonly mine: ReadonlySet<string>;
  readonly rejected: ReadonlySet<string>;
  readonly favorites: ReadonlySet<string>;
  readonly replies: ReadonlySet<string>;
  readonly tags: ReadonlySet<string>;
  readonly uploads: ReadonlySet<string>;
};

/** Fails when something is there twice. */
export function keptIn(db: BetterSqlite3.Database): Kept {
  const set = (sql: string): Set<string> => {
    const rows = db.prepare(sql).pluck().all() as string[];
    const found = new Set(rows);
    if (found.size !== rows.length) throw new Error(`Doubled: ${sql}`);
    return found;
  };
  return {
    mine: set(`SELECT photo.name_text || ' ' || label.raw FROM photo_tag JOIN label ON label.id = label_id
      JOIN photo ON photo.id = photo_id WHERE service_id = 'me'`),
    rejected: set(`SELECT photo.name_text || ' ' || tag_name.name FROM rejection
      JOIN photo ON photo.id = photo_id JOIN tag_name USING (tag_id) WHERE NOT alias AND language = 'en'`),
    favorites: set('SELECT name_text FROM photo WHERE favorite'),
    replies: set(
      `SELECT hex(image_hash) || service_id || received_at || hex(body) || parameters FROM reply`,
    ),
    tags: set(`SELECT hex(image_hash) || label.raw || confidence FROM picture_tag
      JOIN picture ON picture.id = picture_id JOIN label ON label.id = label_id`),
    uploads: set(
      `SELECT id || ' ' || at || hex(image_hash) || state || month || bytes FROM upload`,
    ),
  };
}

export function minus(one: ReadonlySet<string>, other: ReadonlySet<string>): string[] {
  return [...one].filter((element) => !other.has(element));
}

/** Bytes of every file of a folder, by name. */
export function bytesOf(files: readonly string[]): Map<string, string> {
  return new Map(files.map((file) => [file, readFileSync(file).toString('latin1')]));
}

export function sizeOf(file: string): number {
  return statSync(file).size;
}
