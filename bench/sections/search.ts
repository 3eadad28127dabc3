/**
 * Search on large libraries: every bar in the engine, plain SQL on the same library beside it, and how
 * each figure grows with the library.
 */

import { startAsked } from '../lib/asking.ts';
import type { Bench } from '../lib/bench.ts';
import { createQuestions, type KnownTag } from '../lib/searchQuestions.ts';
import type { SqlQuestion } from '../lib/searchSql.ts';
import { percentile } from '../lib/statistics.ts';
import type { Bar, Row, Unit } from '../lib/table.ts';
import { makeSearchLibrary } from '../makeSearchLibrary.ts';
import type { IndexTable } from '../searchIndexProcess.ts';
import type { Question, SearchTable } from '../searchProcess.ts';

const QUESTIONS = 200;
/** So many of the same kind before, so that the engine runs as it does after a minute of use. */
const WARM_UP = 40;
const SQL_QUESTIONS = 25;
const STARTS = 3;
const TAGGED_PHOTOS = 1000;
const TAGGINGS = 15;
const STEPS = [100, 10, 1] as const;

/** Figures of one library, by name. */
type Figure = {
  readonly p50: number | null;
  readonly p95: number;
  readonly unit: Unit;
  readonly limit: number | null;
  readonly sql?: readonly number[];
};
type Figures = Map<string, Figure>;

type Known = { readonly tags: readonly KnownTag[]; readonly photos: number };

export async function search(bench: Bench): Promise<readonly Row[]> {
  const sizes = [...new Set(STEPS.map((step) => Math.ceil(bench.libraryPhotos / step)))];
  const measured: Figures[] = [];
  for (const photos of sizes) {
    bench.say(`  ${photos} photos…`);
    measured.push(await measure(bench, photos));
  }
  const largest = measured.at(-1);
  if (!largest) throw new Error('No library was measured.');
  return [...largest].map(([name, figure]) => ({
    section: 'search',
    name,
    measured: figure.p95,
    unit: figure.unit,
    ...(figure.limit === null ? {} : { bar: atMost(figure.limit, figure.unit) }),
    note: noteOf(name, figure, sizes, measured),
  }));
}

/** Times are for the machine that all bars are for; memory is the same everywhere. */
function atMost(value: number, unit: Unit): Bar {
  return { kind: 'at most', value, scaled: unit !== 'MB' };
}

function noteOf(
  name: string,
  figure: Figure,
  sizes: readonly number[],
  measured: readonly Figures[],
): string {
  const growth = measured.map((figures, index) => {
    const value = figures.get(name)?.p95 ?? Number.NaN;
    return `${(sizes[index] ?? 0).toLocaleString('en')}: ${shortNumber(value)}`;
  });
  const middle = figure.p50 === null ? '' : `p50 ${shortNumber(figure.p50)}; `;
  const sql = figure.sql
    ? `; SQL p50 ${shortNumber(percentile(figure.sql, 50))}, p95 ${shortNumber(percentile(figure.sql, 95))}`
    : '';
  return `${middle}${growth.join(', ')}${sql}`;
}

function shortNumber(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(0);
}

async function measure(bench: Bench, photos: number): Promise<Figures> {
  const libraryPath = await makeSearchLibrary(photos, bench.workshop, bench.say);
  const figures: Figures = new Map();
  const { tags, sql, followed } = await measureIndex(libraryPath, photos);
  await measureEngine(libraryPath, { tags, photos }, figures);
  for (const [name, times] of sql) {
    const figure = figures.get(name);
    if (figure) figures.set(name, { ...figure, sql: times });
  }
  figures.set(`${TAGGED_PHOTOS} photos tagged → index in step, p95`, {
    ...spread(followed),
    unit: 'ms',
    limit: 20,
  });
  return figures;
}

function spread(times: readonly number[]): { p50: number; p95: number } {
  return { p50: percentile(times, 50), p95: percentile(times, 95) };
}

const ONE_TAG = 'one tag with threshold: count and first 200, p95';
const THREE_TERMS = 'three terms: AND, OR, NOT, dates, camera, p95';
const SOME_FACETS = 'facets of up to a tenth of the photos, p95';
const WORD = 'one word: tag, file or folder, p95';

/** Also leaves a snapshot, for the starts that are measured. */
async function measureIndex(libraryPath: string, photos: number) {
  const process = startAsked<IndexTable>(new URL('../searchIndexProcess.ts', import.meta.url));
  try {
    const { tags } = await process.ask('open', { libraryPath });
    const questions = createQuestions(tags, photos);
    const followed: number[] = [];
    for (let round = 0; round < TAGGINGS; round += 1) {
      const photoIds = Array.from(
        { length: Math.min(TAGGED_PHOTOS, photos) },
        () => 1 + questions.random.whole(photos),
      );
      followed.push(await process.ask('tagPhotos', { tag: `bench ${round}`, photoIds }));
    }
    const ask = (kind: SqlQuestion['kind']): Promise<readonly number[]> =>
      process.ask(
        'sql',
        Array.from({ length: SQL_QUESTIONS }, () => ({
          kind,
          tags: [questions.drawTag().id, questions.drawTag().id],
          word: 'img_00',
          threshold: questions.threshold(),
        })),
      );
    const sql = new Map([
      [ONE_TAG, await ask('tag')],
      [THREE_TERMS, await ask('and')],
      [SOME_FACETS, await ask('facets')],
      [WORD, await ask('word')],
    ]);
    await process.ask('close', null);
    return { tags, sql, followed };
  } finally {
    await process.stop();
  }
}

async function measureEngine(libraryPath: string, known: Known, figures: Figures): Promise<void> {
  const starts: number[] = [];
  for (let round = 0; round < STARTS; round += 1) {
    const process = startAsked<SearchTable>(new URL('../searchProcess.ts', import.meta.url));
    try {
      starts.push((await process.ask('open', { libraryPath, query: 'tag:dog' })) / 1000);
      if (round === STARTS - 1) await askEverything(process, known, figures);
      await process.ask('close', null);
    } finally {
      await process.stop();
    }
  }
  figures.set('process start → first answer, slowest', {
    p50: percentile(starts, 50),
    p95: Math.max(...starts),
    unit: 's',
    limit: 2,
  });
}

async function askEverything(
  process: ReturnType<typeof startAsked<SearchTable>>,
  { tags, photos }: Known,
  figures: Figures,
): Promise<void> {
  const questions = createQuestions(tags, photos);
  const before = await process.ask('memory', null);
  const time = async (
    name: string,
    limit: number | null,
    make: (count: number) => Question[],
    count = QUESTIONS,
  ): Promise<void> => {
    await process.ask('ask', make(WARM_UP));
    const { times } = await process.ask('ask', make(count));
    figures.set(name, { ...spread(times), unit: 'ms', limit });
  };
  await time(ONE_TAG, 5, questions.oneTag);
  await time(THREE_TERMS, 15, questions.threeTerms);
  await time(SOME_FACETS, 30, questions.someFacets, 60);
  await time('facets of any result, p95', 80, questions.anyFacets, 60);
  await time('suggestions for a keystroke, p95', 5, questions.keystrokes);
  await time(WORD, 30, questions.words);
  const bad = questions.bad();
  await process.ask('ask', bad);
  const { times: badTimes } = await process.ask('ask', bad);
  const slowest = { p50: percentile(badTimes, 50), p95: Math.max(...badTimes) };
  figures.set(`bad input, slowest of ${bad.length}`, { ...slowest, unit: 'ms', limit: 50 });
  await time('the whole library as one result, encoded, p95', null, questions.whole, 20);
  const after = await process.ask('memory', null);
  figures.set('engine memory after all this', {
    p50: null,
    p95: after.nowMb,
    unit: 'MB',
    limit: 400,
  });
  figures.set('engine memory before, and at most', {
    p50: before.nowMb,
    p95: after.mostMb,
    unit: 'MB',
    limit: null,
  });
}
