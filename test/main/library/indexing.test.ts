import { describe, expect, it } from 'vitest';
import type { ImageResult } from '../../../main/imaging/types.ts';
import { ChangeLog } from '../../../main/library/changes.ts';
import { run, type WritableDB } from '../../../main/library/database.ts';
import { saveHeads, saveImages } from '../../../main/library/indexing.ts';
import { hex } from '../../../main/library/paths.ts';
import { photoDetail, photosByIds, photoTiles } from '../../../main/library/photos.ts';
import { headQueue, imageQueue, imageQueueOf, workCounts } from '../../../main/library/work.ts';
import { failedResult, headFacts, imageResult } from '../../helpers/images.ts';
import {
  changesOf,
  createTestLibrary,
  hashOf,
  insertFolder,
  insertPhoto,
  insertPicture,
  NOW,
} from '../../helpers/library.ts';

function save(db: WritableDB, photoId: number, result: ImageResult) {
  return changesOf((changes) =>
    saveImages(db, { results: [{ photoId, result }], now: NOW }, changes),
  );
}

/** A cloud service's tag on a picture. */
function insertServiceTag(db: WritableDB, word: string, raw: string): void {
  const pictureId = insertPicture(db, word);
  run(db, `INSERT INTO tag (type, created_at) VALUES ('scene', ?)`, NOW);
  const tagId = db.prepare('SELECT MAX(id) FROM tag').pluck().get();
  run(
    db,
    `INSERT INTO tag_name (tag_id, language, name, name_key) VALUES (?, 'en', ?, ?)`,
    tagId,
    raw,
    raw,
  );
  run(
    db,
    `INSERT INTO label (service_id, raw, tag_id) VALUES ('huawei-tagging', ?, ?)`,
    raw,
    tagId,
  );
  run(
    db,
    `INSERT INTO picture_tag (picture_id, label_id, confidence) VALUES (?, (SELECT MAX(id) FROM label), 87.25)`,
    pictureId,
  );
}

describe('the first pass', () => {
  it('makes a photo browsable and leaves it waiting for its picture', () => {
    const { db, folderId } = createTestLibrary();
    const id = insertPhoto(db, folderId, 'a.jpg', { stage: 0 });
    expect(headQueue(db, 10).map((job) => Buffer.from(job.path).toString())).toEqual([
      '/photos/a.jpg',
    ]);
    const facts = headFacts(
      {
        takenAt: '2019-07-14T18:30:00',
        takenAtSource: 'exif',
        cameraMake: 'Canon',
        cameraModel: 'Canon EOS 70D',
      },
      { embedded: { offset: 500, bytes: 4000 }, width: 4000, height: 3000 },
    );
    saveHeads(db, [{ photoId: id, outcome: { facts } }], new ChangeLog());
    expect(headQueue(db, 10)).toEqual([]);
    expect(photosByIds(db, [id])[0]).toMatchObject({
      state: 'pending',
      takenAt: '2019-07-14T18:30:00',
      camera: 'Canon Canon EOS 70D',
      width: 4000,
      fileHash: null,
    });
    expect(photoTiles(db, [id])[0]).toMatchObject({
      hasEmbedded: true,
      imageHash: null,
      thumbHash: null,
    });
  });

  it('leaves a head that cannot be read to the second pass', () => {
    const { db, folderId } = createTestLibrary();
    const id = insertPhoto(db, folderId, 'a.jpg', { stage: 0 });
    const failure = { code: 'unreadable', message: 'no' } as const;
    saveHeads(db, [{ photoId: id, outcome: { failure } }], new ChangeLog());
    expect(imageQueue(db, 10).map((work) => work.photoId)).toEqual([id]);
  });
});

describe('the order of work', () => {
  it('is newest first, what is on screen before that', () => {
    const { db, folderId } = createTestLibrary();
    const old = insertPhoto(db, folderId, 'old.jpg', { stage: 1, taken_at: '2001-01-01T00:00:00' });
    const newest = insertPhoto(db, folderId, 'new.jpg', {
      stage: 1,
      taken_at: '2024-01-01T00:00:00',
    });
    const undated = insertPhoto(db, folderId, 'undated.jpg', { stage: 1 });
    const done = insertPhoto(db, folderId, 'done.jpg');
    expect(imageQueue(db, 10).map((work) => work.photoId)).toEqual([newest, old, undated]);
    expect(imageQueueOf(db, [undated, done, old]).map((work) => work.photoId)).toEqual([
      undated,
      old,
    ]);
  });

  it.each([
    ['root', 'offline'],
    ['root', 'paused'],
    ['root', 'removed'],
    ['folder', 'offline'],
  ])('leaves out photos of a %s that is %s', (table, column) => {
    const { db, folderId } = createTestLibrary();
    insertPhoto(db, folderId, 'a.jpg', { stage: 0 });
    insertPhoto(db, folderId, 'b.jpg', { stage: 1 });
    db.exec(`UPDATE ${table} SET ${column} = 1`);
    expect([...headQueue(db, 10), ...imageQueue(db, 10)]).toEqual([]);
  });

  it('counts what is left', () => {
    const { db, folderId } = createTestLibrary();
    insertPhoto(db, folderId, 'a.jpg', { stage: 0 });
    insertPhoto(db, folderId, 'b.jpg', { stage: 1 });
    insertPhoto(db, folderId, 'c.jpg');
    insertPhoto(db, folderId, 'd.jpg', { failure_code: 'damaged' });
    insertPhoto(db, folderId, 'e.heic', { failure_code: 'unsupported' });
    insertPhoto(db, folderId, 'f.jpg', { missing_since: NOW });
    expect(workCounts(db)).toEqual({ found: 5, pending: 2, unread: 1, failed: 1, unsupported: 1 });
  });
});

describe('the second pass', () => {
  it('keeps hashes, facts and on-device tags with both names', () => {
    const { db, folderId } = createTestLibrary();
    const id = insertPhoto(db, folderId, 'a.jpg', { stage: 1 });
    const { changes } = save(
      db,
      id,
      imageResult('one', { tags: [{ label: 'dark', confidence: 61.5 }] }),
    );
    expect(changes).toMatchObject({ photoIds: [id], tags: true });
    expect(photosByIds(db, [id])[0]).toMatchObject({
      state: 'ok',
      fileHash: hashOf('file one').toString('hex'),
      imageHash: hashOf('one').toString('hex'),
      width: 400,
      tags: [{ source: 'on-device', confidence: 61.5, type: 'light' }],
    });
    const names = photosByIds(db, [id])[0]?.tags[0]?.names;
    expect(names?.en).toBe('dark');
    expect(names?.zh).toMatch(/\p{Script=Han}/u);
  });

  it('takes away on-device tags that no longer hold, and nothing else', () => {
    const { db, folderId } = createTestLibrary();
    const id = insertPhoto(db, folderId, 'a.jpg', { stage: 1 });
    save(db, id, imageResult('one', { tags: [{ label: 'dark', confidence: 61.5 }] }));
    run(db, `INSERT INTO label (service_id, raw, tag_id) SELECT 'me', 'dark', tag_id FROM label`);
    run(
      db,
      'INSERT INTO photo_tag (photo_id, label_id, confidence) SELECT ?, MAX(id), 100 FROM label',
      id,
    );
    save(db, id, imageResult('two', { tags: [{ label: 'bright', confidence: 80 }] }));
    expect(photosByIds(db, [id])[0]?.tags.map((tag) => [tag.names.en, tag.source])).toEqual([
      ['dark', 'me'],
      ['bright', 'on-device'],
    ]);
  });

  it('keeps what was known when the file cannot be read any more', () => {
    const { db, folderId } = createTestLibrary();
    const id = insertPhoto(db, folderId, 'a.jpg', { stage: 1 });
    save(db, id, imageResult('one', { tags: [{ label: 'dark', confidence: 61.5 }] }));
    save(db, id, failedResult('unreadable'));
    const detail = photoDetail(db, id);
    expect(detail).toMatchObject({ state: 'failed', failure: { code: 'unreadable' }, width: 400 });
    expect(detail?.imageHash).toBe(hashOf('one').toString('hex'));
    expect(detail?.tags).toHaveLength(1);
    expect(photoTiles(db, [id])[0]?.thumbHash).toBe('AQID');
  });

  it('calls a format without a decoder unsupported, not failed', () => {
    const { db, folderId } = createTestLibrary();
    const id = insertPhoto(db, folderId, 'a.heic', { stage: 1 });
    const result = imageResult('heic', { format: 'heic', thumbHash: null });
    save(db, id, {
      ...result,
      failure: { code: 'unsupported', message: 'HEIC has no decoder yet.' },
    });
    expect(photosByIds(db, [id])[0]).toMatchObject({ state: 'unsupported', width: 400 });
    expect(photoTiles(db, [id])[0]).toMatchObject({ imageHash: null, failureCode: 'unsupported' });
  });
});

describe('a service answer belongs to the picture', () => {
  it('is there for every duplicate, without a call', () => {
    const { db, folderId } = createTestLibrary();
    insertServiceTag(db, 'one', 'beach');
    const first = insertPhoto(db, folderId, 'a.jpg', { stage: 1 });
    const copy = insertPhoto(db, folderId, 'b.jpg', { stage: 1 });
    save(db, first, imageResult('one'));
    save(db, copy, imageResult('one'));
    for (const photo of photosByIds(db, [first, copy])) {
      expect(photo.tags).toMatchObject([{ source: 'huawei-tagging', confidence: 87.25 }]);
      expect(photo.tags[0]).not.toHaveProperty('earlier');
    }
    expect(photoDetail(db, first)?.duplicates).toEqual([{ id: copy, path: '/photos/b.jpg' }]);
  });

  it('is shown as from an earlier version after an edit, until the new one is tagged', () => {
    const { db, folderId } = createTestLibrary();
    insertServiceTag(db, 'one', 'beach');
    const id = insertPhoto(db, folderId, 'a.jpg', { stage: 1 });
    save(db, id, imageResult('one'));
    save(db, id, imageResult('edited'));
    expect(photosByIds(db, [id])[0]?.tags).toMatchObject([
      { names: { en: 'beach' }, earlier: true },
    ]);
    save(db, id, imageResult('edited again'));
    expect(photosByIds(db, [id])[0]?.tags).toMatchObject([
      { names: { en: 'beach' }, earlier: true },
    ]);
    insertServiceTag(db, 'edited again', 'dog');
    expect(photosByIds(db, [id])[0]?.tags).toMatchObject([{ names: { en: 'dog' } }]);
  });

  it('is simply there again when an edit is taken back', () => {
    const { db, folderId } = createTestLibrary();
    insertServiceTag(db, 'one', 'beach');
    const id = insertPhoto(db, folderId, 'a.jpg', { stage: 1 });
    for (const word of ['one', 'edited', 'one']) save(db, id, imageResult(word));
    const tags = photosByIds(db, [id])[0]?.tags;
    expect(tags).toHaveLength(1);
    expect(tags?.[0]).not.toHaveProperty('earlier');
  });
});

describe('a file that turns up elsewhere', () => {
  it('is the missing photo with the same bytes: its id and evidence live on', () => {
    const { db, rootId, folderId } = createTestLibrary();
    const missing = insertPhoto(db, folderId, 'a.jpg', {
      missing_since: NOW,
      file_hash: hashOf('file one'),
      favorite: 1,
    });
    const other = insertFolder(db, rootId, 'moved');
    const added = insertPhoto(db, other, 'b.jpg', { stage: 1, added_at: NOW + 1 });
    const { output, changes } = save(db, added, imageResult('one'));
    expect(output.adopted).toBe(1);
    expect(changes?.removedPhotoIds).toEqual([added]);
    expect(photoDetail(db, missing)).toMatchObject({
      path: '/photos/moved/b.jpg',
      favorite: true,
      state: 'ok',
    });
    expect(photoDetail(db, added)).toBeNull();
  });

  it('stays a photo of its own when several are missing; their evidence is offered', () => {
    const { db, folderId } = createTestLibrary();
    const pictureId = insertPicture(db, 'one');
    const columns = {
      missing_since: NOW,
      file_hash: hashOf('file one'),
      picture_id: pictureId,
      favorite: 1,
    };
    const gone = insertPhoto(db, folderId, 'a.jpg', columns);
    insertPhoto(db, folderId, 'b.jpg', { ...columns, favorite: 0 });
    const added = insertPhoto(db, folderId, 'c.jpg', { stage: 1, added_at: NOW + 1 });
    expect(save(db, added, imageResult('one')).output.adopted).toBe(0);
    expect(photoDetail(db, added)?.evidenceOffered).toEqual([
      { photoId: gone, path: '/photos/a.jpg', tags: 0, favorite: true },
    ]);
  });
});

describe('a second pass that a scan overtook', () => {
  const stamp = { sizeBytes: 1000, mtimeUs: NOW * 1000, inode: 1 };
  const from = { path: Buffer.from('/photos/a.jpg'), stamp };
  const saveFrom = (db: WritableDB, photoId: number, result: ImageResult) =>
    changesOf((changes) =>
      saveImages(db, { results: [{ photoId, result, from }], now: NOW }, changes),
    ).output;

  it('does not call a photo vanished that was found at another place meanwhile', () => {
    const { db, folderId } = createTestLibrary();
    const id = insertPhoto(db, folderId, 'b.jpg', { stage: 1 });
    expect(saveFrom(db, id, failedResult('vanished'))).toEqual({ adopted: 0, outdated: 1 });
    expect(photosByIds(db, [id])[0]?.state).toBe('pending');
    expect(imageQueue(db, 10)).toHaveLength(1);
  });

  it('does not put an older version over a file that changed again', () => {
    const { db, folderId } = createTestLibrary();
    const id = insertPhoto(db, folderId, 'a.jpg', { stage: 0, size_bytes: 2000 });
    expect(saveFrom(db, id, imageResult('old', { stamp })).outdated).toBe(1);
    expect(headQueue(db, 10)).toHaveLength(1);
    const newer = imageResult('new', { stamp: { ...stamp, sizeBytes: 2000 } });
    expect(saveFrom(db, id, newer).outdated).toBe(0);
    expect(photosByIds(db, [id])[0]).toMatchObject({
      state: 'ok',
      fileHash: hex(hashOf('file new')),
    });
  });

  it('is kept where the file changed after the scan', () => {
    const { db, folderId } = createTestLibrary();
    const id = insertPhoto(db, folderId, 'a.jpg', { stage: 1 });
    const newer = imageResult('new', { stamp: { ...stamp, sizeBytes: 2000 } });
    expect(saveFrom(db, id, newer)).toEqual({ adopted: 0, outdated: 0 });
    expect(photosByIds(db, [id])[0]?.state).toBe('ok');
  });
});
