/**
 * A decode worker: a process that may die over a photo without harm to the others. It gets one request at a
 * time and knows nothing of the library but the folder of its thumbnails.
 */
import { flushCompileCache } from 'node:module';
import { serializeError } from '../../shared/errors.ts';
import { OutOfMemory, setMemoryLimit } from './decoders/memory.ts';
import { indexFile, previewFile } from './indexFile.ts';
import { RawHelpWanted } from './rawPicture.ts';
import { standInOf } from './standIn.ts';
import { uploadFile } from './upload.ts';
import { watchMemory } from './watchdog.ts';
import type { WorkerReply, WorkerRequest } from './workerProtocol.ts';

const [, , thumbnailFolder = ''] = process.argv;
let isFirst = true;

function reply(message: WorkerReply, sent?: () => void): void {
  process.send?.(message, undefined, undefined, () => sent?.());
}

async function answer(request: WorkerRequest): Promise<WorkerReply> {
  const { id } = request;
  setMemoryLimit(request.memoryLimitBytes);
  try {
    if (request.kind === 'index') {
      const options = { thumbnailFolder, decode: request.decode, help: request.help };
      const result = await indexFile(request.path, options);
      return { kind: 'indexed', id, result, rssBytes: process.memoryUsage.rss() };
    }
    if (request.kind === 'upload') {
      const result = await uploadFile(request.path, request.request, request.help);
      return { kind: 'uploadable', id, result, rssBytes: process.memoryUsage.rss() };
    }
    if (request.kind === 'stand-in') {
      const jpeg = await standInOf(request.path);
      return { kind: 'stand-in', id, jpeg, rssBytes: process.memoryUsage.rss() };
    }
    const failure = await previewFile(request.path, request.target, request.help);
    return { kind: 'previewed', id, failure, rssBytes: process.memoryUsage.rss() };
  } catch (error) {
    if (error instanceof RawHelpWanted) return { kind: 'help-wanted', id };
    if (error instanceof OutOfMemory) return { kind: 'over-memory', id };
    return { kind: 'failed', id, error: serializeError(error) };
  }
}

process.on('message', async (request: WorkerRequest) => {
  const stopWatching = watchMemory(request.memoryLimitBytes, (said) =>
    reply({ kind: 'over-memory', id: request.id }, said),
  );
  const message = await answer(request);
  stopWatching();
  reply(message);
  if (isFirst) {
    isFirst = false;
    // Workers are killed, never asked to go: nothing would be kept otherwise.
    flushCompileCache();
  }
});

// Without the engine nobody wants the answer; a decoder at work would keep `exit` waiting for it.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

reply({ kind: 'ready' });
