/** What a window does, without its pictures: enters by the door's address, listens, asks for results. */
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { WebSocket } from 'ws';
import type { Client } from '../../app/engineClient.ts';
import { decodeResult, type PackedResult } from '../../shared/resultCodec.ts';

export type BenchWindow = {
  readonly client: Client;
  result(): Promise<PackedResult>;
  /** Calls back after each change of photos until the window is closed. */
  onPhotosChanged(listener: () => void): Promise<void>;
  close(): void;
};

/** `url` as the browser door prints it. */
export async function openWindow(url: string): Promise<BenchWindow> {
  const { origin, host } = new URL(url);
  const entered = await fetch(url, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0];
  if (!cookie) throw new Error(`The door did not let the benchmark in (${entered.status}).`);
  const socket = new WebSocket(`ws://${host}/rpc`, { headers: { cookie, origin } });
  socket.binaryType = 'arraybuffer';
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  const websocket = socket as unknown as globalThis.WebSocket;
  const client: Client = createORPCClient(new RPCLink({ websocket }));
  let closed = false;
  return {
    client,
    async result() {
      const response = await fetch(`${origin}/result`, { headers: { cookie } });
      if (!response.ok) throw new Error(`The engine answered ${response.status} to /result.`);
      return decodeResult(await response.arrayBuffer());
    },
    async onPhotosChanged(listener) {
      const events = await client.library.events();
      const listen = async (): Promise<void> => {
        for await (const event of events) if (event.type === 'photos-changed') listener();
      };
      listen().catch((error: unknown) => {
        if (!closed) throw error;
      });
    },
    close() {
      closed = true;
      socket.terminate();
    },
  };
}
