import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureRenderer, sourcesStamp } from '../../app/builds.ts';

let project = '';
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'tagroll-builds-'));
});
afterEach(() => rm(project, { recursive: true }));

/** A project whose `vite build` counts how often it ran. */
async function makeProject(program: string): Promise<void> {
  await mkdir(join(project, 'renderer', 'grid'), { recursive: true });
  await writeFile(join(project, 'renderer', 'grid', 'Grid.tsx'), '1');
  await mkdir(join(project, 'node_modules', 'vite', 'bin'), { recursive: true });
  await writeFile(
    join(project, 'node_modules', 'vite', 'bin', 'vite.js'),
    `const fs = require('node:fs'); fs.mkdirSync('dist/renderer', { recursive: true }); fs.appendFileSync('dist/count', 'x'); ${program}`,
  );
}

const builds = (): Promise<string> => readFile(join(project, 'dist', 'count'), 'utf8');

describe('the built window', () => {
  it('is built once, and again when a source changed', async () => {
    await makeProject('');
    let told = 0;
    const ensure = (): Promise<void> =>
      ensureRenderer(project, () => {
        told += 1;
      });
    await ensure();
    await ensure();
    expect([await builds(), told]).toEqual(['x', 1]);
    await writeFile(join(project, 'renderer', 'grid', 'Grid.tsx'), '22');
    await ensure();
    expect([await builds(), told]).toEqual(['xx', 2]);
  });

  it('is built by one at a time', async () => {
    await makeProject("setTimeout(() => fs.writeFileSync('dist/renderer/index.html', ''), 200);");
    await Promise.all([ensureRenderer(project), ensureRenderer(project), ensureRenderer(project)]);
    expect(await builds()).toBe('x');
  });

  it('does not wait for a builder that was ended long ago', async () => {
    await makeProject('');
    const lock = join(project, 'dist', '.renderer-lock');
    await mkdir(lock, { recursive: true });
    await utimes(lock, 1, 1);
    await ensureRenderer(project);
    expect([await builds(), existsSync(lock)]).toEqual(['x', false]);
  });

  it('is not taken for built when the build failed', async () => {
    await makeProject('process.exit(1);');
    await expect(ensureRenderer(project)).rejects.toThrow('could not be built (status 1)');
    await expect(ensureRenderer(project)).rejects.toThrow('vite');
    expect(await builds()).toBe('xx');
  });

  it('is what it is in a package, which has no sources', async () => {
    await ensureRenderer(project);
    expect(existsSync(join(project, 'dist'))).toBe(false);
  });
});

describe('the stamp of sources', () => {
  it('changes with a new, a changed and a removed file', async () => {
    const file = join(project, 'renderer', 'a.ts');
    await mkdir(join(project, 'renderer'));
    const stamps = [sourcesStamp(project, ['renderer'])];
    await writeFile(file, '1');
    stamps.push(sourcesStamp(project, ['renderer']));
    await writeFile(file, '2');
    await utimes(file, 5, 5);
    stamps.push(sourcesStamp(project, ['renderer']));
    expect(new Set(stamps).size).toBe(3);
    await rm(file);
    expect(sourcesStamp(project, ['renderer', 'none'])).toBe(stamps[0]);
  });
});
