import { EventEmitter } from 'node:events';
import { type FSWatcher, mkdirSync, mkdtempSync, rmSync, type watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FolderRequest } from '../../../main/folders/walk.ts';
import { type RootWatcher, type WatchFailure, watchRoot } from '../../../main/folders/watch.ts';

let base: string;
let watcher: RootWatcher | null;
let told: FolderRequest[];
let failures: WatchFailure[];

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tagroll-watch-'));
  watcher = null;
  told = [];
  failures = [];
});
afterEach(() => {
  watcher?.close();
  rmSync(base, { recursive: true, force: true });
});

function start(options: Partial<Parameters<typeof watchRoot>[0]> = {}): RootWatcher {
  watcher = watchRoot({
    rootPath: Buffer.from(base),
    onDirty: (folders) => told.push(...folders),
    onFailure: (reason) => failures.push(reason),
    ...options,
  });
  return watcher;
}

const root = new Uint8Array(0);
const paths = (): string[] => told.map((folder) => Buffer.from(folder.path).toString());

async function until(check: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!check() && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(check()).toBe(true);
}

/** `fs.watch` that fails at the nth folder, at once or later. */
function failingWatch(at: number, code: string, later = false): typeof watch {
  let count = 0;
  const fail = (): Error => Object.assign(new Error(`${code}: no more`), { code });
  const watchPath = (): FSWatcher => {
    count += 1;
    if (count >= at && !later) throw fail();
    const fake = Object.assign(new EventEmitter(), { close: () => undefined });
    if (count >= at) setTimeout(() => fake.emit('error', fail()), 5);
    return fake as unknown as FSWatcher;
  };
  return watchPath as unknown as typeof watch;
}

describe('watchRoot', () => {
  it('tells of the folder and of what came or went in it', async () => {
    mkdirSync(join(base, 'sub'));
    const fresh = await start().follow([root, Buffer.from('sub')], true);
    expect(fresh).toHaveLength(2);
    writeFileSync(join(base, 'sub/one.jpg'), 'x');
    await until(() => paths().includes('sub'));
    expect(paths()).toEqual(['sub']);
    expect(told[0]?.names?.map((name) => Buffer.from(name).toString())).toEqual(['one.jpg']);
  });

  it('is silent about hidden files and about changes of what is no photo', async () => {
    writeFileSync(join(base, 'notes.txt'), 'x');
    await start().follow([root], true);
    writeFileSync(join(base, 'notes.txt'), 'changed');
    writeFileSync(join(base, '.hidden.jpg'), 'x');
    mkdirSync(join(base, '@eaDir'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(told).toEqual([]);
  });

  it('follows what scans list, and lets go of what they list no more', async () => {
    for (const name of ['a', 'b']) mkdirSync(join(base, name));
    start();
    expect(await watcher?.follow([root, Buffer.from('a')], true)).toHaveLength(2);
    expect(await watcher?.follow([Buffer.from('b')], false)).toHaveLength(1);
    expect(watcher?.size).toBe(3);
    expect(await watcher?.follow([root, Buffer.from('b')], true)).toEqual([]);
    expect(watcher?.size).toBe(2);
    expect(await watcher?.follow([Buffer.from('gone')], false)).toEqual([]);
    expect(failures).toEqual([]);
  });

  it('watches a whole tree at once where the system can', async () => {
    mkdirSync(join(base, 'sub/deep'), { recursive: true });
    start({ wholeTree: true });
    expect(await watcher?.follow([root, Buffer.from('sub')], true)).toEqual([root]);
    expect(await watcher?.follow([root, Buffer.from('sub')], true)).toEqual([]);
    writeFileSync(join(base, 'sub/deep/one.jpg'), 'x');
    await until(() => paths().includes('sub/deep'));
  });

  it('gives up at the limit, at once or later, and keeps no watch', async () => {
    for (const later of [false, true]) {
      for (const code of ['ENOSPC', 'EMFILE']) {
        failures = [];
        start({ watchPath: failingWatch(3, code, later) });
        await watcher?.follow([root, ...['a', 'b', 'c'].map((name) => Buffer.from(name))], true);
        await until(() => failures.length > 0);
        expect(failures).toEqual(['watch_limit']);
        expect(watcher?.size).toBe(0);
      }
    }
    failures = [];
    await start({ watchPath: failingWatch(1, 'EIO') }).follow([root], true);
    expect(failures).toEqual(['watch_failed']);
  });

  it('passes by folders that vanished or cannot be read', async () => {
    start({ watchPath: failingWatch(1, 'EACCES') });
    expect(await watcher?.follow([root], true)).toEqual([]);
    expect(failures).toEqual([]);
  });
});
