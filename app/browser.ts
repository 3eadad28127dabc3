/**
 * The browser door: the same window in a browser, on 127.0.0.1 only. Whoever asks must name this
 * server as host and as origin, and must hold the cookie that an entry address is exchanged for.
 */
import type { Engine } from '../main/engine.ts';
import type { Logger } from '../main/log.ts';
import { contentSecurityPolicy } from './contentSecurity.ts';
import { type Gate, serve } from './nodeHttp.ts';
import { randomSecret, sameSecret } from './secrets.ts';

export type BrowserDoor = {
  readonly port: number;
  /** An address to print: opens a window as often as it is used, as long as this door is open. */
  readonly url: string;
  /**
   * An address to hand to a browser that is started here: works once, because every user of the
   * machine can read a command line.
   */
  windowUrl(): string;
  /** Open windows. */
  readonly connections: () => number;
  /** Ends every window's connection; they connect again by themselves. */
  drop(): void;
  close(): Promise<void>;
};

export type BrowserDoorOptions = {
  /** 0 picks a free port. */
  readonly port: number;
  readonly logger: Logger;
  readonly onConnections?: (count: number) => void;
};

/** Rejects when the port is taken. */
export async function openBrowserDoor(
  engine: Pick<Engine, 'handle' | 'router'>,
  options: BrowserDoorOptions,
): Promise<BrowserDoor> {
  const session = randomSecret();
  const entry = randomSecret();
  const once = new Set<string>();
  let port = options.port;

  const takeEntry = (token: string): boolean => {
    if (sameSecret(token, entry)) return true;
    for (const candidate of once) {
      if (sameSecret(token, candidate)) return once.delete(candidate);
    }
    return false;
  };
  const authorize: Gate = (request) => {
    const url = new URL(request.url);
    const origin = `http://127.0.0.1:${port}`;
    if (url.origin !== origin) return refusal(400, 'This server answers only to its own name.');
    const from = request.headers.get('origin');
    if (from !== null && from !== origin) return refusal(403, 'Another site may not ask here.');
    if (request.headers.has('upgrade') && from === null) return refusal(403, 'No origin.');
    const cookieName = `tagroll-${port}`;
    const hasSession = sameSecret(readCookie(request, cookieName), session);
    const token = url.pathname === '/' ? url.searchParams.get('token') : null;
    if (token !== null && (takeEntry(token) || hasSession)) {
      return new Response(null, {
        status: 303,
        headers: {
          location: '/',
          'set-cookie': `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`,
          'cache-control': 'no-store',
        },
      });
    }
    return hasSession
      ? null
      : refusal(
          403,
          'This address belongs to a Tagroll window that was closed. Open Tagroll again.',
        );
  };

  const server = await serve(engine, {
    listen: { port },
    authorize,
    headers: securityHeaders(() => port),
    logger: options.logger,
    ...(options.onConnections ? { onConnections: options.onConnections } : {}),
  });
  port = Number(server.address);
  const address = (token: string): string => `http://127.0.0.1:${port}/?token=${token}`;
  return {
    port,
    url: address(entry),
    windowUrl() {
      const token = randomSecret();
      once.add(token);
      return address(token);
    },
    connections: server.connections,
    drop: server.drop,
    close: server.close,
  };
}

/** Sent with every answer. */
function securityHeaders(port: () => number): Readonly<Record<string, string>> {
  return {
    get 'content-security-policy'() {
      return contentSecurityPolicy(`ws://127.0.0.1:${port()}`);
    },
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  };
}

function readCookie(request: Request, name: string): string | null {
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return null;
}

function refusal(status: number, text: string): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });
}
