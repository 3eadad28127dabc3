/** A folder is an environment: this reads every import and holds the line. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const project = join(import.meta.dirname, '..');
const MAX_LINES = 400;

type Source = {
  /** From the project's folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
};

const sources = ['app', 'bench', 'main', 'renderer', 'shared', 'test'].flatMap(readFolder);
const shipped = sources.filter(({ path }) => !/^(test|bench)\//.test(path));

function readFolder(folder: string): readonly Source[] {
  return readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|tsx|mjs|cjs|js|jsx)$/.test(name))
    .map((name) => {
      const path = join(folder, name).split(sep).join('/');
      const text = readFileSync(join(project, path), 'utf8');
      return { path, text, imports: importsOf(path, text) };
    });
}

/** Packages as they are named, own files as their path in the project. */
function importsOf(path: string, text: string): readonly string[] {
  const found = withoutComments(text).matchAll(
    /(?:^|[\n;])\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|(?:^|[\n;])\s*import\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]/g,
  );
  return [...found].map(([, from, bare, dynamic]) => {
    const name = from ?? bare ?? dynamic ?? '';
    if (!name.startsWith('.')) return name;
    return relative(project, join(project, dirname(path), name))
      .split(sep)
      .join('/');
  });
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

/** Every breach as "file imports thing". */
function breaches(
  files: readonly Source[],
  isForbidden: (imported: string, path: string) => boolean,
): readonly string[] {
  return files.flatMap(({ path, imports }) =>
    imports
      .filter((imported) => isForbidden(imported, path))
      .map((imported) => `${path} imports ${imported}`),
  );
}

const inside = (folder: string) => (file: Source) => file.path.startsWith(`${folder}/`);
const isOwn = (imported: string): boolean =>
  /^(app|main|renderer|shared|test|bench)\//.test(imported);
const isNode = (imported: string): boolean => imported.startsWith('node:');

describe('the reader of imports', () => {
  it('sees every kind, and no comment', () => {
    const text = `
      import a from 'a';
      import type { B } from './b.ts';
      import 'c';
      import {
        d,
      } from "d";
      export { e } from '../e.ts';
      const f = await import('f');
      // import g from 'g';
      /* import h from 'h'; */
    `;
    expect(importsOf('main/x/y.ts', text)).toEqual([
      'a',
      'main/x/b.ts',
      'c',
      'd',
      'main/e.ts',
      'f',
    ]);
  });

  it('finds the project', () => {
    expect(shipped.length).toBeGreaterThan(100);
    expect(sources.find(({ path }) => path === 'main/engine.ts')?.imports).toContain(
      'main/library/open.ts',
    );
  });
});

describe('environments', () => {
  it('shared/ runs anywhere and imports nothing of ours', () => {
    const allowed = ['zod', '@orpc/contract'];
    const isForbidden = (imported: string): boolean =>
      isOwn(imported) ? !imported.startsWith('shared/') : !allowed.includes(imported);
    expect(breaches(shipped.filter(inside('shared')), isForbidden)).toEqual([]);
  });

  it('main/ is plain Node: no door, no window, no electron', () => {
    const isForbidden = (imported: string, path: string): boolean => {
      // The engine as a process of its own has to open a door, and follows its parent: that one file may.
      const own = ['app/host.ts', 'app/handedDoor.ts', 'app/engineMessages.ts'];
      if (path === 'main/process.ts' && own.includes(imported)) return false;
      return /^(app|renderer|test|bench)\//.test(imported) || /^(electron|react)/.test(imported);
    };
    expect(breaches(shipped.filter(inside('main')), isForbidden)).toEqual([]);
  });

  it('renderer/ is a page: no Node, no engine, no door', () => {
    const isForbidden = (imported: string): boolean =>
      isNode(imported) ||
      /^(app|main|test|bench)\//.test(imported) ||
      /^(electron|better-sqlite3|sharp|ws|@orpc\/server)/.test(imported);
    expect(breaches(shipped.filter(inside('renderer')), isForbidden)).toEqual([]);
  });

  it('app/desktop/ alone imports electron, and nobody else imports app/desktop/', () => {
    const outside = shipped.filter(({ path }) => !path.startsWith('app/desktop/'));
    const isForbidden = (imported: string): boolean =>
      /^(electron$|electron\/|@electron\/)/.test(imported) || imported.startsWith('app/desktop/');
    expect(breaches(outside, isForbidden)).toEqual([]);
  });

  it('the doors do not import the page', () => {
    const isForbidden = (imported: string): boolean => imported.startsWith('renderer/');
    expect(breaches(shipped.filter(inside('app')), isForbidden)).toEqual([]);
  });

  it('nothing that ships imports a test', () => {
    expect(breaches(shipped, (imported) => /^(test|bench)\//.test(imported))).toEqual([]);
  });

  it('no native module comes into an Electron process', () => {
    const reached = new Set<string>();
    const follow = (path: string): void => {
      const file = sources.find((candidate) => candidate.path === path);
      for (const imported of file?.imports ?? []) {
        if (reached.has(imported)) continue;
        reached.add(imported);
        follow(imported);
      }
    };
    follow('app/desktop/main.ts');
    follow('app/desktop/preload.ts');
    expect(reached).toContain('ws');
    expect([...reached].filter((name) => /^(better-sqlite3|sharp)$/.test(name))).toEqual([]);
  });
});

describe('the database', () => {
  const elsewhere = shipped.filter(({ path }) => !/^main\/(library|search)\//.test(path));

  it('is opened by the library only', () => {
    expect(breaches(elsewhere, (imported) => imported === 'better-sqlite3')).toEqual([]);
  });

  it('is asked in SQL by the library and the search only', () => {
    const sql =
      /\b(SELECT\b[\s\S]{1,200}?\bFROM\b|INSERT\s+(OR\s+\w+\s+)?INTO\b|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\b|CREATE\s+(TEMP\s+)?(TABLE|INDEX|VIEW)\b|PRAGMA\s+\w+)/;
    const found = elsewhere.filter(({ text }) => sql.test(withoutComments(text)));
    expect(found.map(({ path }) => path)).toEqual([]);
  });
});

describe('habits', () => {
  it(`no file is longer than ${MAX_LINES} lines`, () => {
    const long = sources.filter(({ text }) => text.split('\n').length - 1 > MAX_LINES);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it('own files are named with their extension', () => {
    expect(breaches(sources, (imported) => isOwn(imported) && !/\.\w+$/.test(imported))).toEqual(
      [],
    );
  });

  it('nothing is imported by a computed name, or around the import', () => {
    const escapes = /\bimport\s*\(\s*(?!['"][^'"]+['"]\s*\))|\bcreateRequire\b|\brequire\s*\(/;
    const found = shipped.filter(({ text }) => escapes.test(withoutComments(text)));
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  it('modules that run on their own are found in one way', () => {
    const found = shipped.filter(({ path, text }) =>
      path === 'main/modules.ts'
        ? false
        : /new URL\([^)]*import\.meta\.url/.test(withoutComments(text)),
    );
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  it('no file only passes on what others export', () => {
    const found = shipped.filter(({ text }) => {
      const statements = withoutComments(text)
        .split(';')
        .map((statement) => statement.trim())
        .filter((statement) => statement !== '' && !statement.startsWith('import'));
      return (
        statements.length > 0 &&
        statements.every((statement) => /^export\b[\s\S]*\bfrom\s*['"]/.test(statement))
      );
    });
    expect(found.map(({ path }) => path)).toEqual([]);
  });
});
