import { describe, expect, it } from 'vitest';
import { all, run, type WritableDB } from '../../../main/library/database.ts';
import { createTag, ensureLabel, tagEntriesOf } from '../../../main/library/tags.ts';
import { createTestLibrary, insertPhoto, insertPicture, NOW } from '../../helpers/library.ts';

/** Two photos with tags from everybody, one of them edited since it was tagged. */
function fill(db: WritableDB, folderId: number): number[] {
  const [old, now] = [insertPicture(db, 'old'), insertPicture(db, 'now')];
  const edited = insertPhoto(db, folderId, 'a.jpg', { picture_id: now, earlier_picture_id: old });
  const plain = insertPhoto(db, folderId, 'b.jpg', { picture_id: old });
  const label = (serviceId: string, raw: string) =>
    ensureLabel(db, { serviceId, raw, type: 'scene', names: { en: raw } }, NOW).id;
  const give = (pictureId: number, service: string, raw: string, confidence: number) =>
    run(
      db,
      'INSERT INTO picture_tag (picture_id, label_id, confidence, boxes) VALUES (?, ?, ?, ?)',
      pictureId,
      label(service, raw),
      confidence,
      '[]',
    );
  give(old, 'huawei-tagging', 'beach', 80);
  give(old, 'huawei-tagging', 'dog', 70.5);
  give(old, 'tencent-classify', 'beach', 60);
  give(now, 'tencent-classify', 'sea', 50);
  for (const photoId of [edited, plain]) {
    run(
      db,
      'INSERT INTO photo_tag (photo_id, label_id, confidence) VALUES (?, ?, 100)',
      photoId,
      label('me', 'mine'),
    );
  }
  const unused = createTag(db, { type: 'mine', names: { en: 'cat' }, now: NOW });
  const dog = label('huawei-tagging', 'dog');
  run(
    db,
    `INSERT INTO rejection (photo_id, tag_id, rejected_at)
     VALUES (?, ?, 0), (?, (SELECT tag_id FROM label WHERE id = ?), 0)`,
    edited,
    unused,
    edited,
    dog,
  );
  return [edited, plain];
}

describe('tagEntriesOf', () => {
  it('tells the same as the view, and rejections of what nobody says', () => {
    const { db, folderId } = createTestLibrary();
    const ids = fill(db, folderId);
    const told = tagEntriesOf(db, ids);
    const entries = told.filter((entry) => entry.confidence > 0);
    const plain = ({ photoId, tagId, source, confidence, boxes, earlier }: (typeof told)[number]) =>
      JSON.stringify([photoId, tagId, source, confidence, boxes, earlier]);
    const view = all<(typeof told)[number]>(
      db,
      `SELECT photo_id AS photoId, tag_id AS tagId, service_id AS source, confidence, boxes, earlier
         FROM tag_entry`,
    );
    expect(entries.map(plain).sort()).toEqual(view.map(plain).sort());
    expect(entries.some((entry) => entry.earlier === 1)).toBe(true);
    expect(told.filter((entry) => entry.rejected === 1).map(({ source }) => source)).toEqual([
      'huawei-tagging',
      'me',
    ]);
  });

  it('does not look at the tags of other photos', () => {
    const { db, folderId } = createTestLibrary();
    const ids = fill(db, folderId);
    const asked: string[] = [];
    const spied = new Proxy(db, {
      get(target, key) {
        if (key !== 'prepare') return Reflect.get(target, key, target);
        return (sql: string) => {
          asked.push(sql);
          return target.prepare(sql);
        };
      },
    });
    tagEntriesOf(spied, ids);
    expect(asked).not.toEqual([]);
    const wanted = { photoIds: '[]' };
    const steps = asked.flatMap((sql) =>
      db.prepare<[typeof wanted], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(wanted),
    );
    const scans = steps.map((step) => step.detail).filter((detail) => detail.startsWith('SCAN'));
    expect(scans.filter((scan) => !/^SCAN (wanted|entry|\(subquery)/.test(scan))).toEqual([]);
  });
});
