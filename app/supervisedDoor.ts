/**
 * The browser door before an engine in a process of its own. This process only listens: it hands every
 * connection over, so that an engine that dies or hangs takes no port, no key and no window with it. What
 * comes while there is none waits for the next one.
 */
import { createServer, type Socket } from 'node:net';
import { TagrollError } from '../shared/errors.ts';
import { DOOR_LIMITS } from './connectionGuard.ts';
import { entryAddress, newDoorKeys } from './doorGate.ts';
import type { FromEngine } from './engineMessages.ts';
import { type EngineProcessOptions, type EngineState, startEngine } from './engineProcess.ts';
import { randomSecret } from './secrets.ts';
import { createStoppedDoor } from './stoppedDoor.ts';

export type SupervisedDoor = {
  readonly port: number;
  /** To print: opens a window as often as it is used. */
  readonly url: string;
  /** To start a browser with: works once. */
  windowUrl(): string;
  /** Resolves when the engine was ended by somebody else, politely: all of Tagroll was meant. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
};

export type SupervisedDoorOptions = Pick<
  EngineProcessOptions,
  'node' | 'entry' | 'libraryPath' | 'rendererPath' | 'firstDelayMs' | 'silentMs'
> & {
  /** 0 picks a free one. */
  readonly port: number;
  /** Open windows, each time their number changes. */
  readonly onWindows: (count: number) => void;
  /** For the person at the terminal. */
  readonly say: (line: string) => void;
};

/** Starts the engine and listens once it answers. Rejects with what it says, or when the port is taken. */
export async function openSupervisedDoor(options: SupervisedDoorOptions): Promise<SupervisedDoor> {
  const keys = newDoorKeys();
  const first = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  /** Accepted and not handed over yet, oldest first. */
  const waiting = new Set<Socket>();
  /** On its way: one at a time, so that nothing is lost in a queue when the engine dies. */
  let onItsWay: Socket | null = null;
  let state: EngineState = { kind: 'starting' };
  let windows = 0;
  let isOpen = false;
  let port = options.port;

  const enter = (next: EngineState): void => {
    state = next;
    if (next.kind === 'ready') {
      first.resolve();
      if (isOpen) openAtEngine();
    }
    if (next.kind === 'restarting') {
      // The engine did not say that it had it: it is for the next one.
      if (onItsWay) waiting.add(onItsWay);
      onItsWay = null;
      if (isOpen && next.cause !== 'asked') {
        options.say(`Tagroll's engine stopped (${next.reason}) and is started again.`);
      }
    }
    if (next.kind === 'failed') {
      first.reject(new TagrollError(next.error.code, next.error.message, next.error.data));
      if (isOpen) options.say(next.error.message);
      handOver();
    }
    if (next.kind === 'stopped') {
      first.reject(new TagrollError('internal', 'Tagroll was ended while it started.'));
      ended.resolve();
    }
  };
  const hear = (message: FromEngine): void => {
    if (message.kind === 'connected') {
      // Closed on this side only: the engine has it.
      onItsWay?.destroy();
      onItsWay = null;
      handOver();
    } else if (message.kind === 'windows') {
      windows = message.count;
      options.onWindows(windows);
    } else if (message.kind === 'key-spent') {
      keys.once.delete(message.key);
    } else if (message.kind === 'ask-addresses') {
      const addresses = isOpen ? { url: address(keys.entry), windowUrl: windowUrl() } : null;
      engine.tell({ kind: 'addresses', id: message.id, addresses });
    }
  };
  const engine = startEngine({ ...options, onState: enter, onMessage: hear });
  const stopped = createStoppedDoor({
    port: () => port,
    keys,
    restart: () => engine.restart(),
    isStopped: () => state.kind === 'failed',
    reason: () => (state.kind === 'failed' ? state.error : null),
  });

  /** A new engine knows nothing: the keys come first, then whoever waited, who are windows that come again. */
  function openAtEngine(): void {
    const { session, entry, once } = keys;
    engine.tell({ kind: 'door', port, session, entry, once: [...once] });
    handOver();
    // Those that do not come again are gone.
    if (windows > 0) options.onWindows(0);
    windows = 0;
  }
  function handOver(): void {
    if (state.kind === 'failed') {
      for (const socket of waiting) stopped.serve(socket);
      waiting.clear();
      return;
    }
    if (state.kind !== 'ready' || onItsWay) return;
    for (const socket of waiting) {
      waiting.delete(socket);
      if (socket.destroyed) continue;
      if (!engine.tell({ kind: 'connection' }, socket)) {
        waiting.add(socket);
        return;
      }
      onItsWay = socket;
      return;
    }
  }
  const address = (key: string): string => entryAddress(port, key);
  const windowUrl = (): string => {
    const key = randomSecret();
    keys.once.add(key);
    engine.tell({ kind: 'door-key', key });
    return address(key);
  };

  const server = createServer({ pauseOnConnect: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('close', () => waiting.delete(socket));
    waiting.add(socket);
    const [oldest] = waiting;
    if (waiting.size > DOOR_LIMITS.strangers) oldest?.destroy();
    handOver();
  });
  try {
    await first.promise;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port, '127.0.0.1', resolve);
    });
  } catch (error) {
    await engine.stop();
    throw error;
  }
  const taken = server.address();
  if (typeof taken === 'object' && taken) port = taken.port;
  isOpen = true;
  openAtEngine();

  return {
    port,
    url: address(keys.entry),
    windowUrl,
    ended: ended.promise,
    async close() {
      // It listens no longer. When the connections that were handed over end, is the engine's to know.
      server.close();
      for (const socket of [...waiting]) socket.destroy();
      onItsWay?.destroy();
      stopped.close();
      await engine.stop();
    },
  };
}
