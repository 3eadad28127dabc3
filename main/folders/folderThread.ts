/** The thread that asks about one folder, and hangs with it where that hangs. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadSteps } from '../threadSilence.ts';
import { answerQuestion, type FolderQuestion, type FolderReply } from './folderQuestion.ts';

export type FolderThreadData = ThreadSteps & { readonly question: FolderQuestion };

const { steps, question } = workerData as FolderThreadData;

function reply(part: FolderReply): void {
  parentPort?.postMessage(part);
}

// Whoever watches takes a thread that made no step for one that is still starting.
Atomics.add(steps, 0, 1);
try {
  answerQuestion(question, reply, () => {
    Atomics.add(steps, 0, 1);
  });
  reply({ kind: 'done' });
} catch (error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
  reply({ kind: 'failed', code, message: error instanceof Error ? error.message : String(error) });
}
