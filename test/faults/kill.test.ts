import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { IndexSummary, Photo } from '../../shared/model.ts';
import { collect, runTagroll, startTagroll } from '../helpers/commandLine.ts';
import { writePicture } from '../helpers/pictures.ts';

const KILLS = 12;
const PHOTOS = 60;

let folder: string;
let library: string;
beforeEach(() => {
  const base = mkdtempSync(join(tmpdir(), 'tagroll-kill-'));
  folder = join(base, 'photos');
  library = join(base, 'library');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

/** Runs a command to its end and reads its document. */
async function command<Answer>(...words: string[]): Promise<Answer> {
  const ran = await runTagroll([...words, '--library', library, '--json']);
  expect(ran.status, ran.stderr).toBe(0);
  return ran.json<Answer>();
}

function start(...words: string[]) {
  return startTagroll([...words, '--library', library, '--json']);
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

it('loses and doubles no photo, however often it is killed while it indexes', async () => {
  for (let seed = 1; seed <= PHOTOS; seed += 1) {
    await writePicture(folder, `${seed % 5}/${seed}.jpg`, { seed, width: 1600, height: 1200 });
  }
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = start('index', folder);
    const ended = collect(child);
    // From before the library is open to well into the second pass.
    await pause(150 + Math.random() * 900);
    child.kill('SIGKILL');
    await ended;
  }
  const summary = await command<IndexSummary>('index', folder);
  expect(summary).toMatchObject({ found: PHOTOS, missing: 0, failed: [] });
  const { total, photos } = await command<{ total: number; photos: Photo[] }>('search');
  expect(total).toBe(PHOTOS);
  expect(new Set(photos.map((photo) => photo.path)).size).toBe(PHOTOS);
  expect(new Set(photos.map((photo) => photo.imageHash)).size).toBe(PHOTOS);
  expect(photos.every((photo) => photo.state === 'ok' && photo.tags.length > 0)).toBe(true);
  expect(await command('check')).toEqual({ ok: true, problems: [] });
}, 180_000);

it('keeps what a person did when it is killed right after the answer', async () => {
  for (let seed = 1; seed <= 3; seed += 1) await writePicture(folder, `${seed}.jpg`, { seed });
  await command('index', folder);
  for (let round = 1; round <= 3; round += 1) {
    const child = start('label', 'add', `round ${round}`, '--query', `name:${round}.jpg`);
    const ended = collect(child);
    child.stdout?.once('data', () => child.kill('SIGKILL'));
    await ended;
  }
  const { tags } = await command<{
    tags: { names: { en?: string }; type: string; count: number }[];
  }>('tags');
  const own = tags.filter((tag) => tag.type === 'mine').map((tag) => [tag.names.en, tag.count]);
  expect(own.sort()).toEqual([1, 2, 3].map((round) => [`round ${round}`, 1]));
}, 60_000);
