import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { collect, runTagroll, startTagroll } from '../helpers/commandLine.ts';
import { writePicture } from '../helpers/pictures.ts';
import { killUnderLoad } from './killUnderLoad.ts';

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

it('loses and doubles nothing, however often it is killed while it indexes, tags and takes edits', async () => {
  const report = await killUnderLoad({ kills: 12, seed: Date.now() % 1_000_000, photos: 120 });
  // Names what is lost: files, edits, states, and what `check` says.
  expect(report.problems).toEqual([]);
  expect(report).toMatchObject({
    photosLost: 0,
    photosDoubled: 0,
    photosWrong: 0,
    ghosts: 0,
    editsLost: 0,
    editsUndone: 0,
    checkProblems: 0,
  });
  expect(report.filesTried).toBeGreaterThan(100);
  expect(report.edits).toBeGreaterThan(0);
  // Each kill costs at most the calls that were under way.
  expect(report.repliesPaid).toBeGreaterThan(0);
  expect(report.repliesLost).toBeLessThanOrEqual(report.allowance);
  expect(report.callsRepeated).toBeLessThanOrEqual(report.allowance);
}, 300_000);

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
