import type { FileHandle } from 'node:fs/promises';
import { ask } from '../folders/patience.ts';

/** Read at a time: a large photo is a handful of questions to its disk. */
const PART_BYTES = 1024 * 1024;

/**
 * The first `sizeBytes` of an open file as a body; closes the file at its end. A disk that stops to answer in
 * the middle ends the body with an error, and holds up no thread but its own.
 */
export function fileStream(
  handle: FileHandle,
  rootPath: Uint8Array,
  sizeBytes: number,
): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const part = new Uint8Array(Math.min(PART_BYTES, sizeBytes - at));
        try {
          const { bytesRead } =
            part.length === 0
              ? { bytesRead: 0 }
              : await ask(rootPath, () => handle.read(part, 0, part.length, at));
          at += bytesRead;
          if (bytesRead > 0) controller.enqueue(part.subarray(0, bytesRead));
          if (bytesRead > 0 && at < sizeBytes) return;
          await handle.close();
          controller.close();
        } catch (error) {
          closeLater(handle);
          controller.error(error);
        }
      },
      cancel: () => closeLater(handle),
    },
    { highWaterMark: 0 },
  );
}

/** A read that hangs has to end first, and nobody waits for it. */
function closeLater(handle: FileHandle): void {
  // A file that cannot be closed was closed already.
  handle.close().catch(() => undefined);
}
