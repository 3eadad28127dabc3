/** The thread that reads heads, so that slow disks never hold up the thread that serves. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadSteps } from '../threadSilence.ts';
import { readHeadSafely } from './head.ts';
import type { HeadReply, HeadRequest } from './headReader.ts';

const { steps } = workerData as ThreadSteps;

parentPort?.on('message', ({ id, jobs }: HeadRequest) => {
  const outcomes = jobs.map((job) => {
    Atomics.add(steps, 0, 1);
    return { photoId: job.photoId, outcome: readHeadSafely(job.path, job.name, job) };
  });
  parentPort?.postMessage({ id, outcomes } satisfies HeadReply);
});
