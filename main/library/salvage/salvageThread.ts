/** The thread that reads a damaged library: it goes on when what it told was taken in. */
import { parentPort, workerData } from 'node:worker_threads';
import { serializeError } from '../../../shared/errors.ts';
import { toLibraryError } from '../failures.ts';
import type { SalvageReply } from './inThread.ts';
import { readNewer } from './readNewer.ts';
import type { SalvageRequest } from './types.ts';

const request = workerData as SalvageRequest;
const found = readNewer(request);

function tell(reply: SalvageReply): void {
  parentPort?.postMessage(reply);
}

function next(): void {
  try {
    const { value, done } = found.next();
    tell(done ? { kind: 'done' } : { kind: 'part', part: value });
    if (!done) return;
  } catch (error) {
    tell({ kind: 'failed', error: serializeError(toLibraryError(error, request.damagedPath)) });
  }
  parentPort?.close();
}

parentPort?.on('message', next);
next();
