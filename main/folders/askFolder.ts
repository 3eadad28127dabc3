/**
 * Questions about a folder that a person named, which may lie on a share that does not answer any more. Each has
 * a thread of its own, with the file operations of that thread only: however many shares hang, the few threads
 * that everything else reads by stay free.
 */
import { Worker } from 'node:worker_threads';
import { TagrollError } from '../../shared/errors.ts';
import { relativeBytes } from '../library/bytes.ts';
import { siblingModule, THREAD_LIMITS } from '../modules.ts';
import { createSteps, endThread, watchSteps } from '../threadSilence.ts';
import type { FolderQuestion, FolderReply } from './folderQuestion.ts';
import type { FolderThreadData } from './folderThread.ts';

/** One step may take this long: a person waits for it. */
const SILENT_AFTER_MS = 5000;

/** Folders in which a thread hangs, as often as one does. */
const hanging = new Map<Worker, Buffer>();

/**
 * Resolves with the parts of the answer; `isWhole` is false when the folder fell silent after the first of them.
 * Rejects with what the file system says, and with `folder_silent` when it says nothing: at once for a folder in
 * or below which an older question still hangs.
 */
export function askFolder(
  question: FolderQuestion,
  silentAfterMs: number = SILENT_AFTER_MS,
): Promise<{ readonly parts: readonly FolderReply[]; readonly isWhole: boolean }> {
  const path = Buffer.from(question.path);
  for (const silent of hanging.values()) {
    if (relativeBytes(silent, path)) return Promise.reject(folderSilent(path));
  }
  const steps = createSteps();
  const worker = new Worker(siblingModule(import.meta.url, 'folderThread'), {
    resourceLimits: THREAD_LIMITS,
    workerData: { steps, question } satisfies FolderThreadData,
  });
  const parts: FolderReply[] = [];
  return new Promise((resolve, reject) => {
    const watching = watchSteps({
      steps,
      isHeldUp: () => false,
      afterMs: silentAfterMs,
      onSilent: () => {
        // Of a folder that was listed only something in it can hang: the folder itself may be asked again.
        const isListed = parts.some(({ kind }) => kind === 'links');
        if (!isListed) hanging.set(worker, path);
        void endThread(worker);
        if (isListed) resolve({ parts, isWhole: false });
        else reject(folderSilent(path));
      },
    });
    worker.on('message', (part: FolderReply) => {
      if (part.kind === 'failed') {
        reject(Object.assign(new Error(part.message), { code: part.code }));
      } else if (part.kind === 'done') resolve({ parts, isWhole: true });
      else parts.push(part);
    });
    worker.once('error', reject);
    worker.once('exit', () => {
      watching.stop();
      hanging.delete(worker);
      reject(new TagrollError('internal', `The thread that looks at ${path} stopped.`));
    });
  });
}

/**
 * Throws `folder_silent` when a folder does not answer: before a file is read or written there by the threads
 * that everything shares. Whatever else is wrong with it is for whoever opens the file to say.
 */
export async function expectAnswer(folderPath: string, silentAfterMs?: number): Promise<void> {
  try {
    await askFolder({ kind: 'inspect', path: Buffer.from(folderPath) }, silentAfterMs);
  } catch (error) {
    if (error instanceof TagrollError && error.code === 'folder_silent') throw error;
  }
}

function folderSilent(path: Buffer): TagrollError {
  const text = path.toString('utf8');
  return new TagrollError(
    'folder_silent',
    `The folder ${text} does not answer. Check the connection to its network or drive, then try again.`,
    { path: text },
  );
}
