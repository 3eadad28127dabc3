import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { collect, type Ran, runTagroll, startTagroll } from '../helpers/commandLine.ts';

// Each command is a process that opens the library: a loaded machine needs its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

type Made = { file: string; bytes: number; photos: number };

let base = '';
let library = '';

const tagroll = (...words: string[]): Promise<Ran> => runTagroll(['--library', library, ...words]);

async function tagged(): Promise<number> {
  const ran = await tagroll('search', 'tag:kept', '--json');
  return ran.json<{ total: number }>().total;
}

beforeAll(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'tagroll-backup-')));
  library = join(base, 'library');
  const photos = join(base, 'photos');
  await mkdir(photos);
  for (const [at, name] of ['a.jpg', 'b.jpg'].entries()) {
    await sharp({
      create: { width: 60, height: 40, channels: 3, background: { r: at * 90, g: 90, b: 30 } },
    })
      .jpeg()
      .toFile(join(photos, name));
  }
  await tagroll('index', photos);
});
afterAll(() => rm(base, { recursive: true, force: true }));

describe('backup and restore', () => {
  it('take a library back to what it was, and forward again', async () => {
    const file = join(base, 'mine.db');
    const backup = await tagroll('backup', file, '--json');
    expect(backup.status).toBe(0);
    expect(backup.json<Made>()).toEqual({ file, bytes: expect.any(Number), photos: 2 });
    await tagroll('label', 'add', 'kept', '--query', '');
    expect(await tagged()).toBe(2);

    const restored = await tagroll('restore', file, '--json');
    expect(restored.stderr).toBe('');
    expect(restored.json<Made>()).toEqual({ file, bytes: expect.any(Number), photos: 2 });
    expect(await tagged()).toBe(0);

    const again = await tagroll('restore', file);
    const replaced = /kept in (.*-replaced-2\.db)\./.exec(again.stdout)?.[1];
    expect(replaced).toBeDefined();
    expect((await tagroll('check', '--json')).json()).toEqual({ ok: true, problems: [] });
  });

  it('write among the other backups when no place is named', async () => {
    const ran = await tagroll('backup');
    expect(ran.stdout).toMatch(/2 photos backed up in .*library\/backups\/.*-manual-2\.db/);
  });

  it('refuse what is no backup, with its name and status 2', async () => {
    const ran = await tagroll('restore', join(base, 'photos', 'a.jpg'), '--json');
    expect(ran.status).toBe(2);
    expect(ran.json()).toMatchObject({
      error: { code: 'backup_unusable', message: expect.stringContaining('a.jpg') },
    });
  });

  it('go through a running Tagroll, which then shows the earlier state', async () => {
    const holder = startTagroll(['--library', library, 'open', '--no-window']);
    const ended = collect(holder);
    await new Promise((resolve) => holder.stdout?.once('data', resolve));
    try {
      const file = join(base, 'running.db');
      await tagroll('backup', file);
      await tagroll('label', 'add', 'kept', '--query', '');
      expect(await tagged()).toBe(2);
      const restored = await tagroll('restore', file, '--json');
      expect(restored.status).toBe(0);
      expect(await tagged()).toBe(0);
      expect(holder.exitCode).toBeNull();
    } finally {
      holder.kill('SIGTERM');
      await ended;
    }
  });
});

describe('export and import', () => {
  it('bring a person’s work to a new library of the same photos', async () => {
    const file = join(base, 'mine.json');
    await tagroll('label', 'add', 'grandma', '--query', 'name:a.jpg');
    const exported = await tagroll('export', '--to', file, '--json');
    expect(exported.json()).toEqual({ written: 2, failed: [] });

    const other = ['--library', join(base, 'other')];
    await runTagroll([...other, 'index', join(base, 'photos')]);
    const imported = await runTagroll([...other, 'import', file, '--json']);
    expect(imported.status).toBe(0);
    expect(imported.json()).toMatchObject({ failed: [] });
    const found = await runTagroll([...other, 'search', 'tag:grandma', '--json']);
    expect(found.json<{ photos: { path: string }[] }>().photos.map(({ path }) => path)).toEqual([
      join(base, 'photos', 'a.jpg'),
    ]);
  });

  it('say what did not come back, with status 1', async () => {
    const empty = ['--library', join(base, 'empty')];
    const imported = await runTagroll([...empty, 'import', join(base, 'mine.json')]);
    expect(imported.status).toBe(1);
    expect(imported.stdout).toContain('No photo of the library shows the picture of');
  });

  it('refuse other endings, and files that are no export', async () => {
    const wrong = await tagroll('export', '--to', join(base, 'x.txt'), '--json');
    expect([wrong.status, wrong.json()]).toMatchObject([2, { error: { code: 'usage' } }]);
    const photo = await tagroll('import', join(base, 'photos', 'a.jpg'), '--json');
    expect([photo.status, photo.json()]).toMatchObject([2, { error: { code: 'import_unusable' } }]);
  });
});
