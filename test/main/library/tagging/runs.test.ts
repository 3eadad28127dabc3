import { describe, expect, it } from 'vitest';
import { all, run } from '../../../../main/library/database.ts';
import { settleJobs } from '../../../../main/library/tagging/jobs.ts';
import { setNeverUpload } from '../../../../main/library/tagging/neverUpload.ts';
import {
  laneCounts,
  runSummary,
  taggingProblems,
} from '../../../../main/library/tagging/progress.ts';
import { cancelJobs, endRun, retryJobs } from '../../../../main/library/tagging/runs.ts';
import { NOW } from '../../../helpers/library.ts';
import {
  createTaggingDesk,
  SERVICE,
  type TaggingDesk,
  uploadIdsOf,
} from '../../../helpers/tagging.ts';

function settle(desk: TaggingDesk, jobIds: readonly number[], code: string | null) {
  return desk.write(settleJobs, {
    jobIds,
    state: code === null ? 'done' : 'failed',
    code,
    message: code === null ? null : `because of ${code}`,
    now: NOW,
  }).output;
}

describe('beginRun', () => {
  it('makes a job a picture, newest photo first, and none when there is nothing to ask', () => {
    const desk = createTaggingDesk();
    const old = desk.photo('old.jpg', 'o', { taken_at: '2001-01-01T00:00:00' });
    const recent = desk.photo('new.jpg', 'n', { taken_at: '2021-01-01T00:00:00' });
    const { runId } = desk.begin([old, recent], { maxCalls: 9 });
    expect(desk.next().map((job) => job.photoId)).toEqual([recent, old]);
    expect(desk.nextJob()).toMatchObject({
      runId,
      pathText: '/photos/new.jpg',
      stamp: { sizeBytes: 1000, mtimeUs: NOW * 1000, inode: 1 },
      attempts: 0,
      again: false,
      known: false,
      hindrance: null,
    });
    expect(desk.begin([old, recent])).toMatchObject({ runId: null, waitingAlready: 2 });
    expect(desk.value('SELECT COUNT(*) FROM run')).toBe(1);
    expect(runSummary(desk.db, runId ?? 0)).toMatchObject({ considered: 2, isOver: false });
    expect(runSummary(desk.db, 999)).toBeNull();
    desk.write(endRun, { runId: runId ?? 0, now: NOW + 5 });
    expect(runSummary(desk.db, runId ?? 0)?.endedAt).toBe(NOW + 5);
  });

  it('takes a hundred thousand photos in one go', () => {
    const desk = createTaggingDesk();
    run(
      desk.db,
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
       INSERT INTO picture (image_hash) SELECT CAST(printf('%032d', i) AS BLOB) FROM n`,
    );
    run(
      desk.db,
      `INSERT INTO photo (folder_id, name, name_text, name_key, size_bytes, mtime_us, inode,
                          added_at, stage, picture_id)
       SELECT ?, CAST(id AS BLOB), id, id, 1, 1, 1, 1, 2, id FROM picture`,
      desk.folderId,
    );
    const ids = all<{ id: number }>(desk.db, 'SELECT id FROM photo').map((row) => row.id);
    const plan = desk.begin([...ids, ...ids]);
    expect(plan).toMatchObject({ considered: 100_000, alreadyKnown: 0 });
    expect(laneCounts(desk.db, SERVICE)).toMatchObject({ waiting: 100_000, done: 0 });
    expect(desk.begin(ids)).toMatchObject({ waitingAlready: 100_000, runId: null });
    expect(desk.next({ limit: 3 }).map((job) => job.photoId)).toEqual([100_000, 99_999, 99_998]);
  });
});

describe('nextJobs', () => {
  it('takes photos on screen first and leaves out what is in hand or has to wait', () => {
    const desk = createTaggingDesk();
    const ids = ['a', 'b', 'c', 'd'].map((name) => desk.photo(name));
    desk.begin(ids);
    const [a = 0, b = 0, , d = 0] = ids;
    expect(desk.next({ onScreen: [a, 777, b] }).map((job) => job.photoId)).toEqual([
      a,
      b,
      d,
      ids[2],
    ]);
    expect(desk.next({ onScreen: [a], limit: 1 }).map((job) => job.photoId)).toEqual([a]);
    const held = desk.nextJob().jobId;
    expect(desk.next({ exclude: [held] }).map((job) => job.jobId)).not.toContain(held);
    run(desk.db, 'UPDATE job SET retry_at = ? WHERE id = ?', NOW + 1, held);
    expect(desk.next().map((job) => job.jobId)).not.toContain(held);
    expect(desk.next({ now: NOW + 1 }).map((job) => job.jobId)).toContain(held);
    expect(desk.next({ service: 'tencent-porn' })).toEqual([]);
  });

  it('says why a photo cannot be sent any more', () => {
    const desk = createTaggingDesk();
    const photo = desk.photo('a.jpg');
    desk.begin([photo]);
    run(desk.db, 'UPDATE photo SET stage = 0');
    expect(desk.nextJob().hindrance).toBe('unavailable');
    run(desk.db, 'UPDATE photo SET stage = 2, picture_id = NULL');
    expect(desk.nextJob().hindrance).toBe('unavailable');
    desk.write(setNeverUpload, { folderId: desk.folderId, never: true });
    expect(desk.nextJob().hindrance).toBe('never_upload');
  });
});

describe('what failed', () => {
  it('is listed by reason, and tried again as a run of its own', () => {
    const desk = createTaggingDesk();
    const ids = ['a', 'b', 'c', 'd'].map((name) => desk.photo(name));
    const { runId } = desk.begin(ids, { maxCalls: 4, variant: 'v1' });
    const jobs = desk.next();
    const [one, two, three, four] = jobs.map((job) => job.jobId);
    settle(desk, [one ?? 0, two ?? 0], '-1400');
    settle(desk, [three ?? 0], 'network');
    expect(settle(desk, [four ?? 0], null)).toEqual({ jobs: 1 });
    expect(settle(desk, [four ?? 0], '-1400')).toEqual({ jobs: 0 });
    expect(taggingProblems(desk.db)).toEqual([
      {
        service: SERVICE,
        code: '-1400',
        message: 'because of -1400',
        photos: 2,
        photoIds: [jobs[0]?.photoId, jobs[1]?.photoId],
      },
      {
        service: SERVICE,
        code: 'network',
        message: 'because of network',
        photos: 1,
        photoIds: [jobs[2]?.photoId],
      },
    ]);
    expect(runSummary(desk.db, runId ?? 0)).toMatchObject({
      isOver: true,
      failed: [
        { path: jobs[0]?.pathText, code: '-1400', message: 'because of -1400' },
        { path: jobs[1]?.pathText, code: '-1400' },
        { path: jobs[2]?.pathText, code: 'network' },
      ],
    });
    const retried = desk.write(retryJobs, { service: SERVICE, code: '-1400', now: NOW }).output;
    expect(retried.photos).toBe(2);
    expect(retried.runIds).toHaveLength(1);
    expect(taggingProblems(desk.db).map((problem) => problem.code)).toEqual(['network']);
    expect(desk.next().map((job) => [job.photoId, job.attempts])).toEqual([
      [jobs[0]?.photoId, 0],
      [jobs[1]?.photoId, 0],
    ]);
    expect(desk.value('SELECT variant FROM run WHERE id = ?', retried.runIds[0])).toBe('v1');
    expect(desk.value('SELECT max_calls FROM run WHERE id = ?', retried.runIds[0])).toBeNull();
    expect(desk.write(retryJobs, { service: SERVICE, code: null, now: NOW }).output.photos).toBe(1);
    expect(desk.write(retryJobs, { service: SERVICE, code: null, now: NOW }).output).toEqual({
      photos: 0,
      runIds: [],
    });
    expect(laneCounts(desk.db, SERVICE)).toMatchObject({ waiting: 3, failed: 0, done: 0 });
  });
});

describe('cancelJobs', () => {
  it('drops what waits and leaves what is with the service', () => {
    const desk = createTaggingDesk();
    desk.begin([desk.photo('a'), desk.photo('b')]);
    desk.begin([desk.photo('c')], { service: 'tencent-porn' });
    uploadIdsOf(desk.reserve([desk.nextJob()]));
    expect(desk.write(cancelJobs, { service: SERVICE, now: NOW }).output).toEqual({ photos: 1 });
    expect(laneCounts(desk.db, SERVICE)).toMatchObject({ waiting: 0, running: 1 });
    expect(laneCounts(desk.db, 'tencent-porn')).toMatchObject({ waiting: 1 });
    expect(laneCounts(desk.db, 'huawei-tagging')).toMatchObject({ runId: null, waiting: 0 });
    expect(taggingProblems(desk.db)).toEqual([]);
  });
});
