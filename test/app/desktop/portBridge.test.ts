import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { os, type RouterClient } from '@orpc/server';
import type { MessagePortMain } from 'electron';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bridgePort } from '../../../app/desktop/portBridge.ts';
import { type NodeServer, serve } from '../../../app/nodeHttp.ts';
import type { Engine } from '../../../main/engine.ts';
import { silentLogger } from '../../../main/log.ts';

const folder = mkdtempSync(join(tmpdir(), 'tagroll-bridge-'));
const socketPath = join(folder, 'engine');
const router = {
  greet: os.handler(async () => 'hello 你好'),
  bytes: os.handler(async () => new Blob([new Uint8Array([1, 2, 255])])),
  count: os.handler(async function* () {
    for (let index = 0; ; index += 1) yield index;
  }),
};
let server: NodeServer;

beforeAll(async () => {
  server = await serve(
    { handle: async () => new Response(), router: router as unknown as Engine['router'] },
    {
      listen: { socketPath },
      authorize: (request) =>
        request.headers.get('x-tagroll-token') === 'secret'
          ? null
          : new Response('', { status: 403 }),
      logger: silentLogger,
    },
  );
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A page's port, with the other end wrapped as Electron's main process sees it. */
function connectPage(token: string): {
  client: RouterClient<typeof router>;
  closed: Promise<void>;
} {
  const { port1, port2 } = new MessageChannel();
  const asMain = {
    on(name: 'message' | 'close', listener: (event: { data: unknown }) => void) {
      port1.on(name, (data: unknown) => listener({ data }));
    },
    start: () => port1.start(),
    postMessage: (data: unknown) => port1.postMessage(data),
    close: () => port1.close(),
  };
  bridgePort(asMain as unknown as MessagePortMain, { socketPath, token });
  const closed = new Promise<void>((resolve) => port2.on('close', () => resolve()));
  const link = new RPCLink({ port: port2 as unknown as MessagePort });
  port2.start();
  return { client: createORPCClient(link), closed };
}

describe('the port bridge', () => {
  it('carries calls, bytes and events, also those made before it stands', async () => {
    const { client } = connectPage('secret');
    expect(await client.greet()).toBe('hello 你好');
    const bytes = new Uint8Array(await (await client.bytes()).arrayBuffer());
    expect([...bytes]).toEqual([1, 2, 255]);
    const seen: number[] = [];
    for await (const value of await client.count()) {
      seen.push(value);
      if (seen.length === 3) break;
    }
    expect(seen).toEqual([0, 1, 2]);
  });

  it("closes the page's port when the engine refuses or goes", async () => {
    await expect(connectPage('wrong').closed).resolves.toBeUndefined();
    const page = connectPage('secret');
    expect(await page.client.greet()).toBe('hello 你好');
    await server.close();
    await expect(page.closed).resolves.toBeUndefined();
  });
});
