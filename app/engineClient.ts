/** A caller's side of an engine's private socket. */
import { connect } from 'node:net';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import type { Contract } from '../shared/contract.ts';

export type Client = ContractRouterClient<Contract>;

/** Where an engine answers, and what a caller must present there. */
export type EngineAddress = { readonly socketPath: string; readonly token: string };

export type Connection = {
  readonly client: Client;
  /** Aborted when the engine has gone: calls in flight then reject with an `AbortError`. */
  readonly gone: AbortSignal;
  close(): void;
};

/** Header that carries the token. */
export const TOKEN_HEADER = 'x-tagroll-token';
/** GET of it answers `WindowAddresses`, or null where the engine's window is not in a browser. */
export const WINDOW_PATH = '/door/window';

/** Where a browser window reaches an engine. */
export type WindowAddresses = {
  /** To print: works as often as it is used. */
  readonly url: string;
  /** To start a browser with: works once. */
  readonly windowUrl: string;
};

/** Largest answer. Long results are asked for in pages. */
const MAX_MESSAGE_BYTES = 1_000_000_000;

/** A WebSocket on the private socket; ws has no address for named pipes, so the connection is made here. */
export function openEngineSocket(address: EngineAddress, withinMs: number): WebSocket {
  const socket = new WebSocket('ws://localhost/rpc', {
    // With a connection of our own, the handshake's timeout has to be its socket's.
    createConnection: () => connect({ path: address.socketPath, timeout: Math.max(1, withinMs) }),
    headers: { [TOKEN_HEADER]: address.token },
    handshakeTimeout: Math.max(1, withinMs),
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  socket.binaryType = 'arraybuffer';
  return socket;
}

/** Null when nobody listens there, or the one who does is another. */
export function connectEngine(
  address: EngineAddress,
  withinMs: number,
): Promise<Connection | null> {
  return new Promise((resolve) => {
    const socket = openEngineSocket(address, withinMs);
    const gone = new AbortController();
    socket.once('close', () => gone.abort());
    socket.on('error', () => resolve(null));
    socket.once('open', () => {
      resolve({
        client: createORPCClient(new RPCLink({ websocket: lenient(socket) })),
        gone: gone.signal,
        close: () => socket.terminate(),
      });
    });
  });
}

/**
 * A call that is cancelled after its connection broke has nobody to tell. The link would throw then, out
 * of everybody's reach; the `close` event has ended all calls already.
 */
function lenient(socket: WebSocket): ConstructorParameters<typeof RPCLink>[0]['websocket'] {
  const listening = socket as unknown as globalThis.WebSocket;
  return {
    addEventListener: listening.addEventListener.bind(listening),
    removeEventListener: listening.removeEventListener.bind(listening),
    readyState: WebSocket.OPEN,
    send(data: string | ArrayBufferLike | Blob | ArrayBufferView) {
      if (socket.readyState === WebSocket.OPEN) listening.send(data as string);
    },
  };
}
