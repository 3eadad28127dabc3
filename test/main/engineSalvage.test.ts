import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createEngine, type Engine } from '../../main/engine.ts';
import { silentLogger } from '../../main/log.ts';
import type { EngineEvent, Notice } from '../../shared/events.ts';
import { writePicture } from '../helpers/pictures.ts';

vi.setConfig({ testTimeout: 60_000 });

let base: string;
let engine: Engine | null = null;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tagroll-salvage-'));
  mkdirSync(photos());
});
afterEach(async () => {
  await close();
  rmSync(base, { recursive: true, force: true });
});

const photos = (name = ''): string => join(base, 'photos', name);
const library = (name = ''): string => join(base, 'library', name);

async function open(live: boolean) {
  const opened = await createEngine({
    libraryPath: library(),
    rendererPath: null,
    now: Date.now,
    logger: () => silentLogger,
    revealFile: async () => undefined,
    version: '0',
    live,
  });
  engine = opened;
  return createRouterClient(opened.router);
}

async function close(): Promise<void> {
  await engine?.close();
  engine = null;
}

type Client = Awaited<ReturnType<typeof open>>;

const page = { threshold: 0, limit: 100, offset: 0, sort: 'name', ascending: true } as const;

async function found(client: Client, query: string): Promise<string[]> {
  const { photos: listed } = await client.photos.search({ query, ...page });
  return listed.map(({ path }) => basename(path));
}

async function idOf(client: Client, name: string): Promise<number> {
  const [photo] = (await client.photos.search({ query: `name:${name}`, ...page })).photos;
  if (!photo) throw new Error(`${name} is not there`);
  return photo.id;
}

async function label(client: Client, action: 'add' | 'remove', tag: string, name: string) {
  const photoIds = [await idOf(client, name)];
  await client.tags.label({ action, tag, language: 'en', target: { photoIds } });
}

/** The first notice that a window hears. */
async function notice(client: Client): Promise<Notice> {
  const stop = new AbortController();
  const events: AsyncIterable<EngineEvent> = await client.library.events(undefined, {
    signal: stop.signal,
  });
  try {
    for await (const event of events) if (event.type === 'notice') return event.notice;
    throw new Error('No notice came');
  } finally {
    stop.abort();
  }
}

/** A backup, and then: two tags, a new photo with a tag and a favourite, a new folder, a tag taken away. */
async function lived(): Promise<void> {
  const client = await open(false);
  for (const seed of [1, 2, 3]) await writePicture(photos(), `old${seed}.jpg`, { seed });
  const [root] = (await client.folders.add({ paths: [photos()] })).roots;
  await client.library.index({ rootIds: [root?.id ?? 0] });
  await label(client, 'add', 'taken away', 'old1.jpg');
  await client.backups.make({ file: null });
  await label(client, 'add', 'newer', 'old1.jpg');
  await label(client, 'remove', 'taken away', 'old1.jpg');
  await writePicture(photos(), 'new.jpg', { seed: 9 });
  mkdirSync(join(base, 'added'));
  await writePicture(join(base, 'added'), 'other.jpg', { seed: 10 });
  await client.folders.add({ paths: [join(base, 'added')] });
  await client.library.index({});
  await label(client, 'add', 'newer', 'new.jpg');
  await label(client, 'add', 'elsewhere', 'other.jpg');
  await client.photos.setFavorite({
    target: { photoIds: [await idOf(client, 'new.jpg')] },
    favorite: true,
  });
  await close();
}

/** Spoils the first page, with the header and the way to every table. */
function spoilFirstPage(): void {
  const descriptor = openSync(library('library.db'), 'r+');
  writeSync(descriptor, Buffer.alloc(4096, 0xa5), 0, 4096, 0);
  closeSync(descriptor);
}

function damagedBytes(): Map<string, string> {
  const [folder = ''] = readdirSync(library('damaged'));
  const names = readdirSync(library(`damaged/${folder}`));
  return new Map(
    names.map((name) => [name, readFileSync(library(`damaged/${folder}/${name}`)).toString('hex')]),
  );
}

it('brings back what is newer than the backup, that of new photos with the next scan', async () => {
  await lived();
  spoilFirstPage();
  const spoiled = readFileSync(library('library.db')).toString('hex');
  // A photo that is new since the backup has also moved meanwhile.
  renameSync(photos('new.jpg'), photos('renamed.jpg'));
  const client = await open(true);
  expect(await notice(client)).toMatchObject({
    code: 'library_recovered',
    data: { changes: 2, replies: 0, waiting: 2 },
  });
  expect(await found(client, 'tag:newer')).toContain('old1.jpg');
  // It is not known of what a page holds no more, whether it was taken away.
  expect(await found(client, '"taken away"')).toEqual(['old1.jpg']);
  await vi.waitFor(
    async () => {
      expect(await found(client, 'tag:newer is:favorite')).toEqual(['renamed.jpg']);
      expect(await found(client, 'tag:elsewhere')).toHaveLength(1);
    },
    { timeout: 30_000, interval: 100 },
  );
  await vi.waitFor(() => expect(readdirSync(library('salvage'))).toEqual([]), 10_000);
  expect(damagedBytes().get('library.db')).toBe(spoiled);
  expect(await client.library.check()).toEqual({ ok: true, problems: [] });
});

it('does so for commands as well: what waits for its photo comes with a later one', async () => {
  await lived();
  spoilFirstPage();
  let client = await open(false);
  expect(await found(client, 'tag:newer')).toEqual(['old1.jpg']);
  await close();
  const waiting = readdirSync(library('salvage'));
  expect(waiting).toHaveLength(1);
  const pending = JSON.parse(readFileSync(library(`salvage/${waiting[0]}`), 'utf8'));
  expect(pending).toMatchObject({ attempts: 1, waiting: { photos: [{ photoId: null }, {}] } });
  client = await open(false);
  await client.library.index({});
  expect(await found(client, 'tag:newer')).toEqual(['new.jpg', 'old1.jpg']);
  expect(await found(client, 'is:favorite')).toEqual(['new.jpg']);
  expect(readdirSync(library('salvage'))).toEqual([]);
  expect(readdirSync(library('damaged'))).toHaveLength(1);
  expect(await client.library.check()).toEqual({ ok: true, problems: [] });
});
