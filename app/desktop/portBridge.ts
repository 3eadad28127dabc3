/** Carries the page's calls from its MessagePort to the engine's socket and back, unread. */
import type { MessagePortMain } from 'electron';
import { WebSocket } from 'ws';
import { type EngineAddress, openEngineSocket } from '../engineClient.ts';

type Frame = string | ArrayBuffer | Uint8Array;

const OPEN_WITHIN_MS = 5000;

/** Connects a port. When either side ends, the other one is closed: the page then asks for a new port. */
export function bridgePort(
  port: Pick<MessagePortMain, 'on' | 'start' | 'postMessage' | 'close'>,
  address: EngineAddress,
): void {
  const socket = openEngineSocket(address, OPEN_WITHIN_MS);
  const early: Frame[] = [];
  socket.on('open', () => {
    for (const frame of early.splice(0)) socket.send(frame);
  });
  socket.on('message', (data: ArrayBuffer, isBinary) =>
    port.postMessage(isBinary ? new Uint8Array(data) : Buffer.from(data).toString('utf8')),
  );
  // An error is followed by a close, which is all that the page needs to know.
  socket.on('error', () => undefined);
  socket.on('close', () => port.close());
  port.on('message', ({ data }: { data: Frame }) => {
    if (socket.readyState === WebSocket.CONNECTING) early.push(data);
    else if (socket.readyState === WebSocket.OPEN) socket.send(data);
  });
  port.on('close', () => socket.terminate());
  port.start();
}
