/** What one question may cost: terms that look at every photo are few in anything a person writes. */
import { tokenize } from '../../shared/queryText.ts';
import { foldText } from './fold.ts';
import { queryError } from './queryError.ts';
import type { Store } from './store.ts';
import type { TagInfo } from './tagTable.ts';
import { parseTerm } from './terms.ts';
import type { Term } from './tree.ts';

/** Each looks through the names of all files. */
const MOST_WORDS = 32;
/** Each looks at a column of all photos. */
const MOST_COLUMNS = 64;
/** Answered from what is in order or known already. */
const CHEAP_KEYS = new Set(['tag', 'box', 'source', 'conf', 'from', 'to', 'date', 'is']);

/** So many terms that look at many photos are always answered. */
const ALWAYS = 8;
/** More than that only while all together take no more steps; a step is about a nanosecond. */
const MOST_STEPS = 45e6;
/** A term that takes fewer is no matter. */
const CHEAP_STEPS = MOST_STEPS / 500;
/** Of each label that is looked up. */
const LABEL_STEPS = 150;

/**
 * Throws `query_invalid` for a query, one that can be read, that would keep everybody waiting. Without a
 * store: for one that would in any library.
 */
export function checkWork(query: string, store: Store | null = null): void {
  const seen = new Set<string>();
  const tagged = new Map<string, Tagged>();
  let words = 0;
  let columns = 0;
  let dear = 0;
  let steps = 0;
  for (const token of tokenize(query)) {
    if (token.kind !== 'term') continue;
    const key = token.key?.toLowerCase() ?? 'name';
    if (key === 'name') words += 1;
    else if (!CHEAP_KEYS.has(key)) columns += 1;
    const isTooMany = words > MOST_WORDS || columns > MOST_COLUMNS;
    const text = query.slice(token.start, token.end);
    if (store && !isTooMany && !seen.has(text)) {
      seen.add(text);
      const cost = stepsOf(parseTerm(token), store, tagged);
      steps += cost;
      if (cost > CHEAP_STEPS) dear += 1;
    }
    if (!isTooMany && (dear <= ALWAYS || steps <= MOST_STEPS)) continue;
    const what =
      words > MOST_WORDS
        ? `more than ${MOST_WORDS} words and file names`
        : columns > MOST_COLUMNS
          ? `more than ${MOST_COLUMNS} conditions on single properties`
          : `more words and conditions than can be answered at once in a library of ${store?.aliveCount ?? 0} photos`;
    throw queryError(
      'too_many_terms',
      { start: token.start, end: query.length },
      `The query has ${what}. Leave some out.`,
    );
  }
}

/** What is kept of the labels of some tags. */
type Tagged = { readonly labels: number; readonly entries: number; readonly boxes: number };

/** About what a term takes on its own, in steps. `tagged`: what names of tags were looked up before. */
function stepsOf(term: Term, store: Store, tagged: Map<string, Tagged>): number {
  const { slots } = store;
  const sets = slots / 8;
  switch (term.kind) {
    case 'word': {
      const key = foldText(term.text);
      const { labels, entries } = countTagged(store, store.tags.containing(key));
      const names = slots + store.names.stepsOf(key);
      return sets + names + labels * LABEL_STEPS + entries * 1.5;
    }
    case 'name':
      return sets + Math.max(...term.pieces.map((piece) => store.names.stepsOf(foldText(piece))));
    case 'tag':
      if (term.prefix && term.name === '') return slots * 4;
      break;
    case 'box':
      break;
    case 'near':
      return slots * 15;
    case 'date':
    case 'on':
      return sets;
    case 'is':
    case 'text':
    case 'number':
    case 'age':
    case 'has':
    case 'confidence':
    case 'untagged-by':
      return slots * 3;
  }
  const name = JSON.stringify([term.name, term.prefix]);
  const known = tagged.get(name) ?? countTagged(store, store.tags.named(term.name, term.prefix));
  tagged.set(name, known);
  const found = term.kind === 'box' ? known.boxes * 5 : known.entries * 1.5;
  return sets + known.labels * LABEL_STEPS + found;
}

function countTagged(store: Store, tags: readonly TagInfo[]): Tagged {
  let labels = 0;
  let entries = 0;
  let boxes = 0;
  for (const tag of tags) {
    labels += tag.labels.length;
    for (const { id } of tag.labels) {
      const postings = store.postings.get(id);
      entries += postings?.length ?? 0;
      boxes += postings?.boxes?.length ?? 0;
    }
  }
  return { labels, entries, boxes };
}
