/** An engine in this process over a library and photos in folders of its own. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient, type RouterClient } from '@orpc/server';
import type { Router } from '../../main/api/router.ts';
import { createEngine, type Engine, type EngineOptions } from '../../main/engine.ts';
import { type Logger, silentLogger } from '../../main/log.ts';
import type { Photo } from '../../shared/model.ts';

export type EngineBench = {
  readonly base: string;
  readonly libraryPath: string;
  readonly photosPath: string;
  /** Opens the library, closing the one before. */
  open(options?: Partial<EngineOptions>): Promise<RouterClient<Router>>;
  readonly engine: Engine;
  /** Codes of the notices since `open`. */
  readonly notices: readonly string[];
  /** What was logged as a warning or an error. */
  readonly logged: readonly string[];
  closeEngine(): Promise<void>;
  remove(): Promise<void>;
};

export function createEngineBench(): EngineBench {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'tagroll-faults-')));
  let engine: Engine | null = null;
  let notices: string[] = [];
  const logged: string[] = [];
  const logger: Logger = {
    ...silentLogger,
    warn: (message) => logged.push(message),
    error: (message) => logged.push(message),
  };
  const bench: EngineBench = {
    base,
    libraryPath: join(base, 'library'),
    photosPath: join(base, 'photos'),
    get engine() {
      if (!engine) throw new Error('No library is open.');
      return engine;
    },
    get notices() {
      return notices;
    },
    logged,
    async open(options = {}) {
      await bench.closeEngine();
      engine = await createEngine({
        libraryPath: bench.libraryPath,
        rendererPath: null,
        now: Date.now,
        logger: () => logger,
        revealFile: async () => undefined,
        version: '0',
        live: false,
        ...options,
      });
      const client = createRouterClient(engine.router);
      const told: string[] = [];
      notices = told;
      const events = await client.library.events();
      void (async () => {
        for await (const event of events) if (event.type === 'notice') told.push(event.notice.code);
      })();
      return client;
    },
    async closeEngine() {
      const open = engine;
      engine = null;
      await open?.close();
    },
    async remove() {
      await bench.closeEngine();
      rmSync(base, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return bench;
}

/** All photos by name. */
export async function photosOf(client: RouterClient<Router>): Promise<readonly Photo[]> {
  const found = await client.photos.search({
    query: '',
    threshold: 0,
    sort: 'name',
    ascending: true,
    limit: 100_000,
    offset: 0,
  });
  return found.photos;
}

/** How many photos are in each state. */
export async function statesOf(
  client: RouterClient<Router>,
): Promise<Readonly<Record<string, number>>> {
  const states: Record<string, number> = {};
  for (const { state } of await photosOf(client)) states[state] = (states[state] ?? 0) + 1;
  return states;
}
