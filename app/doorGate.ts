/** Who may pass the browser door: nobody without its cookie, no other site, and only under its own name. */
import { contentSecurityPolicy } from './contentSecurity.ts';
import { randomSecret, sameSecret } from './secrets.ts';

export type DoorKeys = {
  /** In the cookie of a window that was let in. */
  readonly session: string;
  /** In the address that is printed: lets windows in as often as it is used. */
  readonly entry: string;
  /** Each lets one window in: every user of the machine can read the command line that it stands in. */
  readonly once: Set<string>;
};

export type DoorGateOptions = {
  readonly port: () => number;
  readonly keys: DoorKeys;
  /** A key that works once was used. */
  readonly onSpent?: (key: string) => void;
};

export function newDoorKeys(): DoorKeys {
  return { session: randomSecret(), entry: randomSecret(), once: new Set() };
}

/** The address that a key lets a window in by. */
export function entryAddress(port: number, key: string): string {
  return `${doorOrigin(port)}/?token=${key}`;
}

/** Answers whom it does not let through: a refusal, or the way in for who brings a key. */
export function createDoorGate(options: DoorGateOptions): (request: Request) => Response | null {
  const { keys } = options;
  const takeKey = (key: string): boolean => {
    if (sameSecret(key, keys.entry)) return true;
    for (const candidate of keys.once) {
      if (!sameSecret(key, candidate)) continue;
      keys.once.delete(candidate);
      options.onSpent?.(candidate);
      return true;
    }
    return false;
  };
  return (request) => {
    const url = new URL(request.url);
    const origin = doorOrigin(options.port());
    if (url.origin !== origin) return refusal(400, 'This server answers only to its own name.');
    const from = request.headers.get('origin');
    if (from !== null && from !== origin) return refusal(403, 'Another site may not ask here.');
    if (request.headers.has('upgrade') && from === null) return refusal(403, 'No origin.');
    if (isFromElsewhere(request.headers)) return refusal(403, 'Another page may not ask here.');
    const cookieName = `tagroll-${options.port()}`;
    const hasSession = sameSecret(readCookie(request, cookieName), keys.session);
    const key = url.pathname === '/' ? url.searchParams.get('token') : null;
    if (key !== null && (takeKey(key) || hasSession)) {
      return new Response(null, {
        status: 303,
        headers: {
          location: '/',
          'set-cookie': `${cookieName}=${keys.session}; HttpOnly; SameSite=Strict; Path=/`,
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
}

/** Sent with every answer. */
export function securityHeaders(port: () => number): Readonly<Record<string, string>> {
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

function doorOrigin(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/**
 * Browsers say whose page asks, and no page can change that. To them all of 127.0.0.1 is one site, so that
 * the cookie comes along when a page of another port asks. A link may lead here from anywhere.
 */
function isFromElsewhere(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  if (site === null || site === 'same-origin' || site === 'none') return false;
  return !(
    headers.get('sec-fetch-mode') === 'navigate' && headers.get('sec-fetch-dest') === 'document'
  );
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
