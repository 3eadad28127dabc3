import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAllowed } from '../../../app/licences/allowed.ts';
import {
  collectLicences,
  packageOfModule,
  shippedPackages,
} from '../../../app/licences/collect.ts';

const project = join(import.meta.dirname, '..', '..', '..');

/** What the window's sources import, with all that those packages depend on: at least what is bundled. */
function windowPackages(): ReadonlySet<string> {
  const found = new Set<string>();
  const follow = (name: string): void => {
    if (found.has(name) || name.startsWith('@types/')) return;
    const path = join(project, 'node_modules', name, 'package.json');
    const file = JSON.parse(readFileSync(path, 'utf8')) as {
      dependencies?: Record<string, string>;
    };
    found.add(name);
    for (const dependency of Object.keys(file.dependencies ?? {})) follow(dependency);
  };
  for (const name of readdirSync(join(project, 'renderer'), {
    recursive: true,
    encoding: 'utf8',
  })) {
    if (!/\.tsx?$/.test(name)) continue;
    const text = readFileSync(join(project, 'renderer', name), 'utf8');
    for (const [, from = ''] of text.matchAll(/from '([^'.][^']*)'/g)) {
      const parts = from.split('/');
      follow(from.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? ''));
    }
  }
  return found;
}

describe('the licences', () => {
  const inWindow = windowPackages();
  const licences = collectLicences(project, inWindow);
  const names = licences.map(({ name }) => name);

  it('name every package that ships, and every one of the window', () => {
    expect([...inWindow]).toEqual(expect.arrayContaining(['react', 'react-dom', 'radix-ui']));
    expect(shippedPackages(project)).toEqual(expect.arrayContaining(['sharp', 'ws', 'zod']));
    const missing = [...shippedPackages(project), ...inWindow].filter(
      (name) => !names.includes(name),
    );
    expect(missing).toEqual([]);
  });

  it('name what is inside of packages, and the Node that comes along', () => {
    expect(names).toEqual(
      expect.arrayContaining(['Node.js', 'Electron', 'libvips', 'libheif', 'SQLite', 'ExifTool']),
    );
    const vips = licences.find(({ name }) => name === 'libvips');
    expect(vips).toMatchObject({ inside: 'sharp', version: expect.stringMatching(/^\d+\.\d+/) });
  });

  it('leave no package out that is declared as a dependency', () => {
    const { dependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(Object.keys(dependencies).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('are all among those agreed to, each with its whole text', () => {
    expect(licences.filter(({ licence }) => !isAllowed(licence))).toEqual([]);
    const short = licences.filter(({ name, text }) => text.length < 300 && name !== 'SQLite');
    expect(short.map(({ name }) => name)).toEqual([]);
  });

  it('name each part once', () => {
    const keys = licences.map(({ name, inside }) => `${inside ?? ''}/${name}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('terms', () => {
  it('are met by one choice of several, and by all parts of one', () => {
    expect(
      ['MIT', 'MIT OR GPL-3.0', '(MIT AND Zlib)', 'GPL-2.0 OR (MIT AND ISC)'].filter(isAllowed),
    ).toHaveLength(4);
    expect(
      ['GPL-3.0', 'MIT AND GPL-3.0', 'AGPL-3.0', 'none', '', 'UNLICENSED'].filter(isAllowed),
    ).toEqual([]);
  });
});

describe('modules of a bundle', () => {
  it('belong to the innermost package', () => {
    expect(packageOfModule('/x/node_modules/a/node_modules/@b/c/d.js')).toBe('@b/c');
    expect(packageOfModule('\0/x/node_modules/react/index.js?commonjs')).toBe('react');
    expect(packageOfModule('C:\\x\\node_modules\\ws\\index.js')).toBe('ws');
    expect(packageOfModule('/x/renderer/main.tsx')).toBeNull();
  });
});
