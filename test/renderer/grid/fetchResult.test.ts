import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { readBody } from '../../../renderer/grid/fetchResult.ts';
import { createResult, decodeResult, encodeResult } from '../../../shared/resultCodec.ts';

let server: Server | null = null;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

/** An address of this machine that is answered like that. */
async function serve(answer: (response: ServerResponse) => void): Promise<string> {
  const opened = createServer((_, response) => answer(response));
  server = opened;
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(opened.address() as AddressInfo).port}/`;
}

function largeResult(): Uint8Array<ArrayBuffer> {
  const result = createResult(200_000, 7);
  result.ids.forEach((_, index) => {
    result.ids[index] = index * 3;
  });
  return encodeResult(result);
}

describe('readBody', () => {
  it('reads a large result that arrives in pieces', async () => {
    const bytes = largeResult();
    const url = await serve(async (response) => {
      response.writeHead(200, { 'content-length': bytes.byteLength });
      for (let at = 0; at < bytes.byteLength; at += 100_001) {
        response.write(bytes.subarray(at, at + 100_001));
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    });
    const { ids, revision } = decodeResult(await readBody(await fetch(url)));
    expect(revision).toBe(7);
    expect(ids.length).toBe(200_000);
    expect(ids.every((id, index) => id === index * 3)).toBe(true);
  });

  it('reads an answer that does not tell its size', async () => {
    const bytes = largeResult();
    const url = await serve((response) => response.end(bytes));
    const response = await fetch(url);
    const unsized = new Response(response.body);
    expect(decodeResult(await readBody(unsized)).ids.length).toBe(200_000);
  });

  it('rejects an answer that is cut short', async () => {
    const bytes = largeResult();
    const url = await serve((response) => {
      response.writeHead(200, { 'content-length': bytes.byteLength });
      response.write(bytes.subarray(0, 5000), () => response.destroy());
    });
    const response = await fetch(url);
    await expect(readBody(response)).rejects.toThrow();
  });

  it('reads an answer without a byte', async () => {
    const url = await serve((response) => {
      response.writeHead(200, { 'content-length': 0 });
      response.end();
    });
    expect((await readBody(await fetch(url))).byteLength).toBe(0);
  });
});
