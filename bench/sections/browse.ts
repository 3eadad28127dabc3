/**
 * The window on large libraries without pictures: from what a person does to what they see, in a real
 * browser, and how each figure grows with the library. The engine's own share is in the section `search`.
 */
import type { Page } from '@playwright/test';
import { ensureRenderer } from '../../app/builds.ts';
import { PROJECT_PATH } from '../../app/places.ts';
import type { Bench } from '../lib/bench.ts';
import { type Answer, installBrowseProbe } from '../lib/browseProbe.ts';
import { blockAddresses, openPage, withBrowser } from '../lib/browser.ts';
import { type BrowseWindow, createBrowseWindow } from '../lib/browseWindow.ts';
import { askFromEmptyPage } from '../lib/emptyPage.ts';
import { withHost } from '../lib/host.ts';
import { createQuestions, type KnownTag } from '../lib/searchQuestions.ts';
import { largest, median, percentile } from '../lib/statistics.ts';
import type { Bar, Row, Unit } from '../lib/table.ts';
import { openWindow } from '../lib/window.ts';
import { makeSearchLibrary } from '../makeSearchLibrary.ts';

const STEPS = [100, 10, 1] as const;
const WARM_UP = 8;
/** The middle round counts: others work on the machine too, in bursts. */
const ROUNDS = 3;
/** In each round. */
const QUESTIONS = 60;
const EMPTIED = 15;
/** The most usual tag is the hardest: its photos are a third of the library. */
const LENS_TAGS = 4;
const LENS_STEPS = 20;
const KEYSTROKES = 12;

const LONG_FRAME: Bar = { kind: 'at most', value: 50, scaled: true };
const FILLED: Bar = { kind: 'at most', value: 0.6, scaled: true };

/** What one row is made of: all values of one library, and which of them counts. */
type Figure = {
  readonly values: readonly number[];
  /** The values are of so many rounds, one after the other. */
  readonly rounds: number;
  readonly counts: 'p95' | 'largest';
  readonly unit: Unit;
  readonly bar?: Bar;
};
type Figures = Map<string, Figure>;

export async function browse(bench: Bench): Promise<readonly Row[]> {
  await ensureRenderer(PROJECT_PATH, () => bench.say('  building the window…'));
  const sizes = [...new Set(STEPS.map((step) => Math.ceil(bench.libraryPhotos / step)))];
  const measured: Figures[] = [];
  for (const photos of sizes) {
    bench.say(`  ${photos} photos…`);
    measured.push(await measure(bench, photos));
  }
  const last = measured.at(-1);
  if (!last) throw new Error('No library was measured.');
  return [...last].map(([name, figure]) => ({
    section: 'browse',
    name: `${name}${figure.counts === 'p95' ? ', p95' : ', most'}`,
    measured: figureOf(figure),
    unit: figure.unit,
    ...(figure.bar ? { bar: figure.bar } : {}),
    note: noteOf(name, figure, sizes, measured),
  }));
}

function figureOf(figure: Figure): number {
  return median(roundsOf(figure));
}

function roundsOf({ values, rounds, counts }: Figure): number[] {
  const each = values.length / rounds;
  return Array.from({ length: rounds }, (_, round) => {
    const own = values.slice(round * each, (round + 1) * each);
    return counts === 'p95' ? percentile(own, 95) : largest(own);
  });
}

function noteOf(
  name: string,
  figure: Figure,
  sizes: readonly number[],
  measured: readonly Figures[],
): string {
  const growth = measured.map((figures, index) => {
    const found = figures.get(name);
    const text = found ? shortNumber(figureOf(found)) : '–';
    return `${(sizes[index] ?? 0).toLocaleString('en')}: ${text}`;
  });
  const p50 = `p50 ${shortNumber(percentile(figure.values, 50))} of ${figure.values.length}`;
  const rounds = `rounds ${roundsOf(figure).map(shortNumber).join(', ')}`;
  return [p50, ...(figure.rounds > 1 ? [rounds] : []), growth.join(', ')].join('; ');
}

function shortNumber(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(0);
}

async function measure(bench: Bench, photos: number): Promise<Figures> {
  const libraryPath = await makeSearchLibrary(photos, bench.workshop, bench.say);
  return withHost(async (host) => {
    const { url } = await host.ask('open', { libraryPath, live: true, door: true });
    const tags = await knownTags(url ?? '');
    return withBrowser(async (browser) => {
      const { page } = await openPage(browser, installBrowseProbe);
      // No photo has a picture: each one looked at would be queued to be read again.
      await blockAddresses(page, ['*/media/*']);
      await page.goto(url ?? '');
      const figures: Figures = new Map();
      const window = createBrowseWindow(page);
      await window.start();
      await measureSearches(window, page, tags, figures);
      await measureLens(window, tags, figures);
      await measureScroll(window, figures);
      return figures;
    });
  });
}

/** Waits until the engine has read its tags. */
async function knownTags(url: string): Promise<readonly KnownTag[]> {
  const window = await openWindow(url);
  try {
    const { tags } = await window.client.tags.facets({ query: '', threshold: 0 });
    return tags.map(({ id, names, count }) => ({ id, name: names.en ?? names.zh ?? '', count }));
  } finally {
    window.close();
  }
}

async function measureSearches(
  window: BrowseWindow,
  page: Page,
  tags: readonly KnownTag[],
  figures: Figures,
): Promise<void> {
  const questions = createQuestions(tags);
  const drawOneTag = (count: number): string[] =>
    questions
      .oneTag(count)
      .map((question) =>
        question.kind === 'page' ? `${question.query}>${question.threshold}` : question.kind,
      );
  const oneTag = drawOneTag(WARM_UP + ROUNDS * QUESTIONS);
  for (const query of oneTag.slice(0, WARM_UP)) await window.search(query);
  await window.forgetCalls();
  const found: Answer[] = [];
  for (const query of oneTag.slice(WARM_UP)) found.push(await window.search(query));
  const rounds = ROUNDS;
  add(figures, 'one tag with threshold: count and first photos at the renderer', 'p95', {
    values: found.map((each) => each.readMs),
    rounds,
    bar: { kind: 'at most', value: 25, scaled: true },
  });
  add(figures, 'one tag with threshold: first photos laid out', 'p95', {
    values: found.map((each) => each.laidOutMs),
    rounds,
  });
  add(figures, 'one tag with threshold: first photos drawn', 'p95', {
    values: found.map((each) => each.drawnMs),
    rounds,
  });
  add(figures, 'one tag with threshold: all its photos laid out', 'p95', {
    values: found.map((each) => each.wholeMs),
    rounds,
  });
  add(figures, 'one tag with threshold, asked by an empty page', 'p95', {
    values: await askFromEmptyPage(page, drawOneTag(QUESTIONS)),
  });
  const facets = await window.calls('tags/facets');
  add(figures, 'facets, asked → answered', 'p95', { values: facets });

  const emptied: Answer[] = [];
  for (const query of oneTag.slice(0, EMPTIED)) {
    await window.search(query);
    emptied.push(await window.search(''));
  }
  add(figures, 'the whole library laid out', 'p95', {
    values: emptied.map((each) => each.wholeMs),
    bar: { kind: 'at most', value: 150, scaled: true },
  });
  add(figures, 'the whole library drawn', 'p95', {
    values: emptied.map((each) => each.wholeDrawnMs),
  });

  await window.forgetCalls();
  for (let round = 0; round < KEYSTROKES; round += 1) {
    await window.type(questions.drawTag().name);
    await window.search('');
  }
  const suggested = await window.calls('tags/suggest');
  add(figures, 'suggestions for a keystroke, asked → answered', 'p95', { values: suggested });
}

async function measureLens(
  window: BrowseWindow,
  tags: readonly KnownTag[],
  figures: Figures,
): Promise<void> {
  const steps: Answer[] = [];
  for (const { name } of tags.slice(0, LENS_TAGS)) {
    await window.search(`tag:"${name}"`);
    steps.push(...(await window.stepLens(LENS_STEPS)));
  }
  add(figures, 'lens moved by a key → first photos drawn', 'p95', {
    values: steps.map((each) => each.inputToDrawnMs),
    bar: { kind: 'at most', value: 50, scaled: true },
  });
  await window.search(`tag:"${tags[0]?.name}"`);
  const drag = await window.dragLens();
  add(figures, 'lens dragged: time between two redraws', 'p95', { values: drag.betweenRedraws });
  add(figures, 'lens dragged: frames', 'largest', { values: drag.frames });
  await window.search('');
}

async function measureScroll(window: BrowseWindow, figures: Figures): Promise<void> {
  const wheel = await window.scrollByWheel();
  add(figures, 'scrolled by the wheel: frames', 'largest', { values: wheel, bar: LONG_FRAME });
  const dragged = await window.dragScrubber();
  add(figures, 'scroll bar dragged: frames', 'largest', { values: dragged, bar: LONG_FRAME });
  const jumps = (await window.jump()).map((ms) => ms / 1000);
  add(figures, 'jump anywhere → screen filled', 'largest', {
    values: jumps,
    unit: 's',
    bar: FILLED,
  });
}

function add(
  figures: Figures,
  name: string,
  counts: Figure['counts'],
  figure: Pick<Figure, 'values'> & Partial<Pick<Figure, 'rounds' | 'unit' | 'bar'>>,
): void {
  figures.set(name, { counts, rounds: 1, unit: 'ms', ...figure });
}
