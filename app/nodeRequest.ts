/** What arrives on a socket, as the Fetch API knows it. */
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Null when it is no sound request. The address is concatenated: resolving `//evil/x` against a base
 * would take `evil` for the host.
 */
export function toRequest(incoming: IncomingMessage, signal: AbortSignal): Request | null {
  const { host } = incoming.headers;
  const path = incoming.url ?? '';
  if (!host || !path.startsWith('/') || incoming.headersDistinct['host']?.length !== 1) return null;
  const headers = new Headers();
  try {
    for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
      headers.append(incoming.rawHeaders[index] ?? '', incoming.rawHeaders[index + 1] ?? '');
    }
    const method = incoming.method === 'HEAD' ? 'GET' : (incoming.method ?? 'GET');
    const request = new Request(`http://${host}${path}`, { method, headers, signal });
    return new URL(request.url).host === host.toLowerCase() ? request : null;
  } catch {
    return null;
  }
}

export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0;
}

/** Without what is asked for: an entry address has its token there. */
export function pathOf({ url }: IncomingMessage): string {
  return (url ?? '').split('?')[0] ?? '';
}

/** Faults of a request that have an answer of their own. */
const MALFORMED: ReadonlyMap<string, number> = new Map([
  ['HPE_HEADER_OVERFLOW', 431],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
]);

/** The status for what could not be understood. */
export function malformedStatus(error: NodeJS.ErrnoException): number {
  return MALFORMED.get(error.code ?? '') ?? 400;
}

/** Answers where there is no response to write to, and ends the connection, also for one who would keep it. */
export function endWith(
  socket: Duplex,
  status: number,
  headers: Readonly<Record<string, string>>,
): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\nConnection: close\r\nContent-Length: 0\r\n${lines.join('')}\r\n`,
    () => socket.destroy(),
  );
}
