import { describe, expect, it } from 'vitest';
import { all, run } from '../../../../main/library/database.ts';
import { finishCall } from '../../../../main/library/tagging/answers.ts';
import { failCall, recoverTagging, releaseCall } from '../../../../main/library/tagging/calls.ts';
import { nextRetryAt } from '../../../../main/library/tagging/jobs.ts';
import { listUploads, spendingOf, uploadTotals } from '../../../../main/library/tagging/ledger.ts';
import { setNeverUpload } from '../../../../main/library/tagging/neverUpload.ts';
import { laneCounts } from '../../../../main/library/tagging/progress.ts';
import { cancelJobs } from '../../../../main/library/tagging/runs.ts';
import { NOW } from '../../../helpers/library.ts';
import {
  createTaggingDesk,
  MONTH,
  SERVICE,
  type TaggingDesk,
  UNPRICED,
  uploadIdsOf,
} from '../../../helpers/tagging.ts';

function queued(count: number) {
  const desk = createTaggingDesk();
  const ids = Array.from({ length: count }, (_, index) => desk.photo(`${index}.jpg`));
  desk.begin(ids);
  return { desk, ids, jobs: desk.next() };
}

function states(desk: TaggingDesk) {
  return all<{ state: string }>(desk.db, 'SELECT state FROM job ORDER BY id').map(
    (row) => row.state,
  );
}

const spent = (desk: TaggingDesk) => spendingOf(desk.db, SERVICE, MONTH);

describe('beginCall', () => {
  it('counts the call, notes it in the ledger and marks the job, before anything leaves', () => {
    const { desk, jobs } = queued(2);
    const uploads = uploadIdsOf(desk.reserve(jobs.slice(0, 1)));
    expect(uploads).toHaveLength(1);
    expect(states(desk)).toEqual(['running', 'waiting']);
    expect(spent(desk)).toEqual({ calls: 1, costMicros: 0 });
    expect(listUploads(desk.db, { limit: 10, offset: 0 })).toEqual({
      total: 1,
      uploads: [
        {
          id: uploads[0],
          atMs: NOW,
          service: SERVICE,
          photoId: jobs[0]?.photoId,
          path: jobs[0]?.pathText,
          bytes: 1000,
          width: 64,
          height: 48,
          status: 'sent',
          code: null,
          requestId: null,
          cost: null,
          currency: 'CNY',
        },
      ],
    });
    expect(desk.next().map((job) => job.jobId)).toEqual([jobs[1]?.jobId]);
  });

  it('stops exactly at the cap of calls, also for several pictures at once', () => {
    const { desk, jobs } = queued(5);
    const price = { ...UNPRICED, capCalls: 3 };
    expect(desk.reserve(jobs.slice(0, 4), { price })).toEqual({ refused: 'cap_calls' });
    expect(spent(desk).calls).toBe(0);
    uploadIdsOf(desk.reserve(jobs.slice(0, 2), { price }));
    expect(desk.reserve(jobs.slice(2, 4), { price })).toEqual({ refused: 'cap_calls' });
    uploadIdsOf(desk.reserve(jobs.slice(2, 3), { price }));
    expect(desk.reserve(jobs.slice(3, 4), { price })).toEqual({ refused: 'cap_calls' });
    expect(spent(desk).calls).toBe(3);
    expect(states(desk)).toEqual(['running', 'running', 'running', 'waiting', 'waiting']);
    uploadIdsOf(desk.reserve(jobs.slice(3, 4), { price, month: '2026-02' }));
    expect(desk.reserve(jobs.slice(4), { price: { ...price, capCalls: 0 } })).toEqual({
      refused: 'cap_calls',
    });
  });

  it('gives the free calls first and stops exactly at the cap of money', () => {
    const { desk, jobs } = queued(6);
    const price = {
      ...UNPRICED,
      pricePerCallMicros: 2500,
      freeCallsPerMonth: 2,
      capMoneyMicros: 7500,
    };
    for (const job of jobs.slice(0, 5)) uploadIdsOf(desk.reserve([job], { price }));
    expect(desk.reserve(jobs.slice(5), { price })).toEqual({ refused: 'cap_money' });
    expect(spent(desk)).toEqual({ calls: 5, costMicros: 7500 });
    const { uploads } = listUploads(desk.db, { limit: 10, offset: 0 });
    expect(uploads.map((upload) => upload.cost)).toEqual([0.0025, 0.0025, 0.0025, 0, 0]);
    expect(laneCounts(desk.db, SERVICE)).toMatchObject({ calls: 5, costMicros: 7500 });
  });

  it('adds the ledger up by service and currency, without inventing a price', () => {
    const { desk, jobs } = queued(3);
    expect(uploadTotals(desk.db)).toEqual([]);
    uploadIdsOf(desk.reserve(jobs.slice(0, 1)));
    const sums = { service: SERVICE, currency: 'CNY', cost: null, unpriced: 1 };
    expect(uploadTotals(desk.db)).toEqual([{ ...sums, uploads: 1, bytes: 1000 }]);
    const price = { ...UNPRICED, pricePerCallMicros: 2500 };
    for (const job of jobs.slice(1)) uploadIdsOf(desk.reserve([job], { price }));
    expect(uploadTotals(desk.db)).toEqual([{ ...sums, uploads: 3, bytes: 3000, cost: 0.005 }]);
  });

  it('makes no call under a cap of money while no price is set', () => {
    const { desk, jobs } = queued(1);
    const price = { ...UNPRICED, capMoneyMicros: 1_000_000 };
    expect(desk.reserve(jobs, { price })).toEqual({ refused: 'cap_money' });
    expect(spent(desk)).toEqual({ calls: 0, costMicros: 0 });
  });

  it('divides the free calls inside one request', () => {
    const { desk, jobs } = queued(3);
    const price = { ...UNPRICED, pricePerCallMicros: 10, freeCallsPerMonth: 1 };
    uploadIdsOf(desk.reserve(jobs, { price: { ...price, capMoneyMicros: 20 } }));
    expect(spent(desk)).toEqual({ calls: 3, costMicros: 20 });
  });

  it('keeps to the calls of the run', () => {
    const desk = createTaggingDesk();
    desk.begin([desk.photo('a.jpg'), desk.photo('b.jpg')], { maxCalls: 2 });
    const jobs = desk.next();
    const uploads = uploadIdsOf(desk.reserve(jobs.slice(0, 1)));
    desk.write(failCall, {
      now: NOW,
      uploads,
      uploadState: 'failed',
      code: 'network',
      message: 'no network',
      requestId: null,
      jobs: [
        { jobId: jobs[0]?.jobId ?? 0, state: 'waiting', retryAt: null, countsAsAttempt: true },
      ],
    });
    uploadIdsOf(desk.reserve(jobs.slice(0, 1)));
    expect(desk.reserve(jobs.slice(1))).toEqual({ refused: 'run_calls' });
  });

  it('asks about nothing that is with the service, known, edited, cancelled or private by now', () => {
    const { desk, jobs } = queued(6);
    const [held, known, edited, cancelled, gone, hidden] = jobs;
    if (!held || !known || !edited || !cancelled || !gone || !hidden) throw new Error('six jobs');
    uploadIdsOf(desk.reserve([held]));
    expect(desk.reserve([held])).toEqual({ refused: 'gone' });
    run(
      desk.db,
      `INSERT INTO reply (image_hash, service_id, variant, received_at, body)
       VALUES (?, ?, '', 0, x'')`,
      Buffer.from(known.imageHash),
      SERVICE,
    );
    expect(desk.reserve([known])).toEqual({ refused: 'gone' });
    expect(desk.next().find((job) => job.jobId === known.jobId)?.known).toBe(true);
    run(desk.db, 'UPDATE photo SET picture_id = ? WHERE id = ?', held.pictureId, edited.photoId);
    expect(desk.reserve([edited])).toEqual({ refused: 'gone' });
    run(desk.db, `UPDATE job SET state = 'cancelled' WHERE id = ?`, cancelled.jobId);
    expect(desk.reserve([cancelled])).toEqual({ refused: 'gone' });
    run(desk.db, 'DELETE FROM photo WHERE id = ?', gone.photoId);
    expect(desk.reserve([gone])).toEqual({ refused: 'gone' });
    desk.write(setNeverUpload, { folderId: desk.folderId, never: true });
    expect(desk.reserve([hidden])).toEqual({ refused: 'gone' });
    expect(spent(desk).calls).toBe(1);
  });

  it('sends the same picture once when two of its photos wait', () => {
    const { desk, jobs } = queued(2);
    const [first, second] = jobs;
    if (!first || !second) throw new Error('two jobs');
    run(desk.db, 'UPDATE photo SET picture_id = ? WHERE id = ?', first.pictureId, second.photoId);
    expect(desk.next()).toHaveLength(1);
    expect(desk.next({ exclude: [first.jobId] })).toEqual([]);
    const now = { ...second, pictureId: first.pictureId, imageHash: first.imageHash };
    expect(desk.reserve([first, now])).toEqual({ refused: 'gone' });
    const [uploadId = 0] = uploadIdsOf(desk.reserve([first]));
    expect(desk.reserve([now])).toEqual({ refused: 'gone' });
    expect(desk.next()).toEqual([]);
    desk.write(finishCall, {
      service: SERVICE,
      now: NOW,
      variant: '',
      answers: [
        {
          uploadId,
          job: first,
          tags: [],
          body: Buffer.from('{}'),
          requestId: null,
          parameters: {},
        },
      ],
    });
    expect(desk.next()).toMatchObject([{ jobId: second.jobId, known: true }]);
  });

  it('books a connection test without a job', () => {
    const desk = createTaggingDesk();
    const price = { ...UNPRICED, capCalls: 1 };
    const [uploadId = 0] = uploadIdsOf(desk.reserve([null], { price }));
    expect(desk.reserve([null], { price })).toEqual({ refused: 'cap_calls' });
    const { output } = desk.write(finishCall, {
      service: SERVICE,
      now: NOW,
      variant: '',
      answers: [
        { uploadId, job: null, tags: [], body: Buffer.from('{}'), requestId: 'r', parameters: {} },
      ],
    });
    expect(output).toEqual({ photosTagged: 0, tagsWritten: 0 });
    expect(listUploads(desk.db, { limit: 1, offset: 0 }).uploads).toMatchObject([
      { status: 'answered', requestId: 'r', photoId: null, path: null },
    ]);
    expect(desk.value('SELECT COUNT(*) FROM reply')).toBe(0);
  });
});

describe('releaseCall', () => {
  it('gives back what never left', () => {
    const { desk, jobs } = queued(2);
    const price = { ...UNPRICED, pricePerCallMicros: 5 };
    const jobIds = jobs.map((job) => job.jobId);
    const uploadIds = uploadIdsOf(desk.reserve(jobs, { price }));
    desk.write(releaseCall, {
      uploadIds,
      jobIds,
      retryAt: NOW + 1000,
      code: 'network',
      message: 'no network',
    });
    expect(spent(desk)).toEqual({ calls: 0, costMicros: 0 });
    expect(laneCounts(desk.db, SERVICE)).toMatchObject({
      waiting: 2,
      running: 0,
      calls: 0,
      costMicros: 0,
      bytesSent: 0,
    });
    expect(listUploads(desk.db, { limit: 10, offset: 0 }).total).toBe(0);
    expect(desk.next()).toEqual([]);
    expect(nextRetryAt(desk.db, SERVICE, NOW)).toBe(NOW + 1000);
    expect(desk.next({ now: NOW + 1000 }).map((job) => job.attempts)).toEqual([0, 0]);
    desk.write(releaseCall, { uploadIds, jobIds, retryAt: null, code: null, message: null });
    expect(spent(desk).calls).toBe(0);
  });
});

describe('failCall', () => {
  it('keeps the call counted and tries later, or gives up', () => {
    const { desk, jobs } = queued(2);
    const uploads = uploadIdsOf(desk.reserve(jobs));
    const [first, second] = jobs.map((job) => job.jobId);
    desk.write(failCall, {
      now: NOW,
      uploads,
      uploadState: 'refused',
      code: '15',
      message: 'too frequent',
      requestId: 'r1',
      jobs: [
        { jobId: first ?? 0, state: 'waiting', retryAt: NOW + 5000, countsAsAttempt: false },
        { jobId: second ?? 0, state: 'failed', retryAt: null, countsAsAttempt: true },
      ],
    });
    expect(states(desk)).toEqual(['waiting', 'failed']);
    expect(spent(desk).calls).toBe(2);
    expect(desk.next({ now: NOW + 5000 })).toMatchObject([{ jobId: first, attempts: 0 }]);
    expect(desk.value('SELECT attempts FROM job WHERE id = ?', second)).toBe(1);
    expect(listUploads(desk.db, { limit: 9, offset: 0 }).uploads).toMatchObject([
      { status: 'refused', code: '15', requestId: 'r1' },
      { status: 'refused', code: '15', requestId: 'r1' },
    ]);
  });

  it('does not try again what was cancelled meanwhile', () => {
    const { desk, jobs } = queued(3);
    const [failing, released, waiting] = jobs;
    if (!failing || !released || !waiting) throw new Error('three jobs');
    const uploads = uploadIdsOf(desk.reserve([failing]));
    const uploadIds = uploadIdsOf(desk.reserve([released]));
    expect(desk.write(cancelJobs, { service: SERVICE, now: NOW }).output).toEqual({ photos: 1 });
    desk.write(failCall, {
      now: NOW,
      uploads,
      uploadState: 'failed',
      code: 'network',
      message: '',
      requestId: null,
      jobs: [{ jobId: failing.jobId, state: 'waiting', retryAt: null, countsAsAttempt: true }],
    });
    desk.write(releaseCall, {
      uploadIds,
      jobIds: [released.jobId],
      retryAt: null,
      code: null,
      message: null,
    });
    expect(states(desk)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    desk.begin([failing.photoId]);
    expect(desk.next()).toMatchObject([{ photoId: failing.photoId }]);
  });
});

describe('recoverTagging', () => {
  it('keeps counting calls that a crash cut short, and asks about their photos again', () => {
    const { desk, jobs } = queued(3);
    uploadIdsOf(desk.reserve(jobs.slice(0, 2)));
    uploadIdsOf(desk.reserve([null]));
    expect(desk.write(recoverTagging, { now: NOW }).output).toEqual({ jobs: 2, uploads: 3 });
    expect(spent(desk).calls).toBe(3);
    expect(desk.next().map((job) => [job.jobId, job.attempts])).toEqual([
      [jobs[0]?.jobId, 1],
      [jobs[1]?.jobId, 1],
      [jobs[2]?.jobId, 0],
    ]);
    const { uploads } = listUploads(desk.db, { limit: 9, offset: 0 });
    expect(uploads.map((upload) => upload.status)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(desk.write(recoverTagging, { now: NOW }).output).toEqual({ jobs: 0, uploads: 0 });
  });
});
