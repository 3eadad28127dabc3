/** The thread that copies and looks through databases: both take seconds and block whoever does them. */
import { parentPort, workerData } from 'node:worker_threads';
import { serializeError } from '../../../shared/errors.ts';
import { toLibraryError } from '../failures.ts';
import { copyDatabase, examineDatabase } from './databaseFile.ts';
import type { FileReply, FileRequest } from './inBackground.ts';

const request = workerData as FileRequest;

function answer(): FileReply {
  try {
    if (request.kind === 'copy') copyDatabase(request.from, request.to);
    return {
      kind: 'done',
      examined: examineDatabase(request.kind === 'copy' ? request.to : request.path),
    };
  } catch (error) {
    const path = request.kind === 'copy' ? request.from : request.path;
    return { kind: 'failed', error: serializeError(toLibraryError(error, path)) };
  }
}

parentPort?.postMessage(answer());
