/** Puts an answer on the wire, whole or broken in the way that was asked for. */
import type { ServerResponse } from 'node:http';
import type { Outcome } from './behaviour.ts';
import type { Received } from './record.ts';
import type { Reply } from './types.ts';

const PAGE =
  '<!doctype html><html><head><title>Gateway</title></head><body>It works.</body></html>';
const HUGE_BYTES = 64_000_000;
const JSON_TYPE = 'application/json; charset=utf-8';

/** Resolves when the answer has left, or its reader is gone. Sets `status` of the record. */
export async function deliver(
  response: ServerResponse,
  reply: Reply,
  outcome: Outcome | null,
  entry: Received,
): Promise<void> {
  if (response.destroyed) {
    entry.verdict = 'aborted';
    return;
  }
  const gone = closed(response);
  // Writing to somebody who has just gone away is told here; `close` follows in any case.
  response.on('error', (error) => {
    entry.reason ??= error.message;
  });
  switch (outcome?.kind) {
    case 'hang':
      break;
    case 'reset':
      await reset(response, reply, outcome.when, entry);
      break;
    case 'garbage':
      end(response, entry, 200, JSON_TYPE, '{"code":0,"message":"ok","data":[{"items":[{"la');
      break;
    case 'empty':
      end(response, entry, 200, JSON_TYPE, '');
      break;
    case 'wrong-type':
      end(response, entry, 200, 'text/html; charset=utf-8', PAGE);
      break;
    case 'huge':
      await pour(response, outcome.bytes ?? HUGE_BYTES, entry, gone);
      break;
    case 'redirect':
      response.setHeader('Location', outcome.location);
      end(response, entry, outcome.status ?? 302, 'text/html; charset=utf-8', PAGE);
      break;
    case 'body':
      send(response, entry, { status: outcome.status ?? 200, body: outcome.body });
      break;
    default:
      send(response, entry, reply);
  }
  await gone;
  if (!response.writableFinished && outcome?.kind !== 'reset' && outcome?.kind !== 'hang')
    entry.verdict = 'aborted';
}

function send(response: ServerResponse, entry: Received, reply: Reply): void {
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  const isPage = typeof reply.body === 'string';
  const text = isPage ? String(reply.body) : JSON.stringify(reply.body);
  end(response, entry, reply.status, isPage ? 'text/html; charset=utf-8' : JSON_TYPE, text);
}

function end(
  response: ServerResponse,
  entry: Received,
  status: number,
  mediaType: string,
  text: string,
): void {
  const bytes = Buffer.from(text, 'utf8');
  entry.status = status;
  response.writeHead(status, { 'Content-Type': mediaType, 'Content-Length': bytes.length });
  response.end(bytes);
}

async function reset(
  response: ServerResponse,
  reply: Reply,
  when: 'before' | 'during',
  entry: Received,
): Promise<void> {
  if (when === 'during') {
    const bytes = Buffer.from(JSON.stringify(reply.body), 'utf8');
    entry.status = reply.status;
    response.writeHead(reply.status, {
      'Content-Type': JSON_TYPE,
      'Content-Length': bytes.length,
    });
    const half = bytes.subarray(0, Math.ceil(bytes.length / 2));
    await new Promise<void>((resolve) => response.write(half, () => resolve()));
  }
  response.socket?.resetAndDestroy();
}

async function pour(
  response: ServerResponse,
  total: number,
  entry: Received,
  gone: Promise<void>,
): Promise<void> {
  entry.status = 200;
  response.writeHead(200, { 'Content-Type': JSON_TYPE });
  response.write('{"code":0,"message":"');
  const piece = Buffer.alloc(64_000, 'x');
  for (let sent = 0; sent < total && !response.destroyed; sent += piece.length) {
    if (!response.write(piece)) await Promise.race([drained(response), gone]);
  }
  if (!response.destroyed) response.end('"}');
}

function closed(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => response.once('close', () => resolve()));
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => response.once('drain', () => resolve()));
}
