/** Folders that a person points at, on shares that do not answer: each says so, and everything else goes on. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browseFolders } from '../../main/folders/browse.ts';
import { createPlace, type Place } from '../e2e/door.ts';
import { writePicture } from '../helpers/pictures.ts';
import { type Engine, startEngine } from '../soak/engine.ts';
import { type HangingFolder, hangFolder } from './hangingFolder.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let place: Place;
const hanging: HangingFolder[] = [];

beforeEach(async () => {
  place = await createPlace();
});
afterEach(async () => {
  for (const each of hanging.splice(0)) each.release();
  await place.remove();
});

/** Hides folders; skips the test where nothing can be made to hang. */
function hang(context: { skip(note: string): void }, ...paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(path, { recursive: true });
    const hung = hangFolder(path);
    if (!hung) context.skip('nothing can be made to hang here: it needs Linux, root and FUSE');
    else hanging.push(hung);
  }
}

const WITHIN_MS = 600;

describe('the folder picker', () => {
  it('says of a folder that hangs that it does not answer, and lists the others', async (context) => {
    const share = join(place.homePath, 'Share');
    hang(context, share);
    mkdirSync(join(place.homePath, 'Near'));
    await expect(browseFolders(share, false, WITHIN_MS)).rejects.toMatchObject({
      code: 'folder_silent',
      message: expect.stringMatching(/Share does not answer\. Check the connection/),
      data: { path: share },
    });
    // At once, and without one more thread that hangs.
    await expect(browseFolders(join(share, 'inside'), false, WITHIN_MS)).rejects.toMatchObject({
      code: 'folder_silent',
    });
    const { folders } = await browseFolders(place.homePath, false, WITHIN_MS);
    expect(folders.map(({ name }) => name)).toEqual(['Near', 'Photos', 'Share']);
    for (const each of hanging.splice(0)) each.release();
    await expect
      .poll(async () => (await browseFolders(share, false, WITHIN_MS).catch(() => null))?.path)
      .toBe(share);
  });

  it('lists a folder with a link to one that hangs', async (context) => {
    const share = join(place.homePath, 'Share');
    hang(context, share);
    const folder = join(place.homePath, 'Links');
    mkdirSync(join(folder, 'near'), { recursive: true });
    symlinkSync(share, join(folder, 'far'));
    for (let round = 0; round < 2; round += 1) {
      const { folders } = await browseFolders(folder, false, WITHIN_MS);
      expect(folders.map(({ name }) => name)).toEqual(['far', 'near']);
    }
  });
});

describe('an engine that is asked for more shares that hang than it has threads for files', () => {
  it('answers each with the reason, and shows pictures and folders meanwhile', async (context) => {
    await writePicture(place.photosPath, 'near.jpg', { seed: 2 });
    const shares = Array.from({ length: 6 }, (_, at) => join(place.homePath, `Share ${at}`));
    const engine = await startEngine(place, {});
    try {
      const { client } = engine;
      await client.folders.add({ paths: [place.photosPath] });
      await client.library.index({});
      const [root] = (await client.folders.list()).roots;
      hang(context, ...shares);
      const [first = '', second = '', third = '', ...others] = shares;
      const refused = (asked: Promise<unknown>) => asked.then(() => 'done', codeOf);
      const answers = [
        refused(client.folders.add({ paths: [first] })),
        refused(client.folders.relocate({ rootId: root?.id ?? 0, path: second })),
        refused(client.exchange.export({ query: null, file: join(third, 'all.json') })),
        ...others.map((path) => refused(client.folders.browse({ path, hidden: false }))),
      ];
      const search = { query: '', threshold: 0, sort: 'name', ascending: true } as const;
      const { photos } = await client.photos.search({ ...search, limit: 1, offset: 0 });
      expect(await statusOf(engine, `/media/original/${photos[0]?.id}`)).toBe(200);
      expect(await Promise.all(answers)).toEqual(Array(6).fill('folder_silent'));
      expect(await statusOf(engine, `/media/original/${photos[0]?.id}`)).toBe(200);
      const home = await client.folders.browse({ path: place.homePath, hidden: false });
      expect(home.folders.map(({ name }) => name)).toContain('Photos');
      expect(await client.folders.list()).toMatchObject({ roots: [{ state: 'online' }] });
    } finally {
      await engine.kill();
    }
  });
});

function codeOf(error: unknown): string {
  const data = error instanceof Error && 'data' in error ? error.data : error;
  return typeof data === 'object' && data !== null && 'code' in data ? String(data.code) : 'none';
}

/** Asks the door as a window does, with its cookie. */
async function statusOf(engine: Engine, path: string): Promise<number> {
  const { url, origin } = engine.door;
  const entered = await fetch(url, { redirect: 'manual' });
  const cookie = entered.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const response = await fetch(`${origin}${path}`, { headers: { cookie } });
  await response.arrayBuffer();
  return response.status;
}
