/** Packs the desktop app around a stand-in for Electron, and runs what is in the package. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseV1Options } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureRenderer } from '../../app/builds.ts';
import { FUSES, programPath } from '../../app/desktop/afterPack.ts';
import { startedModules } from '../../app/desktop/startedModules.ts';
import { heifFile, tile } from '../helpers/heif.ts';
import { JP2, JXL } from '../main/imaging/decoders/samples.ts';

const project = join(import.meta.dirname, '..', '..');

describe('what is packed', () => {
  it('includes every module that runs on its own', () => {
    const names = startedModules(join(project, 'main')).map((path) =>
      path.slice(project.length + 1),
    );
    expect(names).toContain(join('main', 'library', 'writerThread.ts'));
    expect(names).toContain(join('main', 'imaging', 'worker.ts'));
    expect(names.filter((name) => !existsSync(join(project, name)))).toEqual([]);
  });

  it('is closed against being used as a Node, or with other code', () => {
    expect(FUSES).toMatchObject({
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
      [FuseV1Options.EnableCookieEncryption]: true,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    });
  });

  it.each([
    ['linux', join('/out', 'tagroll')],
    ['darwin', join('/out', 'Tagroll.app')],
    ['win32', join('/out', 'Tagroll.exe')],
  ])('is found on %s', (electronPlatformName, path) => {
    const packager = { appInfo: { productFilename: 'Tagroll' }, executableName: 'tagroll' };
    expect(programPath({ appOutDir: '/out', electronPlatformName, packager })).toBe(path);
  });
});

/** A name that breaks whoever does not quote. */
const FOLDER = 'tagroll päck age-';

describe.runIf(process.platform === 'linux')('a package', () => {
  let folder = '';
  let resources = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), FOLDER));
    const electron = join(folder, 'electron');
    await mkdir(join(electron, 'resources'), { recursive: true });
    await writeFile(join(electron, 'electron'), '#!/bin/sh\n');
    await chmod(join(electron, 'electron'), 0o755);
    await ensureRenderer(project);
    run(process.execPath, [join('app', 'desktop', 'build.ts')]);
    const output = join(folder, 'out');
    run(
      process.execPath,
      [
        join('node_modules', 'electron-builder', 'cli.js'),
        '--dir',
        '--publish=never',
        `-c.electronDist=${electron}`,
        `-c.directories.output=${output}`,
      ],
      { TAGROLL_KEEP_FUSES: '1' },
    );
    const [unpacked] = (await readdir(output)).filter((name) => name.endsWith('unpacked'));
    resources = join(output, unpacked ?? '', 'resources');
  }, 180_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  function run(program: string, words: readonly string[], env: Record<string, string> = {}): void {
    const ran = spawnSync(program, words, { cwd: project, env: { ...process.env, ...env } });
    if (ran.status !== 0) throw new Error(`${words.join(' ')}: ${ran.stdout}${ran.stderr}`);
  }

  it('holds the window, the engine and the native modules of this system, and no sources', () => {
    const files = listPackage(join(resources, 'app.asar'), { isPack: false });
    expect(files).toEqual(
      expect.arrayContaining([
        '/package.json',
        '/dist/desktop/main.js',
        '/dist/desktop/preload.cjs',
        '/dist/engine/process.js',
        '/dist/engine/worker.js',
        '/dist/renderer/index.html',
      ]),
    );
    const packages = files
      .filter((path) => /^\/node_modules\/[^/@]+$/.test(path))
      .map((path) => path.split('/')[2]);
    expect(packages.sort()).toEqual([
      'better-sqlite3',
      'detect-libc',
      'exiftool-vendored.pl',
      'libheif-js',
      'semver',
      'sharp',
    ]);
    // A program of its own has to lie outside the archive.
    const unpacked = join(resources, 'app.asar.unpacked', 'node_modules', 'exiftool-vendored.pl');
    for (const path of ['bin/exiftool', 'bin/lib/Image/ExifTool.pm', 'package.json']) {
      expect(existsSync(join(unpacked, path)), path).toBe(true);
    }
    const binaries = files.filter((path) => /prebuilds\/.*\.node$/.test(path));
    expect(binaries.length).toBeGreaterThan(0);
    expect(binaries.filter((path) => !path.includes('linux'))).toEqual([]);
    expect(files.filter((path) => /\.(ts|map)$|better-sqlite3\/(src|deps)\//.test(path))).toEqual(
      [],
    );
  });

  it('has a command line that needs nothing of the system', () => {
    const ran = spawnSync(
      join(resources, 'bin', 'tagroll'),
      ['--library', join(folder, 'library'), 'settings', 'lens', '--json'],
      { env: {}, cwd: '/' },
    );
    expect([ran.status, String(ran.stdout), String(ran.stderr)]).toEqual([
      0,
      '{"settings":{"lens":50}}\n',
      '',
    ]);
  });

  it('reads pictures with the decoders that it brings', async () => {
    const photos = join(folder, 'photos');
    await mkdir(photos);
    await writeFile(join(photos, 'phone.heic'), heifFile([tile()], 1));
    await writeFile(join(photos, 'new.jxl'), JXL);
    await writeFile(join(photos, 'scan.jp2'), JP2);
    const words = ['--library', join(folder, 'decoded'), 'index', photos, '--json'];
    const ran = spawnSync(join(resources, 'bin', 'tagroll'), words, { env: {}, cwd: '/' });
    const said = JSON.parse(String(ran.stdout)) as { found: number; failed: unknown[] };
    expect([said.found, said.failed]).toEqual([3, []]);
  });

  it('has an engine that ends with its parent', async () => {
    const dist = join(resources, 'app.asar.unpacked', 'dist');
    const words = [
      join(dist, 'engine', 'process.js'),
      `--library=${join(folder, 'library')}`,
      `--renderer=${join(dist, 'renderer')}`,
    ];
    const engine: ChildProcess = spawn(join(resources, 'node', 'bin', 'node'), words, {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      env: {},
    });
    const said = await new Promise<string>((resolve, reject) => {
      engine.stdout?.once('data', (data) => resolve(String(data)));
      engine.once('exit', (status) => reject(new Error(`ended with ${status}`)));
    });
    const ready = JSON.parse(said) as { kind: string; socketPath: string };
    expect(ready.kind).toBe('ready');
    const ended = new Promise((resolve) => engine.once('exit', resolve));
    engine.disconnect();
    expect(await ended).toBe(0);
    expect(existsSync(ready.socketPath)).toBe(false);
  });
});
