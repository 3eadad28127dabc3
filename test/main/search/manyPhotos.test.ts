/** More photos than fit into one container: what no small library reaches. */
import { beforeAll, describe, expect, it } from 'vitest';
import { addBit, type Bits, hasBit } from '../../../main/search/bits.ts';
import { addTagged } from '../../../main/search/entries.ts';
import { entryTest } from '../../../main/search/entryTest.ts';
import { Forward } from '../../../main/search/forward.ts';
import { rangeOf, WHOLE_CONFIDENCE } from '../../../main/search/numberTerms.ts';
import { type PhotoRow, Store } from '../../../main/search/store.ts';
import { countTags, toldTags } from '../../../main/search/tagCounts.ts';
import { randomFrom } from './randomLibrary.ts';

const PHOTOS = 150_000;
/** A label that came after everything was put in order. */
const LATE = 10;
/** Tags with the labels that stand for them. */
const TAGS = [[1, LATE], [2], [3, 4], [5, 6, 7], [8], [9]];

type Entry = { readonly tag: number; readonly slot: number; readonly confidence: number };

const store = new Store();
const entries: Entry[] = [];
const random = randomFrom(31);
let forward: Forward | null = null;

function tagPhotos(label: number, tag: number, share: number, from: number, to: number): void {
  for (let slot = from; slot < to; slot += 1) {
    if (!random.chance(share)) continue;
    const confidence = random.int(1001) / 10;
    store.addTag(slot, label, confidence, null);
    entries.push({ tag, slot, confidence });
  }
}

beforeAll(() => {
  for (let id = 1; id <= PHOTOS; id += 1) {
    const nothing = Array.from({ length: 20 }, () => null);
    store.put(
      Object.assign(nothing, [id, 1, 'x', null], { 9: 1, 15: 0, 19: 0 }) as unknown as PhotoRow,
    );
  }
  store.reorder();
  for (const [index, labels] of TAGS.entries()) {
    const tag = index + 1;
    const info = labels.map((id) => ({ id, source: id % 2 === 0 ? 'me' : 'on-device', raw: '' }));
    store.tags.tags.set(tag, {
      id: tag,
      type: 'x',
      names: {},
      keys: [],
      chinese: [],
      labels: info,
    });
    for (const label of labels) store.tags.tagOfLabel.set(label, tag);
  }
  for (const [index, labels] of TAGS.entries()) {
    // The last one only in the second container.
    const [from, to] = labels.includes(9) ? [70_000, 80_000] : [0, PHOTOS - 5000];
    for (const label of labels) {
      if (label !== LATE) tagPhotos(label, index + 1, 0.4 / label, from, to);
    }
  }
  for (const _ of store.seal());
  const building = Forward.build(store.tagLists, store.slots);
  for (let step = building.next(); !forward; step = building.next()) {
    if (step.done) forward = step.value;
  }
  for (const [index, labels] of TAGS.entries()) {
    for (const label of labels) {
      tagPhotos(label, index + 1, 0.3, label === LATE ? 0 : PHOTOS - 5000, PHOTOS);
    }
  }
});

function setOf(test: (slot: number) => boolean): Bits {
  const bits = store.emptyBits();
  for (let slot = 0; slot < PHOTOS; slot += 1) if (test(slot)) addBit(bits, slot);
  return bits;
}

const RESULTS: readonly [string, (slot: number) => boolean][] = [
  ['everything', () => true],
  ['all but one', (slot) => slot !== 70_000],
  ['nothing', () => false],
  ['a run over the edge of a container', (slot) => slot > 60_000 && slot < 66_000],
  ['half of them', (slot) => slot % 5 < 2],
  ['photos here and there', (slot) => slot % 97 === 3],
  ['a whole container and a bit', (slot) => slot >= 65_536 && slot < 131_073],
  ['the last ones', (slot) => slot >= PHOTOS - 6000],
];

describe('tags of many photos', () => {
  it('have usual labels that are two of one tag', () => {
    forward?.pair(store.tagLists);
    const numbers = store.tagLists.flatMap(({ postings }) =>
      postings.map(({ base }) => forward?.numberOf(base) ?? -1),
    );
    expect(numbers.some((number) => (forward?.secondOf(number) ?? -1) >= 0)).toBe(true);
    // And some that are too rare to be looked at photo by photo.
    expect(numbers.some((number) => number < 0)).toBe(true);
  });

  it.each([
    ...RESULTS,
    ...RESULTS.map(([name, test]) => [`${name}, looked at one by one`, test] as const),
  ])('are counted in %s', (name, test) => {
    store.forward = name.includes('one by one') ? forward : null;
    const result = setOf(test);
    for (const threshold of [0, 1, 50, 100]) {
      const expected = new Map<number, Set<number>>();
      for (const { tag, slot, confidence } of entries) {
        if (confidence < threshold || !test(slot)) continue;
        expected.set(tag, (expected.get(tag) ?? new Set()).add(slot));
      }
      const counts = toldTags(store, countTags(store, result, threshold));
      expect(new Map(counts.map((one) => [one.id, one.count]))).toEqual(
        new Map([...expected].map(([tag, slots]) => [tag, slots.size])),
      );
    }
  });

  it('are counted after labels became those of other tags', () => {
    store.forward = forward;
    const result = setOf((slot) => slot % 7 === 0);
    const [first, second, third] = [...store.tags.tags.values()];
    const moved = third?.labels.pop();
    if (!first || !second || !third || !moved) throw new Error('There are no labels.');
    second.labels.push(moved);
    store.tags.state = {};
    const together = toldTags(store, countTags(store, result, 30));
    store.forward = null;
    expect(toldTags(store, countTags(store, result, 30))).toEqual(together);
    second.labels.pop();
    third.labels.push(moved);
    store.tags.state = {};
  });

  it.each(['>=0', '>50', '<=20', '30-40', '=100', '=0'])(
    'are found with a confidence %s',
    (text) => {
      const range = rangeOf(WHOLE_CONFIDENCE, text, { text, start: 0, end: 0 }, '');
      const [, second, third] = [...store.tags.tags.values()];
      if (!second || !third) throw new Error('There are no tags.');
      const found = store.emptyBits();
      addTagged(store, [second, third], entryTest([], range, 0), found);
      const expected = store.emptyBits();
      for (const { tag, slot, confidence } of entries) {
        const [low = 0, high = 0] = text.includes('-') ? text.split('-').map(Number) : [];
        const bound = Number(/\d+/u.exec(text)?.[0]);
        const fits = text.includes('-')
          ? confidence >= low && confidence <= high
          : text.startsWith('>=')
            ? confidence >= bound
            : text.startsWith('>')
              ? confidence > bound
              : text.startsWith('<=')
                ? confidence <= bound
                : confidence === bound;
        if ((tag === 2 || tag === 3) && fits) addBit(expected, slot);
      }
      expect(found).toEqual(expected);
      expect(hasBit(found, PHOTOS + 1)).toBe(false);
    },
  );

  it('are found with confidences that are no single range', () => {
    const [, second] = [...store.tags.tags.values()];
    if (!second) throw new Error('There are no tags.');
    const outside = {
      kind: 'or',
      children: ['<20', '>80'].map((text) => ({
        kind: 'confidence' as const,
        range: rangeOf(WHOLE_CONFIDENCE, text, { text, start: 0, end: 0 }, ''),
      })),
    } as const;
    const found = store.emptyBits();
    addTagged(store, [second], entryTest([outside], null, 0), found);
    const expected = store.emptyBits();
    for (const { tag, slot, confidence } of entries) {
      if (tag === 2 && (confidence < 20 || confidence > 80)) addBit(expected, slot);
    }
    expect(found).toEqual(expected);
  });
});
