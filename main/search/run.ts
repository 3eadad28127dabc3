/** Answers a plan from a store: which slots match. */
import type { Sensitivity } from '../library/sensitivity.ts';
import { type Bits, intersect, isEmpty, subtract, unite } from './bits.ts';
import { addTagged, boxed, sensitive, taggedAtAll, taggedBy } from './entries.ts';
import { entryTest, namesSource } from './entryTest.ts';
import {
  ageFilter,
  dateFilter,
  gpsFilter,
  nameFilter,
  nearFilter,
  numberFilter,
  onFilter,
  shapeFilter,
  stateFilter,
  textFilter,
  whereFlagged,
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

/** The slots that match, a set of its own. Long missing photos only where missing ones are asked for. */
export function runPlan(context: RunContext, plan: Plan): Bits {
  const { views, now } = context;
  const within = mentionsMissing(plan) ? views.everything : views.normal(now);
  const found = evaluate({ ...context, within, words: new Map() }, plan);
  intersect(found, within);
  return found;
}

/** A set that the caller may change. */
function evaluate(run: Run, plan: Plan): Bits {
  const { store } = run.views;
  switch (plan.kind) {
    case 'all':
      return run.within.slice();
    case 'not': {
      const rest = run.within.slice();
      subtract(rest, evaluate(run, plan.child));
      return rest;
    }
    case 'or': {
      const found = store.emptyBits();
      for (const child of plan.children) unite(found, evaluate(run, child));
      return found;
    }
    case 'and': {
      const found = run.within.slice();
      for (const child of [...plan.children].sort((a, b) => cost(a) - cost(b))) {
        if (isEmpty(found)) break;
        intersect(found, evaluate(run, child));
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

function evaluateTagged(run: Run, plan: TaggedPlan): Bits {
  const { store } = run.views;
  const { term, conditions } = plan;
  if (term.kind === 'word') return evaluateWord(run, plan, term.text);
  const tags = store.tags.named(term.name, term.prefix);
  if (term.kind === 'box') {
    return boxed(store, tags, term.range, entryTest(conditions, null, run.threshold));
  }
  const found = store.emptyBits();
  addTagged(store, tags, entryTest(conditions, term.bound, run.threshold), found);
  return found;
}

/** With conditions a word is about tags only: a file's name has no source and no confidence. */
function evaluateWord(run: Run, plan: TaggedPlan, text: string): Bits {
  const { store } = run.views;
  const key = foldText(text);
  const memory = plan.conditions.length === 0 ? key : JSON.stringify([key, plan.conditions]);
  const known = run.words.get(memory);
  if (known) return known.slice();
  const found = store.emptyBits();
  const has = (name: string): boolean => name.includes(key);
  const test = entryTest(plan.conditions, null, run.threshold);
  addTagged(store, store.tags.containing(key), test, found);
  if (plan.conditions.length === 0) {
    store.names.find(key, found);
    const folders = store.folders.containing(key);
    if (folders) unite(found, whereFlagged(store, 'folder', folders));
    const cameras = store.cameras.matching(has);
    if (cameras) unite(found, whereFlagged(store, 'camera', cameras));
    const lenses = store.lenses.matching(has);
    if (lenses) unite(found, whereFlagged(store, 'lens', lenses));
  }
  run.words.set(memory, found);
  return found.slice();
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
      const rest = run.within.slice();
      subtract(
        rest,
        taggedBy(store, (known) => foldName(known) === source, true),
      );
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
      return views.untagged.slice();
    case 'duplicate':
      return views.duplicates.slice();
    case 'sensitive':
      return sensitive(views.store, run.sensitivity);
    default:
      return stateFilter(views.store, what);
  }
}

function mentionsMissing(plan: Plan): boolean {
  switch (plan.kind) {
    case 'and':
    case 'or':
      return plan.children.some(mentionsMissing);
    case 'not':
      return mentionsMissing(plan.child);
    case 'plain':
      return plan.term.kind === 'is' && plan.term.what === 'missing';
    default:
      return false;
  }
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
