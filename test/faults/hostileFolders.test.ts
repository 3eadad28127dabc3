/** Folders full of what only looks like photos: nothing of it is opened, and the photos between are found. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writePicture } from '../helpers/pictures.ts';
import { createEngineBench, type EngineBench, photosOf } from './engineBench.ts';

let bench: EngineBench;
let server: Server | null = null;

beforeEach(() => {
  bench = createEngineBench();
  mkdirSync(bench.photosPath);
});
afterEach(async () => {
  server?.close();
  server = null;
  await bench.remove();
});

it.skipIf(process.platform === 'win32')(
  'pipes, sockets and devices called .jpg are never opened',
  async () => {
    const at = (name: string): string => join(bench.photosPath, name);
    await writePicture(bench.photosPath, 'real.jpg', { seed: 1 });
    execFileSync('mkfifo', [at('pipe.jpg')]);
    // Whoever opened the pipe would take these bytes.
    const pipe = openSync(at('pipe.jpg'), constants.O_RDWR | constants.O_NONBLOCK);
    writeSync(pipe, 'untouched');
    let visitors = 0;
    server = createServer(() => {
      visitors += 1;
    }).listen(at('socket.jpg'));
    // A device that never ends, and one that hangs whoever reads it.
    const devices = ['zero.jpg c 1 5', 'random.png c 1 8', 'disk.tif b 7 63'].filter((words) => {
      const [name = '', ...rest] = words.split(' ');
      return spawnSync('mknod', [at(name), ...rest]).status === 0;
    });
    try {
      const client = await bench.open();
      await client.folders.add({ paths: [bench.photosPath] });
      const summary = await client.library.index({});
      expect(summary).toMatchObject({ found: 1, skipped: 2 + devices.length, failed: [] });
      expect((await photosOf(client)).map(({ path }) => path)).toEqual([at('real.jpg')]);
      expect(visitors).toBe(0);
      const left = Buffer.alloc(20);
      expect(left.toString('utf8', 0, readSync(pipe, left))).toBe('untouched');
    } finally {
      closeSync(pipe);
    }
  },
);

it.skipIf(process.platform === 'win32')(
  'names that are paths, commands or markup stay names, and links lead nowhere',
  async () => {
    const names = [
      'a..jpg.jpg',
      '-rf.jpg',
      '%2e%2e%2f%2e%2e%2fetc%2fpasswd.jpg',
      'a\\..\\..\\secret.jpg',
      'C:\\windows\\x.jpg',
      '$(touch hacked).jpg',
      '`touch hacked`; touch hacked.jpg',
      '<img src=x onerror=alert(1)>.jpg',
      "'; DROP TABLE photo; --.jpg",
      'CON.jpg',
      'nul\u202egpj.exe.jpg',
    ];
    for (const [seed, name] of names.entries()) {
      await writePicture(bench.photosPath, name, { seed: seed + 1 });
    }
    await writePicture(bench.base, 'outside/secret.jpg', { seed: 99 });
    const at = (path: string): string => join(bench.photosPath, path);
    mkdirSync(at('folder'));
    symlinkSync('..', at('folder/up.jpg'));
    symlinkSync('.', at('folder/here'));
    symlinkSync('loop.jpg', at('loop.jpg'));
    symlinkSync(join(bench.base, 'outside'), at('out'));
    symlinkSync(join(bench.base, 'outside/secret.jpg'), at('secret.jpg'));
    symlinkSync('/etc/passwd', at('passwd.jpg'));
    const client = await bench.open();
    await client.folders.add({ paths: [bench.photosPath] });
    expect(await client.library.index({})).toMatchObject({ found: names.length, failed: [] });
    const photos = await photosOf(client);
    expect(photos.map(({ path }) => path.slice(bench.photosPath.length + 1)).sort()).toEqual(
      [...names].sort(),
    );
    for (const { id, path } of photos) {
      const answer = await bench.engine.handle(new Request(`http://tagroll/media/original/${id}`));
      expect(answer.status, path).toBe(200);
      expect((await answer.arrayBuffer()).byteLength, path).toBeGreaterThan(100);
    }
    const wanted = { query: 'name:"$(touch hacked).jpg"', threshold: 0 };
    const found = await client.photos.search({
      ...wanted,
      sort: 'name',
      ascending: true,
      limit: 10,
      offset: 0,
    });
    expect(found.total).toBe(1);
    expect(await client.library.check()).toEqual({ ok: true, problems: [] });
  },
);
