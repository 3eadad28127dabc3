/** Drives that go away while they are read, come back elsewhere, or leave an empty folder behind. */
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { writePicture } from '../helpers/pictures.ts';
import { plugIn, unmount } from './disks.ts';
import { createEngineBench, type EngineBench, photosOf, statesOf } from './engineBench.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const PHOTOS = 60;

let bench: EngineBench;
let drive: string;
let place: string;
let isPlugged = false;

beforeEach(async () => {
  bench = createEngineBench();
  drive = join(bench.base, 'drive');
  place = join(bench.base, 'photos');
  isPlugged = false;
  for (let seed = 1; seed <= PHOTOS; seed += 1) {
    await writePicture(drive, `${seed % 6}/${seed}.jpg`, { seed, width: 1600, height: 1200 });
  }
});
afterEach(async () => {
  await bench.closeEngine();
  if (isPlugged) unmount(place);
  await bench.remove();
});

/** A real drive where one can be mounted, else the folder itself, which is then renamed away. */
function plug(): void {
  mkdirSync(place, { recursive: true });
  isPlugged = plugIn(drive, place);
  if (!isPlugged) renameSync(drive, `${place}/photos`);
}

function pull(): void {
  if (isPlugged) unmount(place);
  else renameSync(`${place}/photos`, drive);
  isPlugged = false;
}

it('unplugged while thumbnails are made: no photo fails, and all come back with what was done to them', async () => {
  plug();
  const client = await bench.open({ live: true });
  await client.folders.add({ paths: [place] });
  await expect
    .poll(async () => (await statesOf(client))['ok'] ?? 0, { interval: 10, timeout: 60_000 })
    .toBeGreaterThan(3);
  const target = { query: '', threshold: 0 };
  const { photos } = await client.tags.label({
    action: 'add',
    tag: 'mine',
    language: 'en',
    target,
  });
  expect(photos).toBe(PHOTOS);
  pull();
  await expect.poll(() => statesOf(client), { timeout: 60_000 }).toEqual({ offline: PHOTOS });
  expect(bench.notices).toContain('root_offline');
  expect((await client.library.problems({})).total).toBe(0);
  plug();
  await expect
    .poll(async () => (await statesOf(client))['ok'], { timeout: 60_000 })
    .toBe(PHOTOS)
    .catch(async (error) => {
      throw new Error(JSON.stringify((await client.library.problems({})).problems.slice(0, 3)), {
        cause: error,
      });
    });
  expect((await client.library.problems({})).problems).toEqual([]);
  expect(bench.notices).toContain('root_online');
  const tagged = (await photosOf(client)).filter(({ tags }) =>
    tags.some(({ source }) => source === 'me'),
  );
  expect(tagged).toHaveLength(PHOTOS);
  expect(await client.library.check()).toEqual({ ok: true, problems: [] });
});

it('unplugged while nothing is done: the photos go offline, and come back', async () => {
  plug();
  const client = await bench.open({ live: true });
  await client.folders.add({ paths: [place] });
  await client.library.index({});
  expect(await statesOf(client)).toEqual({ ok: PHOTOS });
  pull();
  await expect.poll(() => statesOf(client), { timeout: 60_000 }).toEqual({ offline: PHOTOS });
  plug();
  await expect.poll(() => statesOf(client), { timeout: 60_000 }).toEqual({ ok: PHOTOS });
});

it('unplugged while it is listed: what was found so far does not count', async () => {
  plug();
  for (let folder = 0; folder < 300; folder += 1)
    mkdirSync(join(drive, 'many', String(folder)), { recursive: true });
  const client = await bench.open();
  await client.folders.add({ paths: [place] });
  await client.library.index({});
  expect(await statesOf(client)).toEqual({ ok: PHOTOS });
  for (let round = 0; round < 5; round += 1) {
    const scan = client.library.index({});
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
    pull();
    expect(await scan).toMatchObject({ failed: [] });
    const after = await statesOf(client);
    // Either it was done in time, or the whole root is away; never a part of it.
    expect([{ ok: PHOTOS }, { offline: PHOTOS }]).toContainEqual(after);
    plug();
  }
  await client.library.index({});
  expect(await statesOf(client)).toEqual({ ok: PHOTOS });
});

it('replaced by an empty folder: offline, not gone', async () => {
  plug();
  const client = await bench.open();
  await client.folders.add({ paths: [place] });
  await client.library.index({});
  pull();
  expect(await client.library.index({})).toMatchObject({ missing: 0, failed: [] });
  expect(await statesOf(client)).toEqual({ offline: PHOTOS });
  plug();
  await client.library.index({});
  expect(await statesOf(client)).toEqual({ ok: PHOTOS });
});

it('with a clock that jumps back and forth: nothing is lost, doubled or read again', async () => {
  plug();
  let offsetMs = 0;
  const client = await bench.open({ now: () => Date.now() + offsetMs });
  await client.folders.add({ paths: [place] });
  await client.library.index({});
  const before = await photosOf(client);
  const day = 86_400_000;
  for (const jump of [-day, -400 * day, 30 * day, -5000 * day, 0]) {
    offsetMs = jump;
    const tag = `jump ${jump}`;
    const target = { photoIds: [before[0]?.id ?? 0] };
    expect(await client.tags.label({ action: 'add', tag, language: 'en', target })).toMatchObject({
      photos: 1,
    });
    expect(await client.library.index({})).toMatchObject({
      found: PHOTOS,
      unchanged: PHOTOS,
      missing: 0,
    });
  }
  const after = await photosOf(client);
  expect(after.map(({ id, fileHash }) => [id, fileHash])).toEqual(
    before.map(({ id, fileHash }) => [id, fileHash]),
  );
  const own = after[0]?.tags.filter(({ source }) => source === 'me');
  expect(own).toHaveLength(5);
  expect(await client.library.check()).toEqual({ ok: true, problems: [] });
});
