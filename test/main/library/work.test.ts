import { describe, expect, it } from 'vitest';
import { all, get, run, type WritableDB } from '../../../main/library/database.ts';
import { isPendingUnder, requeue, workCounts } from '../../../main/library/work.ts';
import {
  changesOf,
  createTestLibrary,
  insertFolder,
  insertPhoto,
  NOW,
} from '../../helpers/library.ts';

function addRoot(db: WritableDB, path: string): { rootId: number; folderId: number } {
  const rootId = Number(
    run(
      db,
      'INSERT INTO root (path, path_text, added_at) VALUES (?, ?, ?)',
      Buffer.from(path),
      path,
      NOW,
    ).lastInsertRowid,
  );
  return { rootId, folderId: insertFolder(db, rootId, '') };
}

/** Photos in every stage, failed, unsupported and missing. */
function fill(db: WritableDB, folderId: number, times: number): void {
  for (let at = 0; at < times; at += 1) {
    for (const stage of [0, 1, 2]) {
      insertPhoto(db, folderId, `there ${at} ${stage}`, { stage });
      insertPhoto(db, folderId, `missing ${at} ${stage}`, { stage, missing_since: NOW });
    }
    for (const failure_code of ['damaged', 'unsupported']) {
      insertPhoto(db, folderId, `there ${at} ${failure_code}`, { failure_code });
      insertPhoto(db, folderId, `missing ${at} ${failure_code}`, {
        failure_code,
        missing_since: NOW,
      });
    }
  }
}

describe('workCounts', () => {
  it('counts what is there and can be read', () => {
    const { db, folderId } = createTestLibrary();
    fill(db, folderId, 2);
    const others = ['paused', 'offline', 'removed'].map((state, at) => {
      const other = addRoot(db, `/other ${at}`);
      fill(db, other.folderId, at + 1);
      return { ...other, state };
    });
    const [two, all] = [2, 8].map((times) => ({
      found: 5 * times,
      pending: 2 * times,
      unread: times,
      failed: times,
      unsupported: times,
    }));
    expect(workCounts(db)).toEqual(all);
    for (const { rootId, state } of others) {
      run(db, `UPDATE root SET ${state} = 1 WHERE id = ?`, rootId);
    }
    expect(workCounts(db)).toEqual(two);
  });
});

describe('isPendingUnder', () => {
  it('sees only photos of these roots that can be opened', () => {
    const { db, rootId, folderId } = createTestLibrary();
    const other = addRoot(db, '/other');
    insertPhoto(db, other.folderId, 'a.jpg', { stage: 1 });
    insertPhoto(db, folderId, 'b.jpg', { stage: 1, missing_since: NOW });
    expect(isPendingUnder(db, [rootId])).toBe(false);
    expect(isPendingUnder(db, [rootId, other.rootId])).toBe(true);
    run(db, 'UPDATE root SET offline = 1 WHERE id = ?', other.rootId);
    expect(isPendingUnder(db, [other.rootId])).toBe(false);
  });
});

describe('requeue', () => {
  const ask = (db: WritableDB, photoIds: number[]) =>
    changesOf((changes) => requeue(db, { photoIds }, changes)).changes;
  const stage = (db: WritableDB, id: number) =>
    get<{ stage: number }>(db, 'SELECT stage FROM photo WHERE id = ?', id)?.stage;

  it('reads a photo again whose thumbnail is gone, and tells of it once', () => {
    const { db, folderId } = createTestLibrary();
    const id = insertPhoto(db, folderId, 'a.jpg', { thumb_hash: Buffer.from([1]) });
    expect(ask(db, [id])?.photoIds).toEqual([id]);
    expect(stage(db, id)).toBe(1);
    expect(ask(db, [id])).toBeNull();
  });

  it('leaves alone what never had a thumbnail or cannot be read: it would be asked for again for ever', () => {
    const { db, folderId } = createTestLibrary();
    const never = insertPhoto(db, folderId, 'a.heic', { failure_code: 'unsupported' });
    const gone = insertPhoto(db, folderId, 'b.jpg', {
      thumb_hash: Buffer.from([1]),
      failure_code: 'unreadable',
    });
    expect(ask(db, [never, gone])).toBeNull();
    expect(all(db, 'SELECT id FROM photo WHERE stage = 1')).toEqual([]);
  });
});
