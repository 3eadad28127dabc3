/** The thread that reads heads, so that slow disks never hold up the thread that serves. */
import { parentPort } from 'node:worker_threads';
import { readHeadSafely } from './head.ts';
import type { HeadReply, HeadRequest } from './headReader.ts';

parentPort?.on('message', ({ id, jobs }: HeadRequest) => {
  const outcomes = jobs.map((job) => ({
    photoId: job.photoId,
    outcome: readHeadSafely(job.path, job.name, job),
  }));
  parentPort?.postMessage({ id, outcomes } satisfies HeadReply);
});
