import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { collect, type Ran, runTagroll, startTagroll } from '../helpers/commandLine.ts';

// Each command is a process that opens the library: a loaded machine needs its time.
vi.setConfig({ testTimeout: 120_000 });

/** A user without any rights. */
const NOBODY = 65534;

type Failure = { error: { code: string; message: string; position?: number } };
type Found = { total: number; milliseconds: number; photos: { path: string; tags: object[] }[] };

let base = '';
let photos = '';
let library = '';

const tagroll = (...words: string[]): Promise<Ran> => runTagroll(['--library', library, ...words]);

async function picture(path: string, red: number, camera: string): Promise<void> {
  await sharp({
    create: { width: 60, height: 40, channels: 3, background: { r: red, g: 90, b: 30 } },
  })
    .withExif({
      IFD0: { Make: camera, Model: 'One' },
      IFD2: { DateTimeOriginal: '2019:07:14 10:11:12' },
    })
    .jpeg()
    .toFile(path);
}

beforeAll(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'tagroll-cli-')));
  photos = join(base, 'my photos 照片');
  library = join(base, 'library');
  await mkdir(join(photos, 'sub'), { recursive: true });
  await picture(join(photos, 'a.jpg'), 10, 'Canon');
  await picture(join(photos, 'b.jpg'), 60, 'Canon');
  await picture(join(photos, 'sub', 'c.jpg'), 110, 'Nikon');
  await writeFile(join(photos, 'notes.txt'), 'no picture');
});
afterAll(() => rm(base, { recursive: true, force: true }));

describe('the command line, from a first index on', () => {
  it('indexes a folder and says what it found', async () => {
    const ran = await tagroll('index', photos, '--json');
    expect(ran.stderr).toBe('');
    expect(ran.status).toBe(0);
    const summary = ran.json<Record<string, unknown>>();
    expect(Object.keys(summary)).toEqual(
      'found added changed moved missing unchanged skipped failed seconds'.split(' '),
    );
    expect(summary).toMatchObject({
      found: 3,
      added: 3,
      changed: 0,
      moved: 0,
      missing: 0,
      unchanged: 0,
      skipped: 1,
      failed: [],
    });
  });

  it('finds nothing new the second time, for people', async () => {
    const ran = await tagroll('index');
    expect(ran.status).toBe(0);
    expect(ran.stdout).toMatch(/3 photos found in .* 0 added, 0 changed, 0 moved, 3 unchanged/);
  });

  it('takes a relative folder from where npm was called', async () => {
    const ran = await runTagroll(['index', 'my photos 照片', '--library', 'library', '--json'], {
      env: { INIT_CWD: base },
      cwd: tmpdir(),
    });
    expect(ran.json()).toMatchObject({ found: 3, unchanged: 3 });
  });

  it('takes the library from the environment', async () => {
    const ran = await runTagroll(['search', '--json'], { env: { TAGROLL_LIBRARY: library } });
    expect(ran.json<Found>().total).toBe(3);
  });

  it('prints whole photos', async () => {
    const ran = await tagroll('search', 'camera:nikon', '--json');
    const { total, photos: found } = ran.json<Found>();
    expect(total).toBe(1);
    expect(found[0]).toMatchObject({
      path: join(photos, 'sub', 'c.jpg'),
      takenAt: '2019-07-14T10:11:12',
      takenAtSource: 'exif',
      width: 60,
      height: 40,
      state: 'ok',
    });
    expect(Object.keys(found[0] ?? {})).toEqual(
      'id path fileHash imageHash takenAt takenAtSource utcOffsetMinutes width height camera lens latitude longitude state tags'.split(
        ' ',
      ),
    );
  });

  it('takes a query that starts with a minus', async () => {
    const ran = await tagroll('search', '-has:gps camera:canon', '--limit', '1', '--json');
    expect(ran.status).toBe(0);
    expect(ran.json<Found>()).toMatchObject({ total: 2, photos: [{}] });
  });

  it('says where a query is wrong', async () => {
    const ran = await tagroll('search', 'dog (cat', '--json');
    expect(ran.status).toBe(2);
    const { error } = ran.json<Failure>();
    expect(error).toMatchObject({ code: 'query_invalid', position: expect.any(Number) });
  });

  it('labels, lists the tags, and finds by the new one', async () => {
    const ran = await tagroll('label', 'add', '海边', '--query', 'camera:canon', '--json');
    expect(ran.json()).toEqual({ photos: 2, undo: expect.any(Number) });
    const { tags } = (await tagroll('tags', '--json')).json<{
      tags: { names: object; type: string; count: number }[];
    }>();
    expect(tags).toContainEqual(
      expect.objectContaining({ names: expect.objectContaining({ zh: '海边' }), count: 2 }),
    );
    const counts = tags.map(({ count }) => count);
    expect(counts).toEqual(counts.toSorted((left, right) => right - left));
    expect((await tagroll('search', 'tag:海边', '--json')).json<Found>().total).toBe(2);
    await tagroll('label', 'reject', '海边', '--query', 'name:a.jpg');
    expect((await tagroll('search', 'tag:海边', '--json')).json<Found>().total).toBe(1);
    await tagroll('label', 'remove', '海边', '--query', '');
    expect((await tagroll('search', 'tag:海边', '--json')).json<Found>().total).toBe(0);
  });

  it('shows and changes settings', async () => {
    const all = (await tagroll('settings', '--json')).json<{ settings: Record<string, unknown> }>();
    expect(all.settings).toMatchObject({ lens: 50, theme: 'system' });
    expect((await tagroll('settings', 'lens', '70', '--json')).json()).toEqual({
      settings: { lens: 70 },
    });
    expect((await tagroll('settings', 'lens', '--json')).json()).toEqual({
      settings: { lens: 70 },
    });
    const bad = await tagroll('settings', 'lens', '170', '--json');
    expect([bad.status, bad.json<Failure>().error.code]).toEqual([2, 'setting_invalid']);
    const unknown = await tagroll('settings', 'lenz', '--json');
    expect([unknown.status, unknown.json<Failure>().error.code]).toEqual([2, 'setting_unknown']);
  });

  it('finds the library sound', async () => {
    const ran = await tagroll('check', '--json');
    expect([ran.status, ran.json()]).toEqual([0, { ok: true, problems: [] }]);
  });

  it('lists photos that could not be read, and ends with 1', async () => {
    await writeFile(join(photos, 'broken.jpg'), '');
    const ran = await tagroll('index', '--json');
    expect(ran.status).toBe(1);
    const { failed } = ran.json<{ failed: object[] }>();
    expect(failed).toEqual([
      { path: join(photos, 'broken.jpg'), code: 'empty_file', message: expect.any(String) },
    ]);
    await rm(join(photos, 'broken.jpg'));
  });

  it('lists, pauses and relocates folders', async () => {
    const list = (await tagroll('folders', '--json')).json<{ folders: object[] }>();
    expect(list.folders).toEqual([
      { path: photos, state: 'online', photos: expect.any(Number), watch: expect.any(String) },
    ]);
    const paused = await tagroll('folders', 'pause', photos, '--json');
    expect(paused.json()).toMatchObject({ folders: [{ state: 'paused' }] });
    const resumed = await tagroll('folders', 'resume', `${photos}/`, '--json');
    expect(resumed.json()).toMatchObject({ folders: [{ state: 'online' }] });
    await tagroll('folders', 'pause', photos);
    await picture(join(photos, 'late.jpg'), 160, 'Nikon');
    const named = await tagroll('index', photos, '--json');
    expect([named.status, named.stderr]).toEqual([0, `${photos} was paused and is resumed.\n`]);
    const late = await tagroll('search', 'name:late', '--json');
    expect(late.json<Found>().photos).toMatchObject([{ state: 'ok' }]);
    const moved = join(base, 'moved');
    await rename(photos, moved);
    const offline = await tagroll('index', '--json');
    expect([offline.status, offline.json()]).toMatchObject([0, { found: 0, missing: 0 }]);
    expect(offline.stderr).toContain(`${photos} is offline`);
    const relocated = await tagroll('folders', 'relocate', photos, moved, '--json');
    expect(relocated.json()).toMatchObject({ folders: [{ path: moved }] });
    expect((await tagroll('folders')).stdout).toContain(moved);
    const unknown = await tagroll('folders', 'remove', photos, '--json');
    expect([unknown.status, unknown.json<Failure>().error.code]).toEqual([2, 'not_found']);
    const removed = await tagroll('folders', 'remove', moved, '--json');
    expect(removed.json()).toEqual({ folders: [] });
    await rename(moved, photos);
    await rm(join(photos, 'late.jpg'));
  });
});

describe('failures', () => {
  it.each([
    [['nonsense']],
    [['search', '--threshold', 'high']],
    [['label', 'add', 'x']],
    [['tag', '--service', 'x']],
    [[]],
  ])('of usage are one document and status 2: %j', async (words) => {
    const ran = await tagroll(...words, '--json');
    expect(ran.status).toBe(2);
    expect(ran.json<Failure>()).toEqual({ error: { code: 'usage', message: expect.any(String) } });
  });

  it('are a sentence on stderr for people', async () => {
    const ran = await tagroll('index', join(base, 'nowhere'));
    expect([ran.status, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toContain(join(base, 'nowhere'));
  });

  it('of the library end with 3 and name it', async () => {
    const file = join(base, 'a file');
    await writeFile(file, '');
    const ran = await runTagroll(['search', '--library', file, '--json']);
    expect(ran.status).toBe(3);
    expect(ran.json<Failure>().error.message).toContain(file);
  });

  it.runIf(process.platform !== 'win32')('of permission end with 3', async () => {
    const closed = join(base, 'closed');
    await mkdir(closed);
    await chmod(closed, 0o555);
    await chmod(base, 0o755);
    const ran = await runTagroll(['search', '--library', closed, '--json'], {
      ...(process.getuid?.() === 0 ? { userId: NOBODY } : {}),
    });
    expect(ran.status).toBe(3);
    const { error } = ran.json<Failure>();
    expect(error.code).toBe('library_read_only');
    expect(error.message).toContain(closed);
  });

  it('of a library from a newer version end with 3 and leave it as it is', async () => {
    const newer = join(base, 'newer');
    await runTagroll(['settings', '--library', newer]);
    const db = new BetterSqlite3(join(newer, 'library.db'));
    db.pragma('user_version = 9999');
    db.close();
    const ran = await runTagroll(['search', '--library', newer, '--json']);
    expect([ran.status, ran.json<Failure>().error.code]).toEqual([3, 'library_newer']);
    expect(ran.json<Failure>().error.message).toContain(newer);
  });

  it('of a file that is no library end with 3', async () => {
    const damaged = join(base, 'damaged');
    await mkdir(damaged);
    await writeFile(
      join(damaged, 'library.db'),
      'this is no database, however long it is'.repeat(100),
    );
    const ran = await runTagroll(['search', '--library', damaged, '--json']);
    expect([ran.status, ran.json<Failure>().error.code]).toEqual([3, 'library_damaged']);
  });
});

/** A Tagroll that serves a library until it is stopped. */
async function hold(
  held: string,
): Promise<{ holder: ChildProcess; ended: Promise<Ran>; url: string }> {
  const holder = startTagroll(['open', '--no-window', '--library', held, '--json']);
  const ended = collect(holder);
  const url = await new Promise<string>((resolve, reject) => {
    holder.stdout?.once('data', (text) => resolve(JSON.parse(text).url));
    holder.once('exit', (status) => reject(new Error(`ended with ${status}`)));
  });
  return { holder, ended, url };
}

describe('a library that another Tagroll holds', { timeout: 120_000 }, () => {
  it('is reached through it, until that one ends', async () => {
    const held = join(base, 'held');
    const { holder, ended, url } = await hold(held);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=/);
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(303);

    const indexed = await runTagroll(['index', photos, '--library', held, '--json']);
    expect(indexed.json()).toMatchObject({ found: 3, failed: [] });
    const search = await runTagroll(['search', '--library', held, '--json']);
    expect(search.json<Found>().total).toBe(3);
    const wrong = await runTagroll(['search', '(', '--library', held, '--json']);
    expect([wrong.status, wrong.json<Failure>().error.code]).toEqual([2, 'query_invalid']);
    const again = await runTagroll(['open', '--no-window', '--library', held, '--json']);
    expect([again.status, again.json()]).toEqual([0, { url }]);

    holder.kill('SIGINT');
    expect((await ended).status).toBe(130);
    const alone = await runTagroll(['search', '--library', held, '--json']);
    expect(alone.json<Found>().total).toBe(3);
  });

  it.runIf(process.platform !== 'win32')('is not waited for longer than five seconds', async () => {
    const held = join(base, 'silent');
    const { holder, ended } = await hold(held);
    // A process that is stopped still holds the library, but answers nobody. Its door would start another one.
    const { pid } = JSON.parse(await readFile(join(held, 'holder.json'), 'utf8')) as {
      pid: number;
    };
    holder.kill('SIGSTOP');
    process.kill(pid, 'SIGSTOP');
    const silent = await runTagroll(['search', '--library', held, '--json']);
    process.kill(pid, 'SIGCONT');
    holder.kill('SIGCONT');
    expect(silent.status).toBe(3);
    const { error } = silent.json<Failure>();
    expect(error.code).toBe('holder_silent');
    expect(error.message).toContain(`Process ${pid} has held the library ${held}`);
    expect(error.message).toMatch(/since \d{4}-\d\d-\d\dT/);
    holder.kill('SIGTERM');
    expect((await ended).status).toBe(143);
  });
});

describe('Ctrl-C', () => {
  it('stops an index cleanly; the same command then finishes it', async () => {
    const many = join(base, 'many');
    await mkdir(many);
    for (let index = 0; index < 60; index += 1) {
      await picture(join(many, `${index}.jpg`), index, 'Canon');
    }
    const stoppable = join(base, 'stopped');
    const child = startTagroll(['index', many, '--library', stoppable, '--json']);
    const ended = collect(child);
    await expect
      .poll(() => existsSync(join(stoppable, 'holder.json')), { timeout: 20_000 })
      .toBe(true);
    child.kill('SIGINT');
    const ran = await ended;
    if (ran.status !== 0) {
      expect(ran.status).toBe(130);
      expect(ran.json<Failure>().error.code).toBe('interrupted');
    }
    const rest = await runTagroll(['index', many, '--library', stoppable, '--json']);
    expect([rest.status, rest.json<{ found: number }>().found]).toEqual([0, 60]);
    const search = await runTagroll(['search', '--library', stoppable, '--json']);
    expect(search.json<Found>().total).toBe(60);
  });
});
