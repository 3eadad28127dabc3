import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addBit, countBits, emptyBits, hasBit } from '../../../main/search/bits.ts';
import { dayOf, parseTaken } from '../../../main/search/columns.ts';
import { Names } from '../../../main/search/names.ts';
import { mergeOrdered, sortByKey } from '../../../main/search/order.ts';
import {
  confidenceByte,
  endOfRun,
  PostingSorter,
  Postings,
} from '../../../main/search/postings.ts';
import { nearest } from '../../../main/search/queryError.ts';
import { calendarOf, dayNumber, daysInMonth } from '../../../main/search/values.ts';
import { UNDATED } from '../../../shared/resultCodec.ts';

describe('bits', () => {
  it('counts what was added', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(499)), (slots) => {
        const bits = emptyBits(500);
        for (const slot of slots) addBit(bits, slot);
        expect(countBits(bits)).toBe(slots.length);
        expect(slots.every((slot) => hasBit(bits, slot))).toBe(true);
      }),
    );
  });
});

describe('confidenceByte', () => {
  it('compares with every whole threshold as the number does', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.integer({ min: 0, max: 100 }),
        (confidence, threshold) => {
          const byte = confidenceByte(confidence);
          expect(byte >= threshold * 2).toBe(confidence >= threshold);
          expect(byte > threshold * 2).toBe(confidence > threshold);
          expect(byte === threshold * 2).toBe(confidence === threshold);
        },
      ),
    );
  });

  it('keeps two decimals apart for sorting', () => {
    const postings = postingsOf('me');
    for (let value = 10_000; value >= 0; value -= 1) postings.push(value, value / 100);
    postings.seal(new PostingSorter());
    const keys: number[] = [];
    postings.each((slot, byte, fraction) => {
      keys[slot] = (byte >> 1) * 256 + fraction;
    });
    expect(keys).toHaveLength(10_001);
    for (let slot = 1; slot <= 10_000; slot += 1) {
      expect(keys[slot]).toBeGreaterThan(keys[slot - 1] ?? Number.NaN);
    }
  });
});

function postingsOf(source: string): Postings {
  return new Postings({ source, sensitive: false, highest: new Uint8Array(0) });
}

describe('Postings', () => {
  type Entry = {
    readonly slot: number;
    readonly confidence: number;
    readonly share: number | null;
  };
  // More than two containers.
  const SLOTS = 140_000;
  const slot = fc.oneof(fc.nat(SLOTS - 1), fc.constantFrom(65_535, 65_536, 131_071, 131_072));
  const entries = fc.uniqueArray(
    fc.record({
      slot,
      confidence: fc.integer({ min: 0, max: 10_000 }).map((value) => value / 100),
      share: fc.option(fc.integer({ min: 0, max: 8 }).map((value) => value / 8)),
    }),
    { selector: (entry) => entry.slot, maxLength: 120 },
  );
  const listed = (postings: Postings, first = 0, last = SLOTS): string[] => {
    const texts: string[] = [];
    postings.eachBetween(first, last, (...entry) => texts.push(entry.join(' ')));
    return texts.sort();
  };
  const boxes = (postings: Postings): unknown[] => [...(postings.boxes?.between(0, SLOTS) ?? [])];

  it('are the same after they were put in order, and follow photos to other slots', () => {
    fc.assert(
      fc.property(entries, fc.nat(120), fc.nat(5), slot, (all, cut, survivors, first) => {
        const sorter = new PostingSorter();
        const postings = postingsOf('me');
        const truth = postingsOf('me');
        for (const [index, entry] of all.entries()) {
          if (index === cut) postings.seal(sorter);
          postings.push(entry.slot, entry.confidence, entry.share);
          truth.push(entry.slot, entry.confidence, entry.share);
        }
        expect(listed(postings)).toEqual(listed(truth));
        expect(listed(postings, first)).toEqual(listed(truth, first));
        expect(listed(postings, 3, first)).toEqual(listed(truth, 3, first));
        const slotOf = new Uint32Array(SLOTS);
        let next = 0;
        const expected = postingsOf('me');
        // Turned round, without some of them.
        for (const { slot: old, confidence, share } of all.toSorted((a, b) => b.slot - a.slot)) {
          if (old % (survivors + 1) !== 0) continue;
          expected.push(next, confidence, share);
          slotOf[old] = ++next;
        }
        postings.move(slotOf, sorter);
        expect(listed(postings)).toEqual(listed(expected));
        expect(boxes(postings)).toEqual(boxes(expected));
        expect(postings.tail.length).toBe(0);
      }),
    );
  });

  it('have the surest first in each container', () => {
    fc.assert(
      fc.property(entries, fc.integer({ min: 0, max: 201 }), (all: readonly Entry[], lowest) => {
        const postings = postingsOf('me');
        for (const entry of all) postings.push(entry.slot, entry.confidence);
        postings.seal(new PostingSorter());
        const { confidence, low, starts, length } = postings.base;
        expect(starts.at(-1)).toBe(length);
        const reached: number[] = [];
        for (let container = 0; container + 1 < starts.length; container += 1) {
          const [from = 0, to = 0] = [starts[container], starts[container + 1]];
          const end = endOfRun(confidence, from, to, lowest);
          for (let index = from; index < end; index += 1) {
            reached.push(container * 65_536 + (low[index] ?? 0));
          }
        }
        const expected = all.filter((entry) => confidenceByte(entry.confidence) >= lowest);
        expect(reached.sort((a, b) => a - b)).toEqual(
          expected.map((entry) => entry.slot).sort((a, b) => a - b),
        );
      }),
    );
  });
});

describe('sortByKey', () => {
  it('sorts as a stable sort does, unknown last', () => {
    const key = fc.oneof(
      fc.integer({ min: -9e12, max: 9e12 }),
      fc.integer({ min: 0, max: 3 }),
      fc.constant(Number.NaN),
    );
    fc.assert(
      fc.property(fc.array(key, { maxLength: 60 }), fc.boolean(), (values, descending) => {
        const slots = Uint32Array.from(values.keys());
        const expected = [...slots].sort((a, b) => {
          const [first = 0, second = 0] = [values[a], values[b]];
          if (Number.isNaN(first) || Number.isNaN(second)) {
            return Number(Number.isNaN(first)) - Number(Number.isNaN(second));
          }
          return descending ? second - first : first - second;
        });
        expect([...sortByKey(slots, Float64Array.from(values), descending)]).toEqual(expected);
      }),
    );
  });
});

describe('mergeOrdered', () => {
  it('merges what is in order', () => {
    const ordered = fc.array(fc.nat(50)).map((all) => Uint32Array.from(all).sort());
    fc.assert(
      fc.property(ordered, ordered, (a, b) => {
        const merged = mergeOrdered(a, b, (first, second) => first < second);
        expect([...merged]).toEqual([...a, ...b].sort((x, y) => x - y));
      }),
    );
  });
});

describe('Names', () => {
  it('finds what includes() finds', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '1', '桥', '🐕', '.'), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(name, { maxLength: 40 }), name, (all, wanted) => {
        const names = new Names();
        for (const one of all) names.push(one);
        const found = emptyBits(all.length);
        names.find(wanted, found);
        expect(all.filter((_, slot) => hasBit(found, slot))).toEqual(
          all.filter((one) => one.includes(wanted)),
        );
        expect(all.map((_, slot) => names.at(slot))).toEqual(all);
      }),
    );
  });

  it('finds the same where hits follow one another', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '1', '桥', '.'), maxLength: 9 });
    fc.assert(
      fc.property(fc.array(name, { maxLength: 12 }), name, (some, wanted) => {
        const names = new Names();
        // Enough of them before the others begin.
        const all = Array.from({ length: 900 }, (_, slot) =>
          slot < 600 ? `x${wanted}` : `${some[slot % Math.max(1, some.length)] ?? ''}${slot % 7}`,
        );
        for (const one of all) names.push(one);
        for (const used of [names, Names.of(names.parts)]) {
          const found = emptyBits(all.length);
          used.find(wanted, found);
          expect(all.filter((_, slot) => hasBit(found, slot))).toEqual(
            all.filter((one) => one.includes(wanted)),
          );
        }
      }),
    );
  });

  it('finds a word that nearly every name has', () => {
    const names = new Names();
    for (let slot = 0; slot < 5000; slot += 1) names.push(slot % 7 === 0 ? 'x' : `img_${slot}.jpg`);
    const found = emptyBits(5000);
    names.find('img', found);
    expect(countBits(found)).toBe(5000 - Math.ceil(5000 / 7));
    expect(hasBit(found, 4999)).toBe(true);
    expect(hasBit(found, 4998)).toBe(false);
  });
});

describe('a pattern with wildcards', () => {
  const matches = (name: string, pieces: readonly string[]): boolean => {
    const names = new Names();
    names.push(name);
    const found = emptyBits(1);
    names.findGlob(pieces, found);
    return hasBit(found, 0);
  };

  it.each([
    ['img_1.jpg', ['img_', ''], true],
    ['img_1.jpg', ['', '.jpg'], true],
    ['aa', ['a', 'a'], true],
    ['a', ['a', 'a'], false],
    ['aba', ['ab', 'ba'], false],
    ['abab', ['a', 'ba', 'b'], true],
    ['abcb', ['a', 'x', 'b'], false],
    ['桥1桥', ['桥', '1', '桥'], true],
    ['', ['', ''], true],
    ['ab', ['', '', ''], true],
    ['ab', ['a', '', '', 'b'], true],
  ])('%s with %j', (name, pieces, expected) => {
    expect(matches(name, pieces)).toBe(expected);
  });

  it('finds what a regular expression finds', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '桥'), maxLength: 8 });
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 2, maxLength: 5 }), (name, pieces) => {
        expect(matches(name, pieces)).toBe(new RegExp(`^${pieces.join('.*')}$`, 'su').test(name));
      }),
      { numRuns: 2000 },
    );
  });

  it('answers at once where a backtracking matcher would hang', () => {
    expect(matches('a'.repeat(255), ['', ...Array(100).fill('a'), 'b'])).toBe(false);
  });
});

describe('calendar', () => {
  it('counts days as Date does, and back', () => {
    for (let day = -60_000; day < 60_000; day += 17) {
      const date = new Date(day * 86_400_000);
      const month = date.getUTCMonth() + 1;
      const year = date.getUTCFullYear();
      expect(dayNumber(year, month, date.getUTCDate())).toBe(day);
      expect(calendarOf(day)).toEqual({ year, month, day: date.getUTCDate() });
    }
    expect([daysInMonth(2000, 2), daysInMonth(1900, 2), daysInMonth(2024, 2)]).toEqual([
      29, 28, 29,
    ]);
  });

  it('reads wall clocks', () => {
    expect(parseTaken('2019-07-14T18:30:05')).toBe(Date.UTC(2019, 6, 14, 18, 30, 5));
    expect(parseTaken('1826-01-01T00:00:00')).toBe(Date.UTC(1826, 0, 1));
    expect(dayOf(parseTaken('1969-12-31T23:59:59'))).toBe(-1);
    expect(parseTaken('yesterday at some hour')).toBeNaN();
    expect(dayOf(parseTaken(null))).toBe(UNDATED);
  });
});

describe('natural order', () => {
  const sorted = (all: readonly string[]): string[] => {
    const names = new Names();
    for (const one of all) names.push(one);
    return all
      .map((_, slot) => slot)
      .sort((a, b) => names.compareNaturally(a, b))
      .map((slot) => names.at(slot));
  };

  it('puts numbers by value', () => {
    expect(sorted(['img10', 'img2', 'img1', 'img', 'img99999999999', 'img1a', 'img.jpg'])).toEqual([
      'img',
      'img.jpg',
      'img1',
      'img1a',
      'img2',
      'img10',
      'img99999999999',
    ]);
    expect(sorted(['a10', 'a010', 'a9', 'a09b'])).toEqual(['a9', 'a09b', 'a010', 'a10']);
    expect(sorted(['桥2', '桥10', '0', '00', ''])).toEqual(['', '0', '00', '桥2', '桥10']);
  });
});

describe('nearest', () => {
  it('finds a slip, and nothing where there is none', () => {
    expect(nearest('camra', ['tag', 'camera', 'name'])).toBe('camera');
    expect(nearest('tga', ['tag', 'to'])).toBe('tag');
    expect(nearest('zebra', ['tag', 'camera'])).toBeNull();
  });
});
