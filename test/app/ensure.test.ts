import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findNode, install, isInstalled, writeStamp } from '../../app/ensure.mjs';

const script = join(import.meta.dirname, '..', '..', 'app', 'ensure.mjs');
let project = '';

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'tagroll-ensure-'));
  await mkdir(join(project, 'node_modules'));
  await writeFile(join(project, 'package-lock.json'), '{"version":1}');
});
afterEach(() => rm(project, { recursive: true }));

describe('the stamp', () => {
  it('says whether the packages are those of the lockfile', async () => {
    expect(isInstalled(project)).toBe(false);
    writeStamp(project);
    expect(isInstalled(project)).toBe(true);
    await writeFile(join(project, 'package-lock.json'), '{"version":2}');
    expect(isInstalled(project)).toBe(false);
  });
});

describe('installing', () => {
  it('happens once for a lockfile', () => {
    const runs: string[] = [];
    const run = (path: string): boolean => runs.push(path) > 0;
    expect([install(project, run), install(project, run)]).toEqual([true, false]);
    expect(runs).toEqual([project]);
  });

  it('is tried twice, then says what to do', () => {
    let runs = 0;
    const failing = (): boolean => {
      runs += 1;
      return false;
    };
    expect(() => install(project, failing)).toThrow('Check the network');
    expect([runs, isInstalled(project)]).toEqual([2, false]);
    const second = (): boolean => {
      runs += 1;
      return runs === 4;
    };
    expect(install(project, second)).toBe(true);
    expect(isInstalled(project)).toBe(true);
  });
});

describe('the Node to run with', () => {
  it('is the one at hand if it is new enough', () => {
    expect(findNode(project, { path: '/usr/bin/node', version: '24.0.0' })).toBe('/usr/bin/node');
  });

  it('is else the one among the packages', async () => {
    const program = process.platform === 'win32' ? 'node.exe' : 'node';
    const bundled = join(project, 'node_modules', 'node', 'bin', program);
    await mkdir(join(bundled, '..'), { recursive: true });
    await writeFile(bundled, '');
    expect(findNode(project, { path: '/usr/bin/node', version: '20.19.2' })).toBe(bundled);
  });

  it('is else asked for by its version', () => {
    expect(() => findNode(project, { path: '/usr/bin/node', version: '20.19.2' })).toThrow(
      /Node 24 or newer; this one is 20\.19\.2.*nodejs\.org/,
    );
  });
});

describe('the script', () => {
  async function copyScript(): Promise<string> {
    await mkdir(join(project, 'app'));
    const copy = join(project, 'app', 'ensure.mjs');
    await copyFile(script, copy);
    await copyFile(join(script, '..', 'nodeFlags.mjs'), join(project, 'app', 'nodeFlags.mjs'));
    return copy;
  }

  it('only writes the stamp after an install', async () => {
    const copy = await copyScript();
    const result = spawnSync(process.execPath, [copy, '--stamp']);
    expect([result.status, String(result.stdout), String(result.stderr)]).toEqual([0, '', '']);
    expect(isInstalled(project)).toBe(true);
  });

  it('never lets npm compile what brings its binaries', async () => {
    const copy = await copyScript();
    const npm = join(project, 'npm.js');
    const asked = join(project, 'asked.txt');
    await writeFile(
      npm,
      `require('node:fs').appendFileSync(${JSON.stringify(asked)}, process.argv.slice(2).join(' ') + '\\n');`,
    );
    const result = spawnSync(process.execPath, [copy], {
      env: { ...process.env, npm_execpath: npm },
    });
    expect(result.status).toBe(0);
    expect(await readFile(asked, 'utf8')).toBe(
      'ci --ignore-scripts --loglevel=error\nrebuild node --loglevel=error\n',
    );
    expect(isInstalled(project)).toBe(true);
  });

  it('hands over to a program, with its words, its output and its status', async () => {
    const copy = await copyScript();
    writeStamp(project);
    await writeFile(
      join(project, 'app', 'program.mjs'),
      'console.log(JSON.stringify(process.argv.slice(2))); process.exit(3);',
    );
    const result = spawnSync(process.execPath, [
      copy,
      '--run',
      'app/program.mjs',
      'search',
      '-has:gps camera:canon',
    ]);
    expect(String(result.stdout)).toBe('["search","-has:gps camera:canon"]\n');
    expect([result.status, String(result.stderr)]).toEqual([3, '']);
  });
});
