/** The engine's end of the channel to the process that started it: signs of life, and a browser door whose connections come from there. */
import { Socket } from 'node:net';
import type { BrowserDoor } from './browser.ts';
import { openBrowserDoor } from './browser.ts';
import type { WindowAddresses } from './engineClient.ts';
import { type FromEngine, hasKind, type ToEngine } from './engineMessages.ts';
import type { Host } from './host.ts';

/** This process, as far as it is needed here. */
export type ParentLink = {
  readonly connected: boolean;
  send?(message: object, handle?: undefined, options?: undefined, sent?: () => void): boolean;
  on(event: 'message', listener: (message: unknown, handle: unknown) => void): unknown;
};

export type HandedDoor = {
  /** Once the library is open. */
  serve(host: Host): void;
  close(): Promise<void>;
};

/** Answers from now on; the door opens when the parent asks for it and the library is there. */
export function followParent(parent: ParentLink): HandedDoor {
  const opened = Promise.withResolvers<Host>();
  const asked = new Map<number, (addresses: WindowAddresses | null) => void>();
  let keys: { once: Set<string> } | null = null;
  let door: Promise<BrowserDoor> | null = null;
  let lastId = 0;

  const tell = (message: FromEngine): void => {
    // It may end at any moment, and this process with it.
    if (parent.connected) parent.send?.(message, undefined, undefined, () => undefined);
  };
  const askAddresses = (): Promise<WindowAddresses | null> =>
    new Promise((resolve) => {
      lastId += 1;
      asked.set(lastId, resolve);
      tell({ kind: 'ask-addresses', id: lastId });
    });
  const openDoor = async ({ port, session, entry, once }: Ask): Promise<BrowserDoor> => {
    const mine = { session, entry, once: new Set(once) };
    keys = mine;
    const host = await opened.promise;
    host.offerWindow(askAddresses);
    return openBrowserDoor(host.engine, {
      port,
      handed: true,
      keys: mine,
      logger: host.logger,
      onConnections: (count) => tell({ kind: 'windows', count }),
      onSpent: (key) => tell({ kind: 'key-spent', key }),
    });
  };
  const take = async (handle: unknown): Promise<void> => {
    tell({ kind: 'connected' });
    // One that was broken off on its way arrives without itself.
    if (!(handle instanceof Socket)) return;
    handle.on('error', () => handle.destroy());
    const to = await door;
    if (!to) return void handle.destroy();
    to.adopt(handle);
    handle.resume();
  };

  parent.on('message', (message, handle) => {
    if (!hasKind<ToEngine>(message)) return;
    if (message.kind === 'ping') tell({ kind: 'pong' });
    else if (message.kind === 'door') door ??= openDoor(message);
    else if (message.kind === 'door-key') keys?.once.add(message.key);
    else if (message.kind === 'connection') void take(handle);
    else if (message.kind === 'addresses') {
      asked.get(message.id)?.(message.addresses);
      asked.delete(message.id);
    }
  });

  return {
    serve: opened.resolve,
    async close() {
      await (await door)?.close();
    },
  };
}

type Ask = Extract<ToEngine, { kind: 'door' }>;
