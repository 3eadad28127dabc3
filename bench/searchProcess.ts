/** An engine that is asked questions from inside, so that nothing of a transport is in the figures. */
import { createRouterClient } from '@orpc/server';
import type { Client } from '../app/engineClient.ts';
import { type Host, openHost } from '../app/host.ts';
import { wasSent } from '../main/api/sent.ts';
import { decodeResult } from '../shared/resultCodec.ts';
import { answerQuestions } from './lib/asking.ts';

export type Question =
  /** The first photos of a result by date, and how many there are. */
  | { readonly kind: 'page'; readonly query: string; readonly threshold: number }
  /** The whole result, encoded. */
  | { readonly kind: 'whole'; readonly query: string; readonly threshold: number }
  | { readonly kind: 'facets'; readonly query: string; readonly threshold: number }
  /** As `page`; the query may be one that is answered with a message. */
  | { readonly kind: 'bad'; readonly query: string; readonly threshold: number }
  | { readonly kind: 'suggest'; readonly text: string; readonly language: 'en' | 'zh' };

export type Asked = {
  /** Of each question, in milliseconds. */
  readonly times: readonly number[];
  /** Photos of each result; of suggestions, how many. */
  readonly sizes: readonly number[];
};

export type SearchTable = {
  /** Opens the library and asks for a tag; milliseconds from the start of the process to its answer. */
  open(input: { readonly libraryPath: string; readonly query: string }): Promise<number>;
  ask(questions: readonly Question[]): Promise<Asked>;
  /** Resident memory in 10^6 bytes: now, and the most there was. */
  memory(input: null): { readonly nowMb: number; readonly mostMb: number };
  /** Milliseconds that it took; writes the snapshot when that is worth it. */
  close(input: null): Promise<number>;
};

const PAGE_PHOTOS = 200;

let host: Host | null = null;
let mostBytes = 0;
const watch = setInterval(() => {
  mostBytes = Math.max(mostBytes, process.memoryUsage.rss());
}, 50);
watch.unref();

function opened(): { host: Host; client: Client } {
  if (!host) throw new Error('No library is open.');
  return { host, client: createRouterClient(host.engine.router) };
}

async function result(query: string, threshold: number, limit: number | null) {
  const url = new URL('http://bench/result');
  url.searchParams.set('query', query);
  url.searchParams.set('threshold', String(threshold));
  if (limit !== null) url.searchParams.set('limit', String(limit));
  const response = await opened().host.engine.handle(new Request(url));
  if (!response.ok) throw new Error(`${query}: ${await response.text()}`);
  const shown = await photosIn(response);
  // As a door does once everything was sent.
  wasSent(response);
  return { shown, total: Number(response.headers.get('x-total')) };
}

/** Without a copy of it: that would be the memory of a window, not of the engine. */
async function photosIn(response: Response): Promise<number> {
  const reader = response.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  if (!value) throw new Error('The result has no body.');
  return decodeResult(value.buffer).ids.length;
}

async function badInput(query: string, threshold: number): Promise<number> {
  try {
    return (await result(query, threshold, PAGE_PHOTOS)).total;
  } catch (error) {
    if (error instanceof Error && error.message.includes('query_invalid')) return 0;
    throw error;
  }
}

/** How many there are. */
async function answer(question: Question): Promise<number> {
  const { client } = opened();
  switch (question.kind) {
    case 'page':
      return (await result(question.query, question.threshold, PAGE_PHOTOS)).total;
    case 'whole':
      return (await result(question.query, question.threshold, null)).shown;
    case 'bad':
      return badInput(question.query, question.threshold);
    case 'facets': {
      const { query, threshold } = question;
      return (await client.tags.facets({ query, threshold })).total;
    }
    case 'suggest': {
      const { text, language } = question;
      return (await client.tags.suggest({ text, language })).suggestions.length;
    }
  }
}

const handlers: SearchTable = {
  async open({ libraryPath, query }) {
    host = await openHost({ libraryPath, rendererPath: null, live: false });
    const request = { query, threshold: 50, sort: 'taken', ascending: false } as const;
    // Waits until tags are there.
    const { total } = await opened().client.photos.search({ ...request, limit: 50, offset: 0 });
    if (total === 0) throw new Error(`There is no photo of ${query}.`);
    return performance.now();
  },
  async ask(questions) {
    const times: number[] = [];
    const sizes: number[] = [];
    for (const question of questions) {
      const startedMs = performance.now();
      const size = await answer(question);
      times.push(performance.now() - startedMs);
      sizes.push(size);
    }
    return { times, sizes };
  },
  memory() {
    const nowMb = process.memoryUsage.rss() / 1e6;
    return { nowMb, mostMb: Math.max(nowMb, mostBytes / 1e6) };
  },
  async close() {
    const startedMs = performance.now();
    await host?.close();
    host = null;
    return performance.now() - startedMs;
  },
};

answerQuestions(handlers, async () => {
  await host?.close();
});
