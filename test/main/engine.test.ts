import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../main/engine.ts';
import { silentLogger } from '../../main/log.ts';
import { writePicture } from '../helpers/pictures.ts';

let base = '';
let engine: Engine | null = null;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tagroll-engine-'));
  mkdirSync(join(base, 'photos'));
});
afterEach(async () => {
  await engine?.close();
  engine = null;
  await rm(base, { recursive: true });
});

async function open(live: boolean) {
  await engine?.close();
  engine = await createEngine({
    libraryPath: join(base, 'library'),
    rendererPath: null,
    now: Date.now,
    logger: () => silentLogger,
    revealFile: async () => undefined,
    version: '0',
    live,
  });
  return createRouterClient(engine.router);
}

const photos = (path = ''): string => join(base, 'photos', path);
const page = { threshold: 0, limit: 100, offset: 0, sort: 'name', ascending: true } as const;

type Client = Awaited<ReturnType<typeof open>>;

async function states(client: Client): Promise<string[]> {
  const found = await client.photos.search({ query: '', ...page });
  return found.photos.map((photo) => `${photo.path.slice(photos('/').length)} ${photo.state}`);
}

/** Waits for something that comes by itself; the last look is the one that is asserted. */
async function eventually<Value>(look: () => Promise<Value>, wanted: Value): Promise<Value> {
  const deadlineMs = Date.now() + 8000;
  let seen = await look();
  while (JSON.stringify(seen) !== JSON.stringify(wanted) && Date.now() < deadlineMs) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    seen = await look();
  }
  return seen;
}

describe('index', () => {
  it('ends when a photo that cannot be decoded was moved and is known again by its content', async () => {
    const client = await open(false);
    mkdirSync(photos('a'));
    mkdirSync(photos('b'));
    // HEIC has no decoder yet: it is known by its content all the same.
    const heic = Buffer.concat([
      Buffer.from('0000001c6674797068656963', 'hex'),
      Buffer.alloc(400, 7),
    ]);
    writeFileSync(photos('a/one.heic'), heic);
    await writePicture(photos(), 'a/stays.jpg', { seed: 2 });
    const [root] = (await client.folders.add({ paths: [photos()] })).roots;
    await client.library.index({});
    const before = await client.photos.search({ query: 'name:one', ...page });

    copyFileSync(photos('a/one.heic'), photos('b/two.heic'));
    rmSync(photos('a/one.heic'));
    const summary = await client.library.index({ rootIds: [root?.id ?? 0] });
    expect(summary).toMatchObject({ found: 2, added: 0, moved: 1, missing: 0, unchanged: 1 });
    const after = await client.photos.search({ query: 'name:two', ...page });
    expect(after.photos.map(({ id }) => id)).toEqual(before.photos.map(({ id }) => id));
  });

  it('counts a file that still grew when its folder was listed', async () => {
    const client = await open(false);
    await writePicture(photos(), 'old.jpg', { seed: 1 });
    await client.folders.add({ paths: [photos()] });
    let size = 0;
    const grow = (): void => {
      size += 1;
      writeFileSync(photos('new.jpg'), Buffer.alloc(100 * size, 1));
      if (size > 8) clearInterval(growing);
    };
    const growing = setInterval(grow, 100);
    grow();
    const summary = await client.library.index({});
    clearInterval(growing);
    expect(summary).toMatchObject({ found: 2, added: 2, unchanged: 0 });
  });
});

describe('photos that wait for their picture', () => {
  async function openWithWaiting(): Promise<number> {
    await writePicture(photos(), 'one.jpg', { seed: 1 });
    const client = await open(false);
    const [root] = (await client.folders.add({ paths: [photos()] })).roots;
    await client.folders.rescan({});
    // Closed at once: the second pass has not come to its end.
    return root?.id ?? 0;
  }

  it('are read when their paused folder is resumed', async () => {
    const rootId = await openWithWaiting();
    const client = await open(false);
    await client.folders.setPaused({ rootId, paused: true });
    await client.library.retryProblems({});
    const live = await open(true);
    await live.folders.setPaused({ rootId, paused: false });
    expect(await eventually(() => states(live), ['one.jpg ok'])).toEqual(['one.jpg ok']);
  });

  it('are read when their removed folder is added again', async () => {
    const rootId = await openWithWaiting();
    const client = await open(false);
    await client.folders.remove({ rootId, forget: false });
    const live = await open(true);
    await live.folders.add({ paths: [photos()] });
    expect(await eventually(() => states(live), ['one.jpg ok'])).toEqual(['one.jpg ok']);
  });

  it('are read when their folder is located at another place', async () => {
    const rootId = await openWithWaiting();
    renameSync(photos(), join(base, 'moved'));
    const live = await open(true);
    await eventually(async () => (await live.folders.list()).roots[0]?.state, 'offline');
    await live.folders.relocate({ rootId, path: join(base, 'moved') });
    const read = async () => (await live.photos.search({ query: '', ...page })).photos[0]?.state;
    expect(await eventually(read, 'ok')).toBe('ok');
  });
});

describe('check', () => {
  it('does not claim thumbnails that could not be made again', async () => {
    await writePicture(photos(), 'one.jpg', { seed: 1 });
    const client = await open(false);
    await client.folders.add({ paths: [photos()] });
    await client.library.index({});
    rmSync(join(base, 'library', 'thumbnails'), { recursive: true });
    renameSync(photos(), join(base, 'elsewhere'));
    await client.folders.rescan({});
    const { problems } = await client.library.check();
    expect(problems).toMatchObject([{ code: 'thumbnails_missing', repaired: false }]);
  });
});

describe('originals', () => {
  it.runIf(process.platform !== 'win32')(
    'are not served once a link out of the folder has taken their place',
    async () => {
      await writePicture(photos(), 'one.jpg', { seed: 1 });
      const client = await open(false);
      await client.folders.add({ paths: [photos()] });
      await client.library.index({});
      const [photo] = (await client.photos.search({ query: '', ...page })).photos;
      const ask = () => engine?.handle(new Request(`http://tagroll/media/original/${photo?.id}`));
      const there = await ask();
      expect([there?.status, (await there?.arrayBuffer())?.byteLength]).toEqual([
        200,
        statSync(photos('one.jpg')).size,
      ]);
      writeFileSync(join(base, 'secret.txt'), 'secret');
      rmSync(photos('one.jpg'));
      symlinkSync(join(base, 'secret.txt'), photos('one.jpg'));
      expect((await ask())?.status).toBe(404);
      rmSync(photos('one.jpg'));
      mkdirSync(photos('one.jpg'));
      expect((await ask())?.status).toBe(404);
    },
  );
});
