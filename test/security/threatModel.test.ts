/** The page on attacks tells of tests: each has to be there, under the name it is told by. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const project = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(project, 'docs', 'threat-model.md'), 'utf8');
const named = [...page.matchAll(/`(test\/[^`]+)`: \*([^*]+)\*/g)].map(
  ([, path = '', title = '']) => ({
    path,
    title,
  }),
);

describe('the threat model', () => {
  it('names only tests that exist', () => {
    const missing = named.filter(({ path, title }) => {
      const file = join(project, path);
      return !existsSync(file) || !readFileSync(file, 'utf8').includes(title);
    });
    expect(missing).toEqual([]);
    expect(named.length).toBeGreaterThan(35);
  });

  it('names a test for every attack', () => {
    const attacks = page.split('\n').filter((line) => /^\| (?!attack|---)/.test(line));
    expect(attacks.filter((line) => !/`test\/[^`]+`: \*[^*]+\* \|$/.test(line))).toEqual([]);
    expect(attacks).toHaveLength(named.length);
  });

  it('says what is not protected, and can be found from the README', () => {
    expect(page).toContain('## What is not protected');
    expect(readFileSync(join(project, 'README.md'), 'utf8')).toContain('docs/threat-model.md');
  });
});
