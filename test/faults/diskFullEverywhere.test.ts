/** No room left, at every place that Tagroll writes to: it says so, loses nothing, and goes on once there is. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { listBackups } from '../../main/library/backups/backupFiles.ts';
import { writePicture } from '../helpers/pictures.ts';
import { mountSmallDisk, type SmallDisk } from './disks.ts';
import { createEngineBench, type EngineBench, photosOf, statesOf } from './engineBench.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const PHOTOS = 24;

let bench: EngineBench;
let disk: SmallDisk | null = null;

beforeEach(async () => {
  bench = createEngineBench();
  for (let seed = 1; seed <= PHOTOS; seed += 1) {
    await writePicture(bench.photosPath, `${seed}.jpg`, { seed, width: 900, height: 600 });
  }
});
afterEach(async () => {
  await bench.closeEngine();
  disk?.remove();
  disk = null;
  await bench.remove();
});

/** A disk in the place of a folder of the library; skips the test where there can be none. */
function place(
  context: { skip(note: string): void },
  folder: string,
  kilobytes: number,
): SmallDisk {
  disk = mountSmallDisk(join(bench.libraryPath, folder), kilobytes);
  if (!disk) context.skip('no small disk can be mounted here');
  return disk as SmallDisk;
}

it('for thumbnails: reading photos stops with a notice, and goes on by itself', async (context) => {
  const small = place(context, 'thumbnails', 2000);
  small.fill();
  const client = await bench.open({ live: true });
  await client.folders.add({ paths: [bench.photosPath] });
  await expect.poll(() => bench.notices).toContain('disk_full');
  // No photo is blamed for it.
  expect(Object.keys(await statesOf(client))).toEqual(['pending']);
  small.free();
  await expect.poll(() => statesOf(client), { timeout: 40_000 }).toEqual({ ok: PHOTOS });
  expect(await client.library.check()).toEqual({ ok: true, problems: [] });
});

it('for the database and its log: an edit is refused by name, and nothing of it is there', async (context) => {
  const small = place(context, '', 12_000);
  const client = await bench.open();
  await client.folders.add({ paths: [bench.photosPath] });
  expect(await client.library.index({})).toMatchObject({ found: PHOTOS, failed: [] });
  const label = (tag: string) =>
    client.tags.label({ action: 'add', tag, language: 'en', target: { query: '', threshold: 0 } });
  await label('before');
  small.fill();
  const kept: string[] = [];
  const refused: unknown[] = [];
  for (let edit = 1; edit <= 400 && refused.length < 3; edit += 1) {
    await label(`edit ${edit}`).then(
      () => kept.push(`edit ${edit}`),
      (error: unknown) => refused.push(error),
    );
  }
  // The log has room of its own for a while; then there is none.
  expect(refused).toHaveLength(3);
  expect(refused[0]).toMatchObject({ code: 'TAGROLL', data: { code: 'disk_full' } });
  const tagsNow = async (): Promise<string[]> => {
    const [photo] = await photosOf(client);
    return (photo?.tags ?? [])
      .filter(({ source }) => source === 'me')
      .map(({ names }) => names.en ?? '');
  };
  expect((await tagsNow()).sort()).toEqual(['before', ...kept].sort());
  small.free();
  await label('after');
  expect((await tagsNow()).sort()).toEqual(['after', 'before', ...kept].sort());
  expect(await client.library.check()).toEqual({ ok: true, problems: [] });
});

it('for what the search keeps between starts: it is closed and opened all the same', async (context) => {
  const small = place(context, '', 12_000);
  let client = await bench.open();
  await client.folders.add({ paths: [bench.photosPath] });
  await client.library.index({});
  small.fill();
  await bench.closeEngine();
  expect(existsSync(join(bench.libraryPath, 'search.snapshot'))).toBe(false);
  expect(readdirSync(bench.libraryPath).filter((name) => name.includes('snapshot'))).toEqual([]);
  small.free();
  client = await bench.open();
  expect(await statesOf(client)).toEqual({ ok: PHOTOS });
  expect(await client.library.check()).toEqual({ ok: true, problems: [] });
});

it('for a backup: it is refused by name, the earlier ones stay, and no half one counts', async (context) => {
  const small = place(context, 'backups', 3000);
  const client = await bench.open();
  await client.folders.add({ paths: [bench.photosPath] });
  await client.library.index({});
  await client.backups.make({ file: null });
  const folder = join(bench.libraryPath, 'backups');
  const before = listBackups(folder);
  expect(before).toHaveLength(1);
  small.fill();
  await expect(client.backups.make({ file: null })).rejects.toMatchObject({
    code: 'TAGROLL',
    data: { code: 'disk_full' },
  });
  expect(listBackups(folder)).toEqual(before);
  expect(readdirSync(folder).filter((name) => !name.endsWith('.db') && name !== 'filling')).toEqual(
    [],
  );
  small.free();
  await client.backups.make({ file: null });
  expect(listBackups(folder)).toHaveLength(2);
});

it('for previews: the picture is refused, and the photo is not blamed', async (context) => {
  const small = place(context, 'previews', 200);
  const client = await bench.open();
  await client.folders.add({ paths: [bench.photosPath] });
  await client.library.index({});
  const [photo] = await photosOf(client);
  const ask = () => bench.engine.handle(new Request(`http://tagroll/media/preview/${photo?.id}`));
  small.fill();
  const refused = await ask();
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ code: 'disk_full' });
  expect(await statesOf(client)).toEqual({ ok: PHOTOS });
  small.free();
  expect((await ask()).status).toBe(200);
});
