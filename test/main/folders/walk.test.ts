import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { walk } from '../../../main/folders/walk.ts';
import {
  BATCH_FILES,
  FolderFound,
  filesOf,
  type ScanBatch,
} from '../../../main/library/scanBatch.ts';
import { createFolderBench, putFile } from '../../helpers/folderBench.ts';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tagroll-walk-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

async function list(
  options: { ignore?: string[]; folders?: Parameters<typeof walk>[0]['folders'] } = {},
): Promise<{
  files: string[];
  found: Record<string, number>;
  outcome: Awaited<ReturnType<typeof walk>>;
  batches: ScanBatch[];
}> {
  const batches: ScanBatch[] = [];
  const outcome = await walk(
    {
      rootPath: Buffer.from(base),
      folders: options.folders ?? null,
      ignore: (options.ignore ?? []).map((path) => Buffer.from(path)),
    },
    async (batch) => {
      batches.push(batch);
    },
  );
  const folders = new Map<number, string>();
  const found: Record<string, number> = {};
  for (const batch of batches) {
    for (const folder of batch.folders) {
      const path = Buffer.from(folder.path).toString('latin1');
      folders.set(folder.index, path);
      found[path] = folder.found;
    }
  }
  const files = batches.flatMap((batch) =>
    [...filesOf(batch)].map((file) =>
      [folders.get(file.folderIndex), Buffer.from(file.name).toString('latin1')]
        .filter((part) => part !== '')
        .join('/'),
    ),
  );
  return { files: files.sort(), found, outcome, batches };
}

describe('walk', () => {
  it('brings names as bytes: emoji, Chinese, newlines, quotes, 255 bytes, invalid UTF-8', async () => {
    const names = [
      '😀.jpg',
      '照片.jpg',
      'new\nline.jpg',
      `"quoted'.jpg`,
      `${'x'.repeat(251)}.jpg`,
    ].map((name) => Buffer.from(name));
    names.push(Buffer.concat([Buffer.from([0xff, 0xfe, 0x80]), Buffer.from('.jpg')]));
    for (const name of names) writeFileSync(Buffer.concat([Buffer.from(`${base}/`), name]), 'x');
    const folder = Buffer.concat([Buffer.from(`${base}/`), Buffer.from([0xe9])]);
    mkdirSync(folder);
    writeFileSync(Buffer.concat([folder, Buffer.from('/in.jpg')]), 'x');
    const { files } = await list();
    expect(files).toEqual(
      [...names.map((name) => name.toString('latin1')), '\u00e9/in.jpg'].sort(),
    );
  });

  it('never opens devices, FIFOs and sockets, whatever they are called', async () => {
    execFileSync('mkfifo', [join(base, 'pipe.jpg')]);
    await putFile(join(base, 'real.jpg'));
    const { files, outcome } = await list();
    expect(files).toEqual(['real.jpg']);
    expect(outcome.skipped).toBe(1);
  });

  it('passes by links out of the root, links to nothing, and links to what it reaches anyway', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'tagroll-outside-'));
    try {
      await putFile(join(outside, 'secret.jpg'));
      await putFile(join(base, 'sub/one.jpg'));
      symlinkSync(outside, join(base, 'out'));
      symlinkSync(join(outside, 'secret.jpg'), join(base, 'secret.jpg'));
      symlinkSync('nowhere.jpg', join(base, 'dangling.jpg'));
      symlinkSync('self.jpg', join(base, 'self.jpg'));
      symlinkSync('sub/one.jpg', join(base, 'again.jpg'));
      symlinkSync('sub', join(base, 'again'));
      symlinkSync('..', join(base, 'sub/loop'));
      expect((await list()).files).toEqual(['sub/one.jpg']);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it('follows links to what it would not reach, once, and round no loop', async () => {
    await putFile(join(base, '.store/deep/one.jpg'));
    await putFile(join(base, '.store/two.bin'));
    symlinkSync('.store', join(base, 'link'));
    symlinkSync('.store', join(base, 'other'));
    symlinkSync('..', join(base, '.store/deep/loop'));
    symlinkSync('.store/two.bin', join(base, 'two.jpg'));
    const { files, outcome } = await list();
    expect(files).toEqual(['other/deep/one.jpg', 'two.jpg']);
    expect(outcome.files).toBe(2);
    expect((await list()).files).toEqual(files);
    const part = await list({ folders: [{ path: Buffer.from(''), recursive: false }] });
    expect(part.found['other']).toBe(FolderFound.seen);
  });

  it('passes by the library wherever it is linked from', async () => {
    await putFile(join(base, 'library/thumbnails/ab/x.jpg'));
    await putFile(join(base, 'one.jpg'));
    const elsewhere = `${base}-link`;
    symlinkSync(join(base, 'library'), elsewhere);
    try {
      expect((await list({ ignore: [elsewhere] })).files).toEqual(['one.jpg']);
      const inside = await list({
        ignore: [join(base, 'library')],
        folders: [{ path: Buffer.from('library/thumbnails'), recursive: true }],
      });
      expect(inside.files).toEqual([]);
    } finally {
      rmSync(elsewhere);
    }
  });

  it('says so when the root is not there or is no folder', async () => {
    rmSync(base, { recursive: true });
    expect((await list()).outcome.rootState).toBe('absent');
    writeFileSync(base, 'a file');
    expect((await list()).outcome.rootState).toBe('absent');
  });

  it('hands 20,000 files of one folder out in batches and awaits each', async () => {
    for (let index = 0; index < 20_000; index++) writeFileSync(join(base, `${index}.jpg`), '');
    let open = 0;
    let most = 0;
    let files = 0;
    const outcome = await walk(
      { rootPath: Buffer.from(base), folders: null, ignore: [] },
      async (batch) => {
        open++;
        most = Math.max(most, open);
        expect(batch.files).toBeLessThanOrEqual(BATCH_FILES);
        files += batch.files;
        await new Promise((resolve) => setImmediate(resolve));
        open--;
      },
    );
    expect(files).toBe(20_000);
    expect(outcome.files).toBe(20_000);
    expect(most).toBe(1);
  });

  it('covers folders that are asked for twice only once', async () => {
    await putFile(join(base, 'a/b/one.jpg'));
    await putFile(join(base, 'a/two.jpg'));
    const { files } = await list({
      folders: [
        { path: Buffer.from('a/b'), recursive: false },
        { path: Buffer.from('a'), recursive: true },
        { path: Buffer.from(''), recursive: false, names: [Buffer.from('a')] },
      ],
    });
    expect(files).toEqual(['a/b/one.jpg', 'a/two.jpg']);
  });

  it('lives with files and folders that vanish while it looks', async () => {
    for (let index = 0; index < 300; index++) {
      await putFile(join(base, `d${index % 30}/${index}.jpg`));
    }
    let removed = false;
    const outcome = await walk(
      {
        rootPath: Buffer.from(base),
        folders: Array.from({ length: 30 }, (_, index) => ({
          path: Buffer.from(`d${index}`),
          recursive: true,
        })),
        ignore: [],
      },
      async () => undefined,
      () => {
        // Asked before each folder: half way through, the rest goes away.
        if (!removed)
          for (let index = 15; index < 30; index++) {
            rmSync(join(base, `d${index}`), { recursive: true });
          }
        removed = true;
        return false;
      },
    );
    expect(outcome.files).toBe(150);
    expect(outcome.unreadable).toEqual([]);
  });
});

describe('a folder without permission', () => {
  it('is named, and its photos keep their state', async () => {
    const bench = createFolderBench();
    try {
      await bench.put('a/open/one.jpg');
      await bench.put('a/shut/two.jpg');
      await bench.put('a/closed/three.jpg');
      const root = bench.addRoot('a');
      await bench.scan(root);
      chmodSync(bench.base, 0o755);
      chmodSync(join(bench.base, 'a/shut'), 0o000);
      // It can be listed, but nothing in it can be looked at.
      chmodSync(join(bench.base, 'a/closed'), 0o744);
      const script = `
        import { walk } from ${JSON.stringify(join(process.cwd(), 'main/folders/walk.ts'))};
        const batches = [];
        const outcome = await walk({ rootPath: Buffer.from(${JSON.stringify(join(bench.base, 'a'))}), folders: null, ignore: [] },
          async (batch) => { batches.push(batch.folders.map((folder) => [Buffer.from(folder.path).toString(), folder.found])); });
        process.stdout.write(JSON.stringify({ outcome, folders: batches.flat() }));`;
      const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        encoding: 'utf8',
        ...(process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}),
      });
      expect(child.stderr).toBe('');
      const { outcome, folders } = JSON.parse(child.stdout);
      expect(outcome.files).toBe(1);
      expect(outcome.unreadable).toEqual(
        expect.arrayContaining([
          { path: join(bench.base, 'a/shut'), code: 'EACCES' },
          { path: join(bench.base, 'a/closed'), code: 'EACCES' },
        ]),
      );
      expect(Object.fromEntries(folders)).toMatchObject({
        '': FolderFound.listed,
        open: FolderFound.listed,
        shut: FolderFound.unreadable,
        closed: FolderFound.unreadable,
      });
    } finally {
      chmodSync(join(bench.base, 'a/shut'), 0o755);
      await bench.close();
    }
  });
});
