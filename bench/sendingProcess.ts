/** The engine that asks cloud services, in a process of its own. */
import { createRouterClient } from '@orpc/server';
import type { Client } from '../app/engineClient.ts';
import { type Host, openHost } from '../app/host.ts';
import type { ServiceId, TagSummary } from '../shared/services.ts';
import { answerQuestions } from './lib/asking.ts';

export type SendingTable = {
  /** Opens a new library and reads the photos of a folder. */
  open(input: { readonly libraryPath: string; readonly folder: string }): Promise<void>;
  set(input: { readonly key: string; readonly value: unknown }): Promise<void>;
  /** Sends every photo; resolves when the run is over. */
  tag(input: {
    readonly service: ServiceId;
    readonly environment: Readonly<Record<string, string>>;
  }): Promise<TagSummary>;
  close(input: null): Promise<void>;
};

let host: Host | null = null;

function client(): Client {
  if (!host) throw new Error('No library is open.');
  return createRouterClient(host.engine.router);
}

async function close(): Promise<void> {
  await host?.close();
  host = null;
}

const handlers: SendingTable = {
  async open({ libraryPath, folder }) {
    host = await openHost({ libraryPath, live: false, rendererPath: null });
    const { roots } = await client().folders.add({ paths: [folder] });
    await client().library.index({ rootIds: roots.map((root) => root.id) });
  },
  async set({ key, value }) {
    await client().settings.set({ key, value });
  },
  async tag({ service, environment }) {
    const { runId } = await client().tagging.start({ service, environment, target: { query: '' } });
    if (runId === null) throw new Error('There is nothing to send.');
    return client().tagging.wait({ runId });
  },
  async close() {
    await close();
  },
};

answerQuestions(handlers, close);
