/** Answers a plan from a store: which slots match. */
import type { Sensitivity } from '../library/sensitivity.ts';
import { type Bits, holdsAll, intersect, isEmpty, subtract, unite } from './bits.ts';
import { dateFilter, onFilter } from './dateFilters.ts';
import { addTagged, boxed, sensitive, taggedAtAll, taggedBy } from './entries.ts';
import { entryTest, namesSource } from './entryTest.ts';
import {
  ageFilter,
  gpsFilter,
  nameFilter,
  nearFilter,
  numberFilter,
  shapeFilter,
  stateFilter,
  textFilter,
} from './filters.ts';
import { foldName, foldText } from './fold.ts';
import type { Plan } from './plan.ts';
import { ANY_RANGE, type IsValue } from './tree.ts';
import type { Views } from './views.ts';

export type RunContext = {
  readonly views: Views;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** The confidence lens, whole 0..100. */
  readonly threshold: number;
  /** What `is:sensitive` means. */
  readonly sensitivity: Sensitivity;
};

type Run = RunContext & {
  readonly within: Bits;
  /** Words that were looked up already in this query. */
  readonly words: Map<string, Bits>;
};

type TaggedPlan = Extract<Plan, { kind: 'tagged' }>;

/**
 * The slots that match, a set of its own. Long missing photos only where missing ones are asked for, those
 * behind another photo only where files are: by format, extension or name, or those that failed.
 */
export function runPlan(context: RunContext, plan: Plan): Bits {
  const { views, now } = context;
  const asksFiles = mentions(plan, isAboutFiles);
  const within = mentions(plan, isAboutMissing)
    ? asksFiles
      ? views.everything
      : views.fronts
    : asksFiles
      ? views.normalFiles(now)
      : views.normal(now);
  const words = new Map<string, Bits>();
  const found = evaluate({ ...context, within, words }, plan);
  for (const word of words.values()) views.store.giveBack(word);
  intersect(found, within);
  return found;
}

/** A set of its own: the caller may change it, and gives it back. */
function evaluate(run: Run, plan: Plan): Bits {
  const { store } = run.views;
  switch (plan.kind) {
    case 'all':
      return store.copyOf(run.within);
    case 'not': {
      const rest = store.copyOf(run.within);
      join(run, subtract, rest, plan.child);
      return rest;
    }
    case 'or': {
      const found = store.emptyBits();
      for (const child of plan.children) {
        if (child.kind === 'tagged' && child.term.kind === 'tag') addTags(run, child, found);
        else join(run, unite, found, child);
      }
      return found;
    }
    case 'and': {
      const found = store.copyOf(run.within);
      for (const child of [...plan.children].sort((a, b) => cost(a) - cost(b))) {
        if (isEmpty(found)) break;
        if (child.kind === 'not') join(run, subtract, found, child.child);
        else join(run, intersect, found, child);
      }
      return found;
    }
    case 'entry': {
      const test = entryTest(plan.conditions, null, run.threshold);
      return taggedAtAll(store, test, namesSource(plan.conditions));
    }
    case 'tagged':
      return evaluateTagged(run, plan);
    case 'plain':
      return evaluatePlain(run, plan.term);
  }
}

function join(run: Run, how: (bits: Bits, other: Bits) => void, bits: Bits, child: Plan): void {
  const other = evaluate(run, child);
  how(bits, other);
  run.views.store.giveBack(other);
}

function evaluateTagged(run: Run, plan: TaggedPlan): Bits {
  const { store } = run.views;
  const { term, conditions } = plan;
  if (term.kind === 'word') return evaluateWord(run, plan, term.text);
  if (term.kind === 'box') {
    const tags = store.tags.named(term.name, term.prefix);
    return boxed(store, tags, term.range, entryTest(conditions, null, run.threshold));
  }
  const found = store.emptyBits();
  addTags(run, plan, found);
  return found;
}

/** Adds what a `tag:` term finds. */
function addTags({ views: { store }, threshold }: Run, plan: TaggedPlan, found: Bits): void {
  const { term, conditions } = plan;
  if (term.kind !== 'tag') return;
  const test = entryTest(conditions, term.bound, threshold);
  if (term.prefix && term.name === '') {
    // Any tag at all.
    const tagged = taggedAtAll(store, test, false);
    unite(found, tagged);
    store.giveBack(tagged);
    return;
  }
  addTagged(store, store.tags.named(term.name, term.prefix), test, found);
}

/** With conditions a word is about tags only: a file's name has no source and no confidence. */
function evaluateWord(run: Run, plan: TaggedPlan, text: string): Bits {
  const { store } = run.views;
  const key = foldText(text);
  const memory = plan.conditions.length === 0 ? key : JSON.stringify([key, plan.conditions]);
  const known = run.words.get(memory);
  if (known) return store.copyOf(known);
  const found = store.emptyBits();
  if (plan.conditions.length === 0) unite(found, run.views.named(key));
  // A word such as the name of the only root may have found everything already.
  if (!holdsAll(found, run.within)) {
    const test = entryTest(plan.conditions, null, run.threshold);
    addTagged(store, store.tags.containing(key), test, found);
  }
  run.words.set(memory, found);
  return store.copyOf(found);
}

function evaluatePlain(run: Run, term: Extract<Plan, { kind: 'plain' }>['term']): Bits {
  const { store } = run.views;
  switch (term.kind) {
    case 'text':
      return textFilter(store, term);
    case 'name':
      return nameFilter(store, term.pieces);
    case 'number':
      return numberFilter(store, term.key, term.range);
    case 'date':
      return dateFilter(store, term);
    case 'age':
      return ageFilter(store, term.range, run.now);
    case 'on':
      return onFilter(store, term.month, term.day);
    case 'is':
      return evaluateIs(run, term.what);
    case 'untagged-by': {
      const source = foldName(term.source);
      const rest = store.copyOf(run.within);
      const tagged = taggedBy(store, (known) => foldName(known) === source, true);
      subtract(rest, tagged);
      store.giveBack(tagged);
      return rest;
    }
    case 'has':
      return gpsFilter(store);
    case 'near':
      return nearFilter(store, term);
    case 'confidence':
      return taggedAtAll(store, entryTest([term], ANY_RANGE, run.threshold), false);
  }
}

function evaluateIs(run: Run, what: IsValue): Bits {
  const { views } = run;
  switch (what) {
    case 'portrait':
    case 'landscape':
    case 'square':
    case 'panorama':
      return shapeFilter(views.store, what);
    case 'untagged':
      return views.store.copyOf(views.untagged);
    case 'duplicate':
      return views.store.copyOf(views.duplicates);
    case 'sensitive':
      return sensitive(views.store, run.sensitivity);
    default:
      return stateFilter(views.store, what);
  }
}

type PlainTerm = Extract<Plan, { kind: 'plain' }>['term'];

function mentions(plan: Plan, isMeant: (term: PlainTerm) => boolean): boolean {
  switch (plan.kind) {
    case 'and':
    case 'or':
      return plan.children.some((child) => mentions(child, isMeant));
    case 'not':
      return mentions(plan.child, isMeant);
    case 'plain':
      return isMeant(plan.term);
    default:
      return false;
  }
}

function isAboutMissing(term: PlainTerm): boolean {
  return term.kind === 'is' && term.what === 'missing';
}

function isAboutFiles(term: PlainTerm): boolean {
  if (term.kind === 'text') return term.key === 'type' || term.key === 'ext';
  if (term.kind === 'is') return term.what === 'failed' || term.what === 'unsupported';
  return term.kind === 'name';
}

/** Dear ones come last: they are left out when nothing is left. */
function cost(plan: Plan): number {
  switch (plan.kind) {
    case 'tagged':
      return plan.term.kind === 'word' ? 3 : plan.term.kind === 'box' ? 4 : 0;
    case 'and':
    case 'or':
      return Math.max(0, ...plan.children.map(cost));
    case 'not':
      return cost(plan.child);
    case 'plain':
      return plan.term.kind === 'name' ? 2 : 1;
    default:
      return 1;
  }
}
