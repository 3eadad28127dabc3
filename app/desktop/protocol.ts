/** `tagroll://window/…` is the engine's handler for everything that is a GET, over its private socket. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { Protocol, Session } from 'electron';
import { contentSecurityPolicy } from '../contentSecurity.ts';
import { type EngineAddress, TOKEN_HEADER } from '../engineClient.ts';
import { isOwnUrl } from './security.ts';

/** Request headers that the engine acts on; the rest stays here. */
const FORWARDED = ['range', 'if-none-match', 'if-modified-since', 'accept'];
/** How long a request waits for an engine that is starting. */
export const WAIT_FOR_ENGINE_MS = 20_000;

/** Must be called before the app is ready. */
export function registerScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'tagroll',
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: true,
        stream: true,
        codeCache: true,
      },
    },
  ]);
}

/** `engine` resolves with the running engine, or null when there is none. */
export function serveWindow(session: Session, engine: () => Promise<EngineAddress | null>): void {
  session.protocol.handle('tagroll', (request) => answer(request, engine));
}

/** Forwards GET only: everything else is a call and goes over the port. */
export async function answer(
  request: Request,
  engine: () => Promise<EngineAddress | null>,
): Promise<Response> {
  if (!isOwnUrl(request.url)) return plain(400, 'Unknown host');
  if (request.method !== 'GET') return plain(405, 'Only GET is answered');
  const address = await engine();
  if (!address) return plain(503, 'The engine is not running');
  try {
    return toResponse(await forward(request, address));
  } catch (error) {
    return plain(502, `The engine does not answer: ${String(error)}`);
  }
}

function forward(request: Request, address: EngineAddress): Promise<IncomingMessage> {
  // The path as it was written: parsing it again could only change it.
  const path = request.url.slice('tagroll://window'.length) || '/';
  const headers: Record<string, string> = { [TOKEN_HEADER]: address.token };
  for (const name of FORWARDED) {
    const value = request.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  return new Promise((resolve, reject) => {
    const asked = httpRequest({
      socketPath: address.socketPath,
      path: path.split('#')[0] ?? '/',
      headers,
    });
    asked.once('response', resolve);
    asked.once('error', reject);
    asked.end();
  });
}

function toResponse(incoming: IncomingMessage): Response {
  const headers = new Headers();
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
    headers.append(incoming.rawHeaders[index] ?? '', incoming.rawHeaders[index + 1] ?? '');
  }
  for (const name of ['connection', 'keep-alive', 'transfer-encoding']) headers.delete(name);
  headers.set('content-security-policy', contentSecurityPolicy(null));
  headers.set('x-content-type-options', 'nosniff');
  const status = incoming.statusCode ?? 502;
  const hasBody = status !== 204 && status !== 304;
  if (!hasBody) incoming.resume();
  const body = hasBody ? (Readable.toWeb(incoming) as ReadableStream<Uint8Array>) : null;
  return new Response(body, { status, headers });
}

function plain(status: number, text: string): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
}
