import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { deserializeError, isSerializedError, type TagrollError } from '../../shared/errors.ts';
import { desktop } from './desktop.ts';

type NoContext = Record<never, never>;
export type Link = SocketLink<NoContext> | PortLink<NoContext>;

/** One connection to the engine. It is never repaired: when it closes, a new one is opened. */
export type Transport = {
  readonly link: Link;
  /** Resolves when the connection has gone; calls in flight have been rejected by then. */
  readonly closed: Promise<void>;
};

/** An engine that has not answered by then is tried anew. */
const OPEN_WITHIN_MS = 8000;
const PORT_MESSAGE = 'tagroll-port';

/** Opens the door's kind of connection. Rejects when it cannot be opened. */
export function openTransport(): Promise<Transport> {
  return desktop()?.port === undefined ? openSocket() : openPort();
}

function openSocket(): Promise<Transport> {
  return new Promise((resolve, reject) => {
    const url = new URL('/rpc', window.location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url);
    // Keeps answers in order: blobs are read asynchronously.
    socket.binaryType = 'arraybuffer';
    const timer = setTimeout(() => socket.close(), OPEN_WITHIN_MS);
    const closed = new Promise<void>((done) => {
      socket.addEventListener('close', () => {
        clearTimeout(timer);
        reject(new Error('The engine does not answer.'));
        done();
      });
    });
    socket.addEventListener('open', () => {
      clearTimeout(timer);
      resolve({ link: new SocketLink({ websocket: socket }), closed });
    });
  });
}

/**
 * Why there is no connection: `refused` when the door answers but lets this window in no longer, `stopped`
 * when it answers that its engine has stopped for good, else `lost`.
 */
export async function whyClosed(): Promise<'lost' | 'refused' | 'stopped'> {
  if (desktop()?.port !== undefined) return 'lost';
  try {
    const signal = AbortSignal.timeout(OPEN_WITHIN_MS);
    const { status } = await fetch('/', { cache: 'no-store', signal });
    if (status === 503) return 'stopped';
    return status === 401 || status === 403 ? 'refused' : 'lost';
  } catch {
    // Nobody answers: that is told as a lost connection.
    return 'lost';
  }
}

/** What the engine said before it stopped for good; null where nobody knows. */
export async function whyStopped(): Promise<TagrollError | null> {
  try {
    const signal = AbortSignal.timeout(OPEN_WITHIN_MS);
    const response = await fetch('/', { cache: 'no-store', signal });
    const said: unknown = response.status === 503 ? await response.json() : null;
    return isSerializedError(said) ? deserializeError(said) : null;
  } catch {
    // It may be there again by now, or be gone for good: the window tells of that anyway.
    return null;
  }
}

/** The engine that another window started in the meantime knows no such request. */
const RUNS_ALREADY = [404, 405];

/** Starts an engine again that has stopped for good. */
export async function startEngineAgain(): Promise<void> {
  const { ok, status } = await fetch('/door/restart', { method: 'POST', cache: 'no-store' });
  if (!ok && !RUNS_ALREADY.includes(status)) throw new Error(`The door answered ${status}.`);
}

function openPort(): Promise<Transport> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      window.removeEventListener('message', receive);
    };
    const timer = setTimeout(() => {
      stop();
      reject(new Error('The engine does not answer.'));
    }, OPEN_WITHIN_MS);
    const receive = (event: MessageEvent<unknown>): void => {
      const [port] = event.ports;
      if (event.source !== window || !port || !isPortMessage(event.data)) return;
      stop();
      const closed = new Promise<void>((done) => port.addEventListener('close', () => done()));
      const link = new PortLink({ port });
      port.start();
      resolve({ link, closed });
    };
    window.addEventListener('message', receive);
    askForPort().catch((error: unknown) => {
      stop();
      reject(error);
    });
  });
}

async function askForPort(): Promise<void> {
  const ask = desktop()?.port;
  if (typeof ask === 'function') await ask();
}

function isPortMessage(data: unknown): boolean {
  if (data === PORT_MESSAGE) return true;
  return typeof data === 'object' && data !== null && 'type' in data && data.type === PORT_MESSAGE;
}
