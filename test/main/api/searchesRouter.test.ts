import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../main/engine.ts';
import { openWritable, run } from '../../../main/library/database.ts';
import { silentLogger } from '../../../main/log.ts';
import type { EngineEvent } from '../../../shared/events.ts';
import { writePicture } from '../../helpers/pictures.ts';
import { enWord, say } from '../../helpers/serviceTags.ts';

let base = '';
let engine: Engine | null = null;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tagroll-searches-'));
  mkdirSync(join(base, 'photos'));
});
afterEach(async () => {
  await engine?.close();
  engine = null;
  await rm(base, { recursive: true });
});

async function open() {
  await engine?.close();
  engine = await createEngine({
    libraryPath: join(base, 'library'),
    rendererPath: null,
    now: Date.now,
    logger: () => silentLogger,
    revealFile: async () => undefined,
    version: '0',
    live: false,
  });
  return createRouterClient(engine.router);
}

type Client = Awaited<ReturnType<typeof open>>;

/** A library with three photos; a service is 90 sure of a kumquat on the first. */
async function openWithPhotos(): Promise<Client> {
  for (const [seed, name] of ['a.jpg', 'b.jpg', 'c.jpg'].entries()) {
    await writePicture(join(base, 'photos'), name, { seed });
  }
  const client = await open();
  await client.folders.add({ paths: [join(base, 'photos')] });
  await client.library.index({});
  await engine?.close();
  engine = null;
  const db = openWritable(join(base, 'library', 'library.db'));
  run(
    db,
    `INSERT INTO picture_tag (picture_id, label_id, confidence)
       SELECT picture_id, ?, 90 FROM photo WHERE name_text = 'a.jpg'`,
    say(db, enWord('Kumquat')).id,
  );
  db.close();
  return open();
}

const plain = { threshold: null, sort: 'taken', ascending: false } as const;

async function counts(client: Client, threshold = 0): Promise<(number | null)[]> {
  return (await client.searches.counts({ threshold })).counts.map((one) => one.count);
}

/** Does something and waits until an event of a type tells of it. */
async function expectEvent(
  client: Client,
  type: EngineEvent['type'],
  action: () => Promise<unknown>,
): Promise<void> {
  const stop = new AbortController();
  const events = await client.library.events(undefined, { signal: stop.signal });
  const told = (async () => {
    for await (const event of events) if (event.type === type) return true;
    return false;
  })();
  await action();
  expect(await told).toBe(true);
  stop.abort();
}

describe('saved searches', () => {
  it('are counted as things are, each under its own lens or the window’s', async () => {
    const client = await openWithPhotos();
    const { photos } = await client.photos.search({ query: 'name:a.jpg' });
    const target = { photoIds: photos.map((photo) => photo.id) };
    const save = (query: string, threshold: number | null = null) =>
      client.searches.save({ ...plain, name: query || 'all', query, threshold });
    await save('');
    await save('tag:beach');
    await save('tag:kumquat', 90);
    await save('(tag:beach');
    await save('tag:kumquat');
    expect(await counts(client)).toEqual([3, 0, 1, null, 1]);
    expect(await counts(client, 91)).toEqual([3, 0, 1, null, 0]);
    await client.tags.label({ action: 'add', tag: 'beach', target });
    expect(await counts(client, 100)).toEqual([3, 1, 1, null, 0]);
    const [, beach] = (await client.searches.list()).searches;
    expect(beach).toMatchObject({ name: 'tag:beach', query: 'tag:beach', ...plain });
  });

  it('stay when the library is opened again, and their changes are told', async () => {
    let client = await open();
    const { search } = await client.searches.save({ ...plain, name: ' Dogs ', query: 'tag:dog' });
    expect(search.name).toBe('Dogs');
    await client.searches.save({ ...plain, name: 'Cats', query: 'tag:cat', place: 0 });
    await expectEvent(client, 'searches-changed', () =>
      client.searches.change({ id: search.id, name: '狗', threshold: 60, place: 0 }),
    );
    client = await open();
    const { searches } = await client.searches.list();
    expect(searches).toEqual([
      { ...search, name: '狗', threshold: 60 },
      expect.objectContaining({ name: 'Cats' }),
    ]);
    const removed = await client.searches.remove({ id: search.id });
    expect(removed).toEqual({ search: searches[0], place: 0 });
    await expect(client.searches.remove({ id: search.id })).rejects.toMatchObject({
      data: { code: 'not_found' },
    });
  });

  it('need a name', async () => {
    const client = await open();
    for (const name of ['', '   ', 'x'.repeat(101)]) {
      await expect(client.searches.save({ ...plain, name, query: 'dog' })).rejects.toThrow();
    }
    expect((await client.searches.list()).searches).toEqual([]);
  });
});

describe('recent searches', () => {
  it('are remembered, told and forgotten; what became sensitive is no longer among them', async () => {
    let client = await open();
    await expectEvent(client, 'searches-changed', () =>
      client.searches.remember({ query: 'tag:gore' }),
    );
    for (const query of ['dog', 'is:sensitive', '(dog', '桥']) {
      await client.searches.remember({ query });
    }
    expect(await client.searches.recent()).toEqual({ queries: ['桥', 'dog', 'tag:gore'] });
    await engine?.close();
    engine = null;
    const db = openWritable(join(base, 'library', 'library.db'));
    say(db, {
      service: 'tencent-terrorism',
      raw: 'gore',
      names: { en: 'gore' },
      type: 'sensitivity',
    });
    db.close();
    client = await open();
    expect(await client.searches.recent()).toEqual({ queries: ['桥', 'dog'] });
    await client.searches.forget({ query: '桥' });
    expect(await client.searches.recent()).toEqual({ queries: ['dog'] });
    await client.searches.forget({ query: null });
    expect(await client.searches.recent()).toEqual({ queries: [] });
  });
});
