/** The 300 broken files of every `npm test`; `npm run fuzz` breaks thousands. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { fuzz } from './fuzz.ts';
import { mutate } from './mutate.ts';
import { PICTURES } from './pictures.ts';
import { createRandom } from './random.ts';

const COUNT = 300;
const SEED = 20_190_803;

const folder = mkdtempSync(join(tmpdir(), 'tagroll-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

it('300 broken pictures of every format end in results, and no neighbour notices', async () => {
  const report = await fuzz({ folder, count: COUNT, seed: SEED, workers: 2 });
  expect(report.offenders).toEqual([]);
  expect([...report.outcomes.keys()]).toEqual(PICTURES.map(({ kind }) => kind));
  const files = [...report.outcomes.values()].flatMap((row) => [...row.values()]);
  expect(files.reduce((sum, each) => sum + each, 0)).toBe(COUNT);
  expect(report.neighbours).toBe(COUNT / 10);
  // What is whole is shown, or all the rest would prove nothing.
  for (const kind of [
    'jpeg',
    'jpeg cmyk',
    'png 16 bit',
    'webp animated',
    'tiff pages',
    'avif',
    'heic',
    'heic with thumbnail',
    'heic transparent',
    'heic 10 bit',
  ]) {
    expect(report.unbroken.get(kind), kind).toBe('shown');
  }
}, 300_000);

it('breaks the same pictures the same way for the same seed', async () => {
  const [jpeg, png] = await Promise.all(PICTURES.slice(0, 2).map((picture) => picture.make()));
  if (!jpeg || !png) throw new Error('There are no pictures.');
  const broken = (seed: number) => mutate(jpeg, createRandom(seed), png);
  for (let seed = 1; seed <= 50; seed += 1) {
    expect(broken(seed)).toEqual(broken(seed));
    expect(broken(seed).mutations.length).toBeGreaterThan(0);
  }
  expect(
    new Set(Array.from({ length: 50 }, (_, seed) => broken(seed).bytes.toString('hex'))).size,
  ).toBeGreaterThan(40);
});
