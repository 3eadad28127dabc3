/**
 * Indexes a folder of hostile files with the command line and compares what became of each with what its
 * manifest allows: `check-hostile.ts FOLDER`.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { IndexSummary, Photo } from '../shared/model.ts';

type Outcome = 'index' | 'index-damaged' | 'index-error' | 'refuse-too-large' | 'skip';

type Hostile = {
  path: string;
  what: string;
  /** Any of them is right. */
  expect: Outcome[];
  facts?: {
    width?: number;
    height?: number;
    displayWidth?: number;
    displayHeight?: number;
    dateTaken?: string | null;
    gps?: { lat: number; lon: number } | null;
  };
};

/** Files that the manifest's decoder could not read, and ours can. */
const SHOWN_ALL_THE_SAME: readonly string[] = ['corpora/sharp-corrupt/relax.jp2'];
/** Degrees that two readings of one place may differ by. */
const DEGREES = 0.00002;
const TIME_LIMIT_MS = 110_000;

const project = resolve(import.meta.dirname, '..');
const folder = resolve(process.argv[2] ?? '.');
const library = mkdtempSync(join(tmpdir(), 'tagroll-hostile-'));

function tagroll<Answer>(...words: string[]): Answer {
  const run = spawnSync(
    process.execPath,
    [join(project, 'app/cli.ts'), ...words, '--library', library, '--json'],
    {
      encoding: 'utf8',
      maxBuffer: 1e9,
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: TIME_LIMIT_MS,
      killSignal: 'SIGKILL',
    },
  );
  if (run.status !== 0 && run.status !== 1) {
    const how = run.signal ?? run.status;
    throw new Error(`tagroll ${words[0]} did not survive: it ended with ${how}`);
  }
  return JSON.parse(run.stdout) as Answer;
}

function hasThumbnail({ imageHash }: Photo): boolean {
  if (imageHash === null) return false;
  const path = join(library, 'thumbnails', imageHash.slice(0, 2), `${imageHash}.jpg`);
  return existsSync(path) && statSync(path).size > 0;
}

function outcomeOf(photo: Photo | undefined, code: string | undefined): Outcome {
  if (!photo) return 'skip';
  if (photo.state === 'ok') return hasThumbnail(photo) ? 'index' : 'index-error';
  if (code === 'too_large') return 'refuse-too-large';
  return code === 'damaged' && hasThumbnail(photo) ? 'index-damaged' : 'index-error';
}

function isExpected({ path, expect }: Hostile, outcome: Outcome): boolean {
  if (expect.includes(outcome)) return true;
  // “Too large” is a plain error, too.
  if (outcome === 'refuse-too-large' && expect.includes('index-error')) return true;
  return outcome === 'index' && SHOWN_ALL_THE_SAME.includes(path);
}

/** Facts of a photo that is shown. */
function wrongFacts({ facts }: Hostile, photo: Photo): string[] {
  if (!facts) return [];
  const wrong: string[] = [];
  const compare = (what: string, is: unknown, should: unknown): void => {
    if (should !== undefined && is !== should) {
      wrong.push(`${what} is ${JSON.stringify(is)}, should be ${JSON.stringify(should)}`);
    }
  };
  const isKnown = facts.displayWidth !== undefined;
  compare('width', photo.width, isKnown ? facts.displayWidth : undefined);
  compare('height', photo.height, isKnown ? facts.displayHeight : undefined);
  if (!isKnown && facts.width !== undefined && facts.height !== undefined) {
    const sides = [photo.width, photo.height].sort().join(' × ');
    compare('size', sides, [facts.width, facts.height].sort().join(' × '));
  }
  if (facts.dateTaken !== undefined) {
    const isRead = photo.takenAtSource === 'exif' || photo.takenAtSource === 'xmp';
    compare('takenAt', isRead ? photo.takenAt : null, facts.dateTaken);
  }
  if (facts.gps === null) compare('place', photo.latitude, null);
  else if (facts.gps) {
    const { lat, lon } = facts.gps;
    const isNear =
      Math.abs((photo.latitude ?? 999) - lat) <= DEGREES &&
      Math.abs((photo.longitude ?? 999) - lon) <= DEGREES;
    if (!isNear) wrong.push(`place is ${photo.latitude}, ${photo.longitude}`);
  }
  return wrong;
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

try {
  const { files } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    files: Hostile[];
  };
  const there = files.filter(({ path }) => existsSync(join(folder, path)));
  const before = new Map(there.map(({ path }) => [path, hashOf(join(folder, path))]));
  const summary = tagroll<IndexSummary>('index', folder);
  const { photos } = tagroll<{ photos: Photo[] }>('search', '--limit', '100000');
  const byPath = new Map(photos.map((photo) => [photo.path, photo]));
  const codes = new Map(summary.failed.map(({ path, code }) => [path, code]));
  let wrong = 0;
  const report = (path: string, line: string): void => {
    process.stdout.write(`${JSON.stringify(path)}: ${line}\n`);
  };
  for (const hostile of there) {
    const path = join(folder, hostile.path);
    const photo = byPath.get(path);
    const code = codes.get(path);
    const outcome = outcomeOf(photo, code);
    const problems = isExpected(hostile, outcome)
      ? photo && outcome === 'index'
        ? wrongFacts(hostile, photo)
        : []
      : [
          `${outcome} (${code ?? photo?.state ?? 'not listed'}), expected ${hostile.expect.join(' or ')}`,
        ];
    if (photo?.state === 'pending') problems.push('was not finished');
    if (hashOf(path) !== before.get(hostile.path)) problems.push('was changed');
    if (problems.length > 0) wrong += 1;
    for (const problem of problems) report(hostile.path, `${problem} — ${hostile.what}`);
  }
  const again = tagroll<IndexSummary>('index', folder);
  const moved = again.added + again.changed + again.moved + again.missing;
  if (moved > 0) process.stdout.write(`A second index found changes: ${JSON.stringify(again)}\n`);
  process.stdout.write(
    `Hostile files: ${there.length - wrong} of ${there.length} as expected, in ${summary.seconds} s.\n`,
  );
  process.exitCode = wrong > 0 || moved > 0 || there.length === 0 ? 1 : 0;
} catch (error) {
  process.stdout.write(`Hostile files: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  rmSync(library, { recursive: true, force: true });
}
