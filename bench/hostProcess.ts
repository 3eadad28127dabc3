/** The engine in a process of its own, as a door opens it, driven and observed from outside. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createRouterClient } from '@orpc/server';
import { type BrowserDoor, openBrowserDoor } from '../app/browser.ts';
import type { Client } from '../app/engineClient.ts';
import { type Host, openHost } from '../app/host.ts';
import { RENDERER_PATH } from '../app/places.ts';
import { decodeResult } from '../shared/resultCodec.ts';
import { answerQuestions } from './lib/asking.ts';

export type HostTable = {
  /** Opens the library. `url` is the browser door's address, null without one. */
  open(input: {
    readonly libraryPath: string;
    /** Watch and scan by itself. */
    readonly live: boolean;
    readonly door: boolean;
  }): Promise<{ url: string | null }>;
  /** Their ids. */
  addFolders(paths: readonly string[]): Promise<readonly number[]>;
  /** Scans all folders. Rejects when one is not there. */
  rescan(input: null): Promise<void>;
  /** Scans these folders and reads everything in them; seconds that it took. */
  index(rootIds: readonly number[]): Promise<number>;
  setPaused(paused: boolean): Promise<void>;
  /** Photos that the window would show. */
  browsable(input: null): Promise<number>;
  state(input: null): Promise<{
    readonly phase: string;
    readonly found: number;
    readonly pending: number;
    /** Every folder is watched, or looked at by a timer. */
    readonly watching: boolean;
  }>;
  /** Begins to watch memory and the delay of the serving thread. */
  observe(input: null): Promise<{ memoryMb: number }>;
  /** Ends it. */
  observed(input: null): Promise<Observed>;
  /** Answers at once: the round trip tells how long the serving thread makes others wait. */
  ping(input: null): null;
  close(input: null): Promise<void>;
};

export type Observed = {
  /** Resident memory of the engine without its workers, 10^6 bytes. */
  readonly largestMemoryMb: number;
  readonly delayP99Ms: number;
  readonly delayMaxMs: number;
};

/** The delay is looked at this often; its own length is taken off again. */
const DELAY_STEP_MS = 5;
const MEMORY_STEP_MS = 50;

let host: Host | null = null;
let door: BrowserDoor | null = null;
let delays = monitorEventLoopDelay({ resolution: DELAY_STEP_MS });
let largestBytes = 0;
let memoryTimer: NodeJS.Timeout | undefined;

function opened(): { host: Host; client: Client } {
  if (!host) throw new Error('No library is open.');
  return { host, client: createRouterClient(host.engine.router) };
}

function lookAtMemory(): void {
  largestBytes = Math.max(largestBytes, process.memoryUsage.rss());
}

async function close(): Promise<void> {
  clearInterval(memoryTimer);
  await door?.close();
  await host?.close();
  door = null;
  host = null;
}

const handlers: HostTable = {
  async open(input) {
    const { libraryPath, live } = input;
    host = await openHost({ libraryPath, live, rendererPath: input.door ? RENDERER_PATH : null });
    if (input.door) door = await openBrowserDoor(host.engine, { port: 0, logger: host.logger });
    return { url: door?.url ?? null };
  },
  async addFolders(paths) {
    const { roots } = await opened().client.folders.add({ paths: [...paths] });
    return roots.map((root) => root.id);
  },
  async rescan() {
    const { client } = opened();
    await client.folders.rescan({});
    const { roots } = await client.folders.list();
    const offline = roots.filter((root) => root.state !== 'online').map((root) => root.path);
    if (offline.length > 0) throw new Error(`Taken for offline: ${offline.join(', ')}.`);
  },
  async index(rootIds) {
    const startedMs = performance.now();
    await opened().client.library.index({ rootIds: [...rootIds] });
    return (performance.now() - startedMs) / 1000;
  },
  async setPaused(paused) {
    await opened().client.library.setPaused({ paused });
  },
  async browsable() {
    const response = await opened().host.engine.handle(new Request('http://bench/result'));
    return decodeResult(await response.arrayBuffer()).ids.length;
  },
  async state() {
    const { client } = opened();
    const [{ progress }, { roots }] = await Promise.all([
      client.library.status(),
      client.folders.list(),
    ]);
    const { phase, found, pending } = progress;
    return { phase, found, pending, watching: roots.every((root) => root.watch !== 'off') };
  },
  async observe() {
    globalThis.gc?.();
    largestBytes = 0;
    lookAtMemory();
    memoryTimer = setInterval(lookAtMemory, MEMORY_STEP_MS);
    delays = monitorEventLoopDelay({ resolution: DELAY_STEP_MS });
    delays.enable();
    return { memoryMb: largestBytes / 1e6 };
  },
  async observed() {
    delays.disable();
    clearInterval(memoryTimer);
    lookAtMemory();
    return {
      largestMemoryMb: largestBytes / 1e6,
      delayP99Ms: Math.max(0, delays.percentile(99) / 1e6 - DELAY_STEP_MS),
      delayMaxMs: Math.max(0, delays.max / 1e6 - DELAY_STEP_MS),
    };
  },
  ping: () => null,
  async close() {
    await close();
  },
};

answerQuestions(handlers, close);
