/** A share that does not answer any more: everything else goes on, and Tagroll can be closed. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ask, isSilent, RootSilent, rootAnswers } from '../../main/folders/patience.ts';
import { createScanner, type Scanner } from '../../main/folders/scan.ts';
import { createHeadReader, type HeadReader, HeadSilent } from '../../main/imaging/headReader.ts';
import { silentLogger } from '../../main/log.ts';
import { createPlace, type Place } from '../e2e/door.ts';
import { writePicture } from '../helpers/pictures.ts';
import { type Engine, startEngine } from '../soak/engine.ts';
import { type HangingFolder, hangFolder } from './hangingFolder.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let place: Place;
let share: string;
let hanging: HangingFolder | null = null;
const closing: { close(): Promise<void> }[] = [];

beforeEach(async () => {
  place = await createPlace();
  share = join(place.homePath, 'Share');
  mkdirSync(share);
  await writePicture(share, 'far.jpg', { seed: 1 });
  await writePicture(place.photosPath, 'near.jpg', { seed: 2 });
});
afterEach(async () => {
  hanging?.release();
  hanging = null;
  await Promise.all(closing.splice(0).map((each) => each.close()));
  await place.remove();
});

/** Hides the share; skips the test where nothing can be made to hang. */
function hang(context: { skip(note: string): void }): void {
  hanging = hangFolder(share);
  if (!hanging) context.skip('nothing can be made to hang here: it needs Linux, root and FUSE');
}

const all = {
  query: '',
  threshold: 0,
  sort: 'name',
  ascending: true,
  limit: 10,
  offset: 0,
} as const;

describe('with a share that hangs', () => {
  it('other folders are watched, read and shown, and the program ends', async (context) => {
    const engine = await startEngine(place, {});
    const { client } = engine;
    let isStopped = false;
    try {
      await client.folders.add({ paths: [place.photosPath, share] });
      expect(await client.library.index({})).toMatchObject({ found: 2, failed: [] });
      const ids = await idsByName(client);
      const get = await openRequests(engine);
      expect((await get(`/media/original/${ids.get('far.jpg')}`)).status).toBe(200);
      hang(context);

      // Far more than there are threads for files.
      const unanswered = Array.from({ length: 10 }, () =>
        get(`/media/original/${ids.get('far.jpg')}`),
      );
      void client.folders.rescan({}).catch(() => undefined);
      expect((await get(`/media/thumbnail/${ids.get('far.jpg')}`)).status).toBe(200);
      expect((await get(`/media/original/${ids.get('near.jpg')}`)).status).toBe(200);
      await writePicture(place.photosPath, 'new.jpg', { seed: 3 });
      await expect
        .poll(
          async () =>
            (await client.photos.search({ ...all, query: 'name:new.jpg' })).photos[0]?.state,
        )
        .toBe('ok');
      const answers = await Promise.all(unanswered);
      expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(503));
      expect(answers[0]?.text).toMatch(/Share does not answer/);
      // What is known of the share is kept.
      expect((await client.photos.search(all)).total).toBe(3);

      // A thread hangs for ever: the door kills itself instead of waiting for it.
      await engine.door.stop().catch((error: Error) => {
        expect(error.message).toMatch(/ended with null/);
      });
      isStopped = true;
    } finally {
      if (!isStopped) await engine.kill();
    }
    hanging?.release();
    expect(await place.tagroll('check')).toEqual({ ok: true, problems: [] });
  });

  it('a scan of it ends as of a root that is away, and is tried again only once it answers', async (context) => {
    const scanner: Scanner = createScanner({ logger: silentLogger, silentAfterMs: 600 });
    closing.push(scanner);
    const scan = () =>
      scanner.scan(
        { rootPath: Buffer.from(share), folders: null, ignore: [] },
        async () => undefined,
      );
    expect(await scan()).toMatchObject({ rootState: 'online', files: 1 });
    hang(context);
    expect(await scan()).toMatchObject({ rootState: 'absent', files: 0 });
    // Nobody is sent to hang there again, and others are listed meanwhile.
    expect(await scan()).toMatchObject({ rootState: 'absent' });
    const near = { rootPath: Buffer.from(place.photosPath), folders: null, ignore: [] };
    expect(await scanner.scan(near, async () => undefined)).toMatchObject({
      rootState: 'online',
      files: 1,
    });
    hanging?.release();
    await expect.poll(async () => (await scan()).rootState).toBe('online');
  });

  it('heads in it are left, by name, and those of other folders are read', async (context) => {
    const heads: HeadReader = createHeadReader({ silentAfterMs: 600 });
    closing.push(heads);
    const job = (photoId: number, path: string) => ({
      photoId,
      path: Buffer.from(path),
      name: Buffer.from(path.slice(path.lastIndexOf('/') + 1)),
      sizeBytes: 5000,
      mtimeUs: 0,
    });
    const near = job(1, join(place.photosPath, 'near.jpg'));
    const far = job(2, join(share, 'far.jpg'));
    expect(await heads.read([near, far])).toHaveLength(2);
    hang(context);
    const silent = await heads.read([near, far, near]).catch((error: unknown) => error);
    expect(silent).toBeInstanceOf(HeadSilent);
    expect(silent).toMatchObject({ photoId: 2 });
    expect(await heads.read([near])).toHaveLength(1);
  });

  it('few threads wait for it, whoever asks', async (context) => {
    hang(context);
    const root = Buffer.from(share);
    const asked = Array.from({ length: 20 }, () => rootAnswers(root, 300));
    expect(await Promise.all(asked)).toEqual(Array(20).fill(false));
    expect(isSilent(root)).toBe(true);
    // At once: there is an older question to answer first.
    let isAsked = false;
    const question = ask(root, async () => {
      isAsked = true;
    });
    await expect(question).rejects.toBeInstanceOf(RootSilent);
    expect(isAsked).toBe(false);
    expect(await rootAnswers(Buffer.from(place.photosPath))).toBe(true);
    hanging?.release();
    await expect.poll(() => rootAnswers(root, 300)).toBe(true);
    expect(isSilent(root)).toBe(false);
  });
});

async function idsByName(client: Engine['client']): Promise<Map<string, number>> {
  const { photos } = await client.photos.search(all);
  return new Map(photos.map(({ id, path }) => [path.slice(path.lastIndexOf('/') + 1), id]));
}

/** Asks the door as a window does, with its cookie. */
async function openRequests(engine: Engine) {
  const { url, origin } = engine.door;
  const entered = await fetch(url, { redirect: 'manual' });
  const cookie = entered.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  return async (path: string): Promise<{ status: number; text: string }> => {
    const response = await fetch(`${origin}${path}`, { headers: { cookie } });
    return { status: response.status, text: await response.text() };
  };
}
