import { deserializeError, type SerializedError } from '../../shared/errors.ts';
import type { SearchRequest } from '../../shared/model.ts';
import { decodeResult, type PackedResult } from '../../shared/resultCodec.ts';
import { resultUrl } from '../api/client.ts';

export type FetchedResult = {
  readonly result: PackedResult;
  /** Photos of the whole result, of which `result` may have only the first. */
  readonly total: number;
};

/** Asks for a result, or for its first `limit` photos. Rejects with what the engine says is wrong with the question. */
export async function fetchResult(
  request: SearchRequest,
  limit: number | null,
  signal: AbortSignal,
): Promise<FetchedResult> {
  const url = resultUrl(request);
  const response = await fetch(limit === null ? url : `${url}&limit=${limit}`, { signal });
  if (!response.ok) throw deserializeError((await response.json()) as SerializedError);
  const result = decodeResult(await readBody(response));
  const total = Number(response.headers.get('x-total') ?? result.ids.length);
  return { result, total };
}

/**
 * The bytes of a response. They are read straight into one buffer where their number is known: gathering
 * ten megabytes in pieces and joining them takes twice as long.
 */
export async function readBody(response: Response): Promise<ArrayBuffer> {
  const sizeBytes = Number(response.headers.get('content-length') ?? Number.NaN);
  const reader = Number.isSafeInteger(sizeBytes) && sizeBytes > 0 ? byteReader(response) : null;
  if (!reader) return response.arrayBuffer();
  let buffer = new ArrayBuffer(sizeBytes);
  let filled = 0;
  while (filled < sizeBytes) {
    const { done, value } = await reader.read(new Uint8Array(buffer, filled));
    if (done) throw new Error(`The answer ended after ${filled} of ${sizeBytes} bytes.`);
    // Each reading takes the buffer away and gives it back.
    buffer = value.buffer;
    filled += value.byteLength;
  }
  // Nothing follows: the browser is told that the answer was read to its end, and nobody waits for that.
  reader.read(new Uint8Array(1)).catch(() => undefined);
  return buffer;
}

/** Null where a body can only be read in pieces of the browser's own. */
function byteReader(response: Response): ReadableStreamBYOBReader | null {
  try {
    return response.body?.getReader({ mode: 'byob' }) ?? null;
  } catch {
    // Not every browser offers it for every address; there it is read as a whole.
    return null;
  }
}
