import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chromiumArguments, chromiumCandidates, findChromium } from '../../app/chromium.ts';
import { type FindOptions, findDesktop } from '../../app/electron.ts';
import { hasDisplay, watchLastWindow } from '../../app/open.ts';
import { fromWorkingFolder, libraryPath, newSocketPath } from '../../app/places.ts';
import { browseCommands, revealCommands, runFirst } from '../../app/reveal.ts';
import { SAMPLE_PICTURES } from '../../app/sample/album.ts';
import { paintPicture } from '../../app/sample/paint.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tagroll-doors-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the library that is opened', () => {
  it("is what was asked for, else the environment's, else the system's", () => {
    const environment = { INIT_CWD: '/home/me', TAGROLL_LIBRARY: 'mine' };
    expect(libraryPath('/a', environment, 'linux')).toBe(resolve('/a'));
    expect(libraryPath('b', environment, 'linux')).toBe(resolve('/home/me/b'));
    expect(libraryPath(undefined, environment, 'linux')).toBe(resolve('/home/me/mine'));
    expect(libraryPath(undefined, { TAGROLL_LIBRARY: '', XDG_DATA_HOME: '/data' }, 'linux')).toBe(
      join('/data', 'tagroll', 'library'),
    );
    expect(libraryPath(undefined, {}, 'linux')).toBe(
      join(homedir(), '.local', 'share', 'tagroll', 'library'),
    );
    expect(libraryPath(undefined, {}, 'darwin')).toContain(join('Application Support', 'Tagroll'));
    expect(libraryPath(undefined, { LOCALAPPDATA: '/local' }, 'win32')).toBe(
      join('/local', 'Tagroll', 'library'),
    );
  });

  it('is looked for where the person typed', () => {
    expect(fromWorkingFolder('x', {})).toBe(resolve('x'));
    expect(fromWorkingFolder('x', { INIT_CWD: '/home/me' })).toBe(resolve('/home/me/x'));
  });
});

describe('the private socket', () => {
  it.runIf(process.platform !== 'win32')(
    'lies in a folder that only this user may enter',
    async () => {
      const path = newSocketPath({ XDG_RUNTIME_DIR: folder }, process.platform);
      expect(path.startsWith(folder)).toBe(true);
      expect((await stat(join(path, '..'))).mode & 0o777).toBe(0o700);
    },
  );

  it('has a short enough path even where the folder for it is deep', async () => {
    const deep = join(folder, 'x'.repeat(100));
    await mkdir(deep);
    const path = newSocketPath({ XDG_RUNTIME_DIR: deep }, 'linux');
    expect(Buffer.byteLength(path)).toBeLessThan(104);
    await rm(join(path, '..'), { recursive: true });
  });

  it('is a pipe that nobody can guess on Windows', () => {
    const [one, two] = [newSocketPath({}, 'win32'), newSocketPath({}, 'win32')];
    expect(one).toMatch(/^\\\\\.\\pipe\\tagroll-[\w-]{43}$/);
    expect(one).not.toBe(two);
  });
});

describe('a Chromium window', () => {
  it('is looked for where each system has it', async () => {
    const program = join(folder, 'google-chrome');
    await writeFile(program, '', { mode: 0o755 });
    expect(findChromium({ PATH: `/nowhere:${folder}` }, 'linux')).toBe(program);
    expect(findChromium({ PATH: '' }, 'linux')).toBeNull();
    expect(chromiumCandidates({ PROGRAMFILES: 'P' }, 'win32')).toContain(
      join('P', 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    );
    expect(chromiumCandidates({}, 'darwin')[0]).toContain('Google Chrome.app');
  });

  it('has its own profile, and gives up its sandbox for root only', () => {
    const words = (asRoot: boolean): readonly string[] =>
      chromiumArguments({ url: 'http://127.0.0.1:1/', profilePath: folder, asRoot });
    expect(words(false)).toContain('--app=http://127.0.0.1:1/');
    expect(words(false)).toContain(`--user-data-dir=${folder}`);
    expect(words(false)).not.toContain('--no-sandbox');
    expect(words(true)).toContain('--no-sandbox');
  });

  it('is not tried where there is no display', () => {
    expect(hasDisplay({}, 'linux')).toBe(false);
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
    expect(hasDisplay({}, 'darwin')).toBe(true);
  });

  it('may be reloaded, but not closed, without ending Tagroll', async () => {
    const lastWindow = watchLastWindow(100);
    let ended = false;
    void lastWindow.ended.then(() => {
      ended = true;
    });
    await sleep(150);
    lastWindow.connections(1);
    lastWindow.connections(0);
    await sleep(20);
    lastWindow.connections(1);
    await sleep(150);
    expect(ended).toBe(false);
    lastWindow.connections(0);
    await expect.poll(() => ended).toBe(true);
  });
});

describe('other programs', () => {
  it('are asked in the way of each system, without a shell', () => {
    const path = "/photos/it's, mine 照.jpg";
    expect(revealCommands(path, 'darwin')).toEqual([{ file: 'open', arguments: ['-R', path] }]);
    expect(revealCommands(path, 'win32')[0]?.arguments).toEqual([`/select,${path}`]);
    const [dbus, fallback] = revealCommands(path, 'linux');
    expect(dbus?.arguments).toContain("['file:///photos/it%27s%2C%20mine%20%E7%85%A7.jpg']");
    expect(fallback).toEqual({ file: 'xdg-open', arguments: ['/photos'] });
    expect(browseCommands('http://x/?a&b', 'win32')[0]?.arguments.at(-1)).toBe('http://x/?a&b');
  });

  it('are tried in turn until one ends well', async () => {
    const node = (code: string): { file: string; arguments: string[] } => ({
      file: process.execPath,
      arguments: ['-e', code],
    });
    const marker = join(folder, 'ran');
    const good = node(`require('node:fs').appendFileSync(${JSON.stringify(marker)}, 'x')`);
    const missing = { file: join(folder, 'no-such-program'), arguments: [] };
    expect(await runFirst([missing, node('process.exit(3)'), good, good])).toBe(true);
    expect(await readFile(marker, 'utf8')).toBe('x');
    expect(await runFirst([missing])).toBe(false);
  });
});

describe('the desktop app', () => {
  function options(more: Partial<FindOptions> = {}): FindOptions {
    return {
      packagePath: join(folder, 'electron'),
      memoryPath: join(folder, 'cache', 'electron.json'),
      now: () => 0,
      reach: async () => undefined,
      install: async () => undefined,
      ...more,
    };
  }
  async function putBinary(): Promise<void> {
    await mkdir(join(folder, 'electron', 'dist'), { recursive: true });
    await writeFile(join(folder, 'electron', 'path.txt'), 'electron');
    await writeFile(join(folder, 'electron', 'dist', 'electron'), '');
  }

  it('is used when it is there, and fetched when it is not', async () => {
    await mkdir(join(folder, 'electron'));
    const binary = join(folder, 'electron', 'dist', 'electron');
    const found = { kind: 'found', binary };
    expect(await findDesktop(options({ install: putBinary }))).toEqual(found);
    const never = async (): Promise<never> => {
      throw new Error('asked');
    };
    expect(await findDesktop(options({ reach: never, install: never }))).toEqual(found);
  });

  it('is not looked for again for a day after it could not be had', async () => {
    await mkdir(join(folder, 'electron'));
    let tries = 0;
    const reach = async (): Promise<void> => {
      tries += 1;
      throw new Error('no route');
    };
    const hour = 3_600_000;
    const first = await findDesktop(options({ reach }));
    expect(first).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('no route'),
    });
    expect(await findDesktop(options({ reach, now: () => 23 * hour }))).toEqual(first);
    expect(tries).toBe(1);
    await findDesktop(options({ reach, now: () => 25 * hour }));
    expect(tries).toBe(2);
    await writeFile(join(folder, 'cache', 'electron.json'), 'damaged');
    await findDesktop(options({ reach, now: () => 26 * hour }));
    expect(tries).toBe(3);
  });

  it('is not looked for where it is not installed', async () => {
    expect(await findDesktop(options())).toMatchObject({ kind: 'unavailable' });
    expect(existsSync(join(folder, 'cache'))).toBe(false);
  });
});

describe('the sample library', () => {
  it('has a few dozen pictures of many years, cameras and places', () => {
    expect(SAMPLE_PICTURES.length).toBeGreaterThan(40);
    const years = new Set(SAMPLE_PICTURES.map(({ takenAt }) => takenAt?.slice(0, 4)));
    expect(years.size).toBeGreaterThan(7);
    const paths = SAMPLE_PICTURES.map((picture) => join(picture.folder, picture.name));
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('paints them the same each time, with the EXIF of their camera', async () => {
    const [picture] = SAMPLE_PICTURES;
    if (!picture) throw new Error('no pictures');
    const bytes = await paintPicture(picture, 1);
    const { width, height, exif, format } = await sharp(bytes).metadata();
    expect([width, height, format]).toEqual([1500, 1000, 'jpeg']);
    for (const text of ['NIKON D750', '2016:07:12 05:48:11', '+02:00']) {
      expect(exif?.includes(text)).toBe(true);
    }
    expect(picture.draw({ width: 300, height: 200, seed: 1 })).toBe(
      picture.draw({ width: 300, height: 200, seed: 1 }),
    );
  });
});
