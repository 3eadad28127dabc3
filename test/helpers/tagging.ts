/** A library in memory whose photos are tagged by a service that the test plays. */
import type { ChangeLog, LibraryChanges } from '../../main/library/changes.ts';
import { get, type WritableDB } from '../../main/library/database.ts';
import { finishCall } from '../../main/library/tagging/answers.ts';
import { beginCall } from '../../main/library/tagging/calls.ts';
import { nextJobs } from '../../main/library/tagging/jobs.ts';
import { beginRun, endRun } from '../../main/library/tagging/runs.ts';
import type {
  BeginCallInput,
  BeginCallOutput,
  CallPrice,
  RunPlan,
  RunRequest,
  TagJob,
} from '../../main/library/tagging/types.ts';
import type { ServiceTag } from '../../main/tagging/types.ts';
import {
  changesOf,
  createTestLibrary,
  insertPhoto,
  insertPicture,
  NOW,
  type TestLibrary,
} from './library.ts';

export const SERVICE = 'tencent-tag';
export const MONTH = '2026-01';
export const UNPRICED: CallPrice = {
  pricePerCallMicros: null,
  freeCallsPerMonth: 0,
  currency: 'CNY',
  capCalls: null,
  capMoneyMicros: null,
};

export type Written<Output> = { readonly output: Output; readonly changes: LibraryChanges | null };

export type TaggingDesk = {
  readonly db: WritableDB;
  readonly folderId: number;
  /** A photo that can be sent; the same word is the same picture. */
  photo(name: string, word?: string, columns?: Record<string, unknown>): number;
  write<Input, Output>(
    operation: (db: WritableDB, input: Input, changes: ChangeLog) => Output,
    input: Input,
  ): Written<Output>;
  begin(
    photoIds: readonly number[],
    options?: Partial<RunRequest>,
  ): RunPlan & { readonly runId: number | null };
  next(options?: Partial<Parameters<typeof nextJobs>[1]>): TagJob[];
  /** The first job that waits; fails when there is none. */
  nextJob(): TagJob;
  reserve(jobs: readonly (TagJob | null)[], options?: Partial<BeginCallInput>): BeginCallOutput;
  /** Reserves and answers; the tags are English words with their confidence. */
  answer(job: TagJob, scores: Readonly<Record<string, number>>): Written<unknown>;
  /** Begins a run for these photos, answers all with the same, and ends it. */
  tag(
    photoIds: readonly number[],
    scores: Readonly<Record<string, number>>,
    options?: Partial<RunRequest>,
  ): { readonly runId: number; readonly undo: number | null };
  /** The only value of a row. */
  value<Value>(sql: string, ...values: unknown[]): Value | undefined;
};

export function serviceTag(word: string, confidence: number): ServiceTag {
  return { raw: word, names: { en: word }, type: 'thing', confidence, boxes: [] };
}

/** Ids of a reservation; fails when it was refused. */
export function uploadIdsOf(output: BeginCallOutput): readonly number[] {
  if (!('uploadIds' in output)) throw new Error(`The call was refused: ${output.refused}`);
  return output.uploadIds;
}

/** In memory, or in a library of the test's own. */
export function createTaggingDesk(
  { db, folderId }: Pick<TestLibrary, 'db' | 'folderId'> = createTestLibrary(),
): TaggingDesk {
  const desk: TaggingDesk = {
    db,
    folderId,
    photo: (name, word = name, columns = {}) =>
      insertPhoto(db, folderId, name, { picture_id: insertPicture(db, word), ...columns }),
    write: (operation, input) =>
      changesOf((changes) => db.transaction(() => operation(db, input, changes)).immediate()),
    begin: (photoIds, options = {}) =>
      desk.write(beginRun, {
        service: SERVICE,
        photoIds,
        again: false,
        limit: null,
        maxCalls: null,
        variant: '',
        now: NOW,
        parameters: {},
        ...options,
      }).output,
    next: (options = {}) =>
      nextJobs(db, {
        service: SERVICE,
        limit: 100,
        now: NOW,
        exclude: [],
        onScreen: [],
        ...options,
      }),
    nextJob: () => {
      const [job] = desk.next({ limit: 1 });
      if (!job) throw new Error('Nothing waits');
      return job;
    },
    reserve: (jobs, options = {}) =>
      desk.write(beginCall, {
        service: SERVICE,
        runId: jobs[0]?.runId ?? null,
        month: MONTH,
        now: NOW,
        variant: '',
        price: UNPRICED,
        pictures: jobs.map((job) => ({ job, bytes: 1000, widthPixels: 64, heightPixels: 48 })),
        ...options,
      }).output,
    answer: (job, scores) => {
      const [uploadId] = uploadIdsOf(desk.reserve([job]));
      return desk.write(finishCall, {
        service: SERVICE,
        now: NOW,
        variant: desk.value<string>('SELECT variant FROM run WHERE id = ?', job.runId) ?? '',
        answers: [
          {
            uploadId: uploadId ?? 0,
            job,
            tags: Object.entries(scores).map(([word, score]) => serviceTag(word, score)),
            body: Buffer.from(JSON.stringify(scores)),
            requestId: 'request',
            parameters: { width: 64 },
          },
        ],
      });
    },
    tag: (photoIds, scores, options = {}) => {
      const { runId } = desk.begin(photoIds, options);
      if (runId === null) throw new Error('Nothing to ask');
      for (const job of desk.next()) desk.answer(job, scores);
      return { runId, undo: desk.write(endRun, { runId, now: NOW }).output.undo };
    },
    value: <Value>(sql: string, ...values: unknown[]) =>
      Object.values(get<Record<string, Value>>(db, sql, ...values) ?? {})[0],
  };
  return desk;
}
