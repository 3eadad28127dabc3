/** What nobody should write and somebody will: an answer or a message, and never a stuck engine. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SearchIndex } from '../../../main/search/types.ts';
import { TagrollError } from '../../../shared/errors.ts';
import { quoteTerm } from '../../../shared/queryText.ts';
import { anyQueryText } from './arbitraries.ts';
import { found, indexOf } from './asking.ts';
import { Fixture } from './fixture.ts';

/** Names that are signs of the language, directions, or more than one character each. */
const ODD_NAMES = [
  'OR',
  '-x',
  'a:b',
  'tag:dog',
  '"',
  'say "hi"',
  '(',
  ')',
  '*',
  'x*',
  'dog>80',
  '👩‍🚀',
  '❤️',
  'שלום עולם',
  'مرحبا',
  '\u202eevil\u202c',
  '[a-z]+$',
  '(a+)+$',
  '%',
  '_',
  "'; DROP TABLE photo; --",
  '\\',
  'ｆｕｌｌ：ｗｉｄｔｈ',
];

let index: SearchIndex;
const photoOf = new Map<string, number>();
beforeAll(async () => {
  const fixture = new Fixture();
  for (const name of ODD_NAMES) {
    const photo = fixture.photo({ name_text: `${name}.jpg`, taken_at: '2019-07-14T10:00:00' });
    fixture.tagPhoto(photo, fixture.tag(name), 'me', 100);
    photoOf.set(name, photo);
  }
  index = await indexOf(fixture);
});

function mistake(query: string): TagrollError {
  try {
    index.result({ query, threshold: 0, sort: 'taken', ascending: false });
  } catch (error) {
    if (error instanceof TagrollError) return error;
    throw error;
  }
  throw new Error(`"${query}" was accepted`);
}

describe('a tag with an odd name', () => {
  it.each(ODD_NAMES)('%s is found by its quoted name, and only it', (name) => {
    expect(found(index, `tag:${quoteTerm(name)}`)).toEqual([photoOf.get(name)]);
    expect(found(index, `-tag:${quoteTerm(name)}`)).toHaveLength(ODD_NAMES.length - 1);
    expect(found(index, `name:${quoteTerm(`${name}.jpg`)}`)).toContain(photoOf.get(name));
    expect(found(index, quoteTerm(name))).toContain(photoOf.get(name));
  });

  it('is offered as text that finds it', () => {
    for (const name of ODD_NAMES) {
      const offered = index.suggest(quoteTerm(name), 'en', 50).map((one) => one.insert);
      const own = offered.filter((insert) => insert.startsWith('tag:'));
      expect(
        own.map((insert) => found(index, insert)[0]),
        name,
      ).toContain(photoOf.get(name));
    }
  });
});

describe('a query that is too much', () => {
  it.each([
    ['10,000 characters of one word', 'x'.repeat(10_000)],
    ['10,000 Chinese characters', '桥'.repeat(10_000)],
    ['10,000 characters in a tag', `tag:${'y'.repeat(10_000)}`],
    ['10,000 wildcards', `name:${'*a'.repeat(5000)}`],
    ['500 tags', Array.from({ length: 500 }, (_, n) => `tag:t${n}`).join(' ')],
    ['500 alternatives', Array.from({ length: 500 }, (_, n) => `tag:t${n}`).join(' OR ')],
    ['500 times the same word', 'img '.repeat(30) + 'OR tag:* '.repeat(470)],
    ['500 prefixes', Array.from({ length: 500 }, (_, n) => `tag:t${n}*`).join(' OR ')],
    ['30 words', Array.from({ length: 30 }, (_, n) => `w${n}`).join(' OR ')],
    ['500 exclusions', Array.from({ length: 500 }, (_, n) => `-date:${1500 + n}`).join(' ')],
    ['a bomb for regular expressions', `name:${'(a+)+'.repeat(50).replace(/[()]/gu, '')}$`],
    ['another one', `"${'a'.repeat(5000)}!"`],
  ])('%s is answered', (_, query) => {
    expect(Number.isInteger(index.result(ask(query)).total)).toBe(true);
    expect(index.facets(query, 50).total).toBeGreaterThanOrEqual(0);
    expect(Array.isArray(index.suggest(query, 'en', 12))).toBe(true);
  });

  it.each([
    ['too many terms', 'a '.repeat(5000), 'too_many_terms'],
    ['500 words', Array.from({ length: 500 }, (_, n) => `w${n}`).join(' OR '), 'too_many_terms'],
    [
      '500 numbers',
      Array.from({ length: 500 }, (_, n) => `iso:${n}`).join(' OR '),
      'too_many_terms',
    ],
    ['10,000 parentheses', '('.repeat(10_000), 'too_deep'],
    ['10,000 quotes and one more', '"'.repeat(10_001), 'unclosed_quote'],
    ['an open quote', 'tag:"dog', 'unclosed_quote'],
    ['an open curly quote', 'tag:“dog', 'unclosed_quote'],
    ['a group that is open', '(tag:dog OR (cat', 'unclosed_group'],
    ['30 February', 'date:2019-02-30', 'no_such_date'],
    ['29 February of a common year', 'from:2019-02-29', 'no_such_date'],
    ['month 13', 'to:2019-13', 'no_such_date'],
    ['day 0', 'date:2019-01-00', 'no_such_date'],
    ['a range that ends before it begins', 'date:2020-2019', 'reversed_range'],
    ['numbers that do', 'iso:800-100', 'reversed_range'],
    ['a negative confidence', 'tag:dog>-1', 'bad_value'],
    ['a confidence over 100', 'conf:>101', 'bad_value'],
    ['hour -1', 'hour:-1', 'bad_value'],
    ['a share over 1', 'box:dog>1.5', 'bad_value'],
    ['a negative distance', 'near:30,120,-5km', 'bad_value'],
    ['the far side of the pole', 'near:95,0,5km', 'bad_value'],
    ['a number with too many digits', `iso:${'9'.repeat(400)}`, 'bad_value'],
    ['an unknown key', 'tga:dog', 'unknown_key'],
  ])('%s has a message with its place', (_, query, reason) => {
    const { code, data, message } = mistake(query);
    expect(code).toBe('query_invalid');
    expect(data).toMatchObject({ reason });
    expect(Number(data['position'])).toBeLessThanOrEqual(query.length);
    expect(message.length).toBeGreaterThan(20);
    expect(() => index.facets(query, 0)).toThrow(message);
  });

  it('finds nothing where it asks for what cannot be', () => {
    expect(found(index, 'from:2020 to:2018')).toEqual([]);
    expect(found(index, 'iso:-5--3')).toEqual([]);
    expect(found(index, 'width:<-1')).toEqual([]);
    expect(found(index, 'size:>999999tb')).toEqual([]);
    expect(found(index, 'date:9999 date:0000')).toEqual([]);
  });
});

describe('text from right to left and characters of several code units', () => {
  it('is underlined at whole characters', () => {
    expect(mistake('👩‍🚀 from:שלום').data).toMatchObject({ position: 11, length: 4 });
    expect(mistake('مرحبا (x').data).toMatchObject({ position: 6, length: 1 });
    expect(found(index, '\ud83d')).toEqual([]);
  });
});

describe('anything at all', () => {
  it('is an answer or a mistake with a place', () => {
    fc.assert(
      fc.property(anyQueryText, fc.integer({ min: 0, max: 100 }), (query, threshold) => {
        try {
          const { total, ids } = index.result({ ...ask(query), threshold }, 5);
          expect(ids.length).toBe(Math.min(5, total));
          expect(index.facets(query, threshold).total).toBe(total);
        } catch (error) {
          if (!(error instanceof TagrollError)) throw error;
          expect(error.code).toBe('query_invalid');
        }
        index.suggest(query, 'zh', 12);
      }),
      { numRuns: 1500 },
    );
  });
});

function ask(query: string) {
  return { query, threshold: 0, sort: 'taken', ascending: false } as const;
}
