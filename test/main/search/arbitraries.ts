import fc from 'fast-check';
import { IS_VALUES } from '../../../main/search/keys.ts';
import { ANY_RANGE, type Period, type QueryNode, type Range } from '../../../main/search/tree.ts';
import { comparisonRange, daysInMonth } from '../../../main/search/values.ts';

const comparison = fc.constantFrom('=', '>', '>=', '<', '<=' as const);

/** Text that needs quotes more often than not. */
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    fc.string({ unit: fc.constantFrom(...'"“”-():*<>= ＂：ORab狗'), minLength: 1, maxLength: 8 }),
    fc.constantFrom('OR', '-x', 'a:b', '*', 'tag:', '""', 'golden retriever'),
  )
  // The full-width quote is written as the straight one.
  .map((value) => value.replaceAll('＂', '"'));

function range(number: fc.Arbitrary<number>): fc.Arbitrary<Range> {
  const positive = number.map((value) => value || 0);
  return fc.oneof(
    fc.tuple(comparison, positive).map(([sign, value]) => comparisonRange(sign, value)),
    fc
      .tuple(positive, positive)
      .map(([a, b]) => ({ ...ANY_RANGE, min: Math.min(a, b), max: Math.max(a, b) })),
  );
}

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const confidence = range(fc.integer({ min: 0, max: 100 }));

const period: fc.Arbitrary<Period> = fc
  .record({
    year: fc.integer({ min: 0, max: 9999 }),
    month: fc.option(fc.integer({ min: 1, max: 12 })),
    day: fc.option(fc.integer({ min: 1, max: 31 })),
  })
  .map(({ year, month, day }) => ({
    year,
    month,
    day: month === null || day === null ? null : Math.min(day, daysInMonth(year, month)),
  }));

const orderedPeriods = fc.tuple(period, period).map(([a, b]) => {
  const later = (p: Period): number => p.year * 500 + (p.month ?? 1) * 32 + (p.day ?? 1);
  return later(a) <= later(b) ? ([a, b] as const) : ([b, a] as const);
});

const tagName = fc.record({ name: text, prefix: fc.boolean() });

const term: fc.Arbitrary<QueryNode> = fc.oneof(
  text.map((value) => ({ kind: 'word' as const, text: value })),
  fc.record({
    kind: fc.constant('tag' as const),
    name: text,
    prefix: fc.boolean(),
    bound: fc.option(confidence),
  }),
  fc.record({
    kind: fc.constant('text' as const),
    key: fc.constantFrom('source', 'folder', 'camera', 'lens', 'ext', 'type' as const),
    text,
  }),
  confidence.map((value) => ({ kind: 'confidence' as const, range: value })),
  fc
    .tuple(text, fc.array(text, { maxLength: 2 }), fc.option(fc.oneof(text, fc.constant(''))))
    .map(([first, middle, last]) => ({
      kind: 'name' as const,
      pieces: last === null ? [first] : [first, ...middle, last],
    })),
  fc.record({
    kind: fc.constant('number' as const),
    key: fc.constantFrom('iso', 'f', 'focal', 'width', 'height' as const),
    range: range(finite),
  }),
  fc.record({
    kind: fc.constant('number' as const),
    key: fc.constant('size' as const),
    range: range(fc.nat()),
  }),
  fc.record({
    kind: fc.constant('number' as const),
    key: fc.constantFrom('month', 'hour' as const),
    range: range(fc.integer({ min: 1, max: 12 })),
  }),
  fc.record({
    kind: fc.constant('date' as const),
    key: fc.constantFrom('date', 'added' as const),
    comparison,
    first: period,
    last: fc.constant(null),
  }),
  fc
    .tuple(fc.constantFrom('date', 'added' as const), orderedPeriods)
    .map(([key, [first, last]]) => ({
      kind: 'date' as const,
      key,
      comparison: '=' as const,
      first,
      last,
    })),
  period.map((first) => ({
    kind: 'date' as const,
    key: 'from' as const,
    comparison: '>=' as const,
    first,
    last: null,
  })),
  period.map((first) => ({
    kind: 'date' as const,
    key: 'to' as const,
    comparison: '<=' as const,
    first,
    last: null,
  })),
  range(fc.nat()).map((value) => ({ kind: 'age' as const, range: value })),
  fc.record({
    kind: fc.constant('on' as const),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 29 }),
  }),
  fc.constantFrom(...IS_VALUES).map((what) => ({ kind: 'is' as const, what })),
  text.map((source) => ({ kind: 'untagged-by' as const, source })),
  fc.constant({ kind: 'has' as const, what: 'gps' as const }),
  fc.record({
    kind: fc.constant('near' as const),
    latitude: fc.double({ min: -90, max: 90, noNaN: true }).map((value) => value || 0),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }).map((value) => value || 0),
    kilometres: fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => value || 0),
  }),
  fc.tuple(tagName, range(fc.double({ min: 0, max: 1, noNaN: true }))).map(([name, share]) => ({
    kind: 'box' as const,
    ...name,
    range: share,
  })),
);

/** Any tree that a query can mean. */
export const anyTree: fc.Arbitrary<QueryNode> = fc.letrec<{ node: QueryNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    term,
    fc.record({
      kind: fc.constantFrom('and', 'or' as const),
      children: fc.array(tie('node'), { minLength: 2, maxLength: 4 }),
    }),
    tie('node').map((child) => ({ kind: 'not' as const, child })),
  ),
})).node;

/** Text that is nearly a query. */
export const anyQueryText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...[
            '(',
            ')',
            '-',
            ' ',
            'OR',
            '"',
            '“',
            '”',
            '：',
            'tag:',
            'tag:dog>80',
            'iso:24-70',
            'from:2019-02',
          ],
          ...[
            'is:portrait',
            'is:untagged-by:x',
            'name:IMG_*',
            'near:1,2,3',
            'conf:>',
            'added:<7d',
            '桥',
            '*',
            '>=',
          ],
          ...[
            'date:2019..2020',
            'on:02-29',
            'hour:22-3',
            'box:a>0.5',
            'foo:',
            'size:1-5mb',
            'f:-1',
          ],
        ),
        fc.string({ maxLength: 4 }),
      ),
      { maxLength: 20 },
    )
    .map((parts) => parts.join('')),
);
