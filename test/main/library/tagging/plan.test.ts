import { describe, expect, it } from 'vitest';
import { run } from '../../../../main/library/database.ts';
import { setNeverUpload } from '../../../../main/library/tagging/neverUpload.ts';
import { planRun } from '../../../../main/library/tagging/plan.ts';
import type { RunRequest } from '../../../../main/library/tagging/types.ts';
import { insertPhoto, insertPicture } from '../../../helpers/library.ts';
import { createTaggingDesk, SERVICE, type TaggingDesk } from '../../../helpers/tagging.ts';

function plan(desk: TaggingDesk, photoIds: readonly number[], options: Partial<RunRequest> = {}) {
  return planRun(desk.db, {
    service: SERVICE,
    photoIds,
    again: false,
    limit: null,
    maxCalls: null,
    variant: '',
    ...options,
  });
}

function folder(desk: TaggingDesk, path: string, parentId: number): number {
  return Number(
    run(
      desk.db,
      `INSERT INTO folder (root_id, parent_id, path, path_text)
       SELECT root_id, id, ?, ? FROM folder WHERE id = ?`,
      Buffer.from(path),
      path,
      parentId,
    ).lastInsertRowid,
  );
}

describe('planRun', () => {
  it('queues one photo a picture, newest first, undated last', () => {
    const desk = createTaggingDesk();
    const undated = desk.photo('undated.jpg');
    const old = desk.photo('old.jpg', 'old', { taken_at: '1999-01-01T00:00:00' });
    const copy = desk.photo('copy.jpg', 'old', { taken_at: '1998-01-01T00:00:00' });
    const recent = desk.photo('new.jpg', 'new', { taken_at: '2025-05-05T00:00:00' });
    expect(plan(desk, [undated, old, copy, recent, recent, 9999])).toEqual({
      considered: 4,
      alreadyKnown: 1,
      neverUpload: 0,
      unavailable: 0,
      waitingAlready: 0,
      photoIds: [recent, old, undated],
    });
    expect(plan(desk, [undated, old, recent], { limit: 2 }).photoIds).toEqual([recent, old]);
    expect(plan(desk, [undated, old, recent], { limit: 2, maxCalls: 1 }).photoIds).toEqual([
      recent,
    ]);
    expect(plan(desk, [], { limit: 2 })).toMatchObject({ considered: 0, photoIds: [] });
  });

  it('knows a picture by hash, service and variant, wherever it lies and whatever became of it', () => {
    const desk = createTaggingDesk();
    const photo = desk.photo('a.jpg', 'a');
    desk.tag([photo], { dog: 90 });
    const copy = desk.photo('b.jpg', 'a');
    expect(plan(desk, [photo, copy])).toMatchObject({ alreadyKnown: 2, photoIds: [] });
    run(desk.db, 'UPDATE reply SET withdrawn = 1');
    expect(plan(desk, [photo]).alreadyKnown).toBe(1);
    expect(plan(desk, [photo], { variant: 'v2' }).photoIds).toEqual([photo]);
    expect(plan(desk, [photo], { service: 'tencent-porn' }).photoIds).toEqual([photo]);
    expect(plan(desk, [photo, copy], { again: true })).toMatchObject({
      alreadyKnown: 1,
      photoIds: [copy],
    });
  });

  it('does not count an edited photo as known before it was read again', () => {
    const desk = createTaggingDesk();
    const photo = desk.photo('a.jpg');
    desk.tag([photo], { dog: 90 });
    run(desk.db, 'UPDATE photo SET stage = 0 WHERE id = ?', photo);
    expect(plan(desk, [photo])).toMatchObject({ alreadyKnown: 0, unavailable: 1 });
  });

  it('leaves out what cannot be sent now', () => {
    const desk = createTaggingDesk();
    const thumb = { thumb_hash: Buffer.from('x') };
    const readable = desk.photo('damaged.jpg', 'd', { failure_code: 'damaged', ...thumb });
    const ids = [
      readable,
      insertPhoto(desk.db, desk.folderId, 'no picture.jpg'),
      desk.photo('unread.jpg', 'u', { stage: 1 }),
      desk.photo('broken.jpg', 'b', { failure_code: 'damaged' }),
      desk.photo('heif.heic', 'h', { failure_code: 'unsupported', ...thumb }),
      desk.photo('late.jpg', 'l', { failure_code: 'timed_out', ...thumb }),
      desk.photo('missing.jpg', 'm', { missing_since: 1 }),
    ];
    expect(plan(desk, ids)).toMatchObject({
      considered: 7,
      unavailable: 6,
      photoIds: [readable],
    });
    for (const column of ['offline', 'removed']) {
      run(desk.db, `UPDATE root SET ${column} = 1`);
      expect(plan(desk, [readable]).unavailable, column).toBe(1);
      run(desk.db, `UPDATE root SET ${column} = 0`);
    }
    run(desk.db, 'UPDATE folder SET offline = 1');
    expect(plan(desk, [readable]).unavailable).toBe(1);
  });

  it('sends nothing of a folder that is never uploaded, nor of those below it', () => {
    const desk = createTaggingDesk();
    const above = folder(desk, 'private', desk.folderId);
    const below = folder(desk, 'private/deep', above);
    const beside = folder(desk, 'public', desk.folderId);
    const ids = [above, below, beside].map((folderId, index) =>
      insertPhoto(desk.db, folderId, 'a.jpg', { picture_id: insertPicture(desk.db, `${index}`) }),
    );
    const { changes } = desk.write(setNeverUpload, { folderId: above, never: true });
    expect(changes?.folders).toBe(true);
    expect(plan(desk, ids)).toMatchObject({ neverUpload: 2, photoIds: [ids[2]] });
    expect(plan(desk, ids, { again: true })).toMatchObject({ neverUpload: 2 });
    desk.write(setNeverUpload, { folderId: above, never: false });
    expect(plan(desk, ids).photoIds).toHaveLength(3);
    expect(() => desk.write(setNeverUpload, { folderId: 999, never: true })).toThrow(/Folder 999/);
  });

  it('does not queue twice what waits for the service already, nor a copy of it', () => {
    const desk = createTaggingDesk();
    const photo = desk.photo('a.jpg', 'a');
    const copy = desk.photo('b.jpg', 'a');
    const other = desk.photo('c.jpg');
    desk.begin([photo]);
    expect(plan(desk, [photo, copy, other], { again: true })).toMatchObject({
      waitingAlready: 2,
      photoIds: [other],
    });
    expect(plan(desk, [photo], { service: 'tencent-porn' }).photoIds).toEqual([photo]);
  });

  it('finds every table by index, however large the library is', () => {
    const desk = createTaggingDesk();
    const asked: string[] = [];
    const spied = new Proxy(desk.db, {
      get(target, key) {
        if (key !== 'prepare') return Reflect.get(target, key, target);
        return (sql: string) => {
          asked.push(sql);
          return target.prepare(sql);
        };
      },
    });
    plan({ ...desk, db: spied }, [desk.photo('a.jpg')]);
    const parameters = (sql: string): unknown[] => {
      if (sql.includes('$')) return [{ photoIds: '[]', service: '', variant: '' }];
      return sql.includes('?') ? [''] : [];
    };
    const steps = asked.flatMap((sql) =>
      desk.db
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...parameters(sql))
        .map((step) => step.detail),
    );
    const scans = steps.filter((step) => step.startsWith('SCAN'));
    expect(scans.filter((scan) => !/^SCAN (wanted|never|folder|$)/.test(scan))).toEqual([]);
    expect(steps.some((step) => step.includes('reply_known'))).toBe(true);
  });
});
