import { describe, expect, it } from 'vitest';
import { monthName, yearName } from '../../../../renderer/sidebar/facets/dateNames.ts';
import { type DateRow, dateRows } from '../../../../renderer/sidebar/facets/dateRows.ts';
import { readTermUses } from '../../../../shared/facetTerms.ts';
import type { FacetGroup } from '../../../../shared/model.ts';

const group = (texts: readonly string[]): FacetGroup => ({
  values: texts.map((text) => ({ text, term: `date:${text}`, count: 1 })),
  total: texts.length,
});
const years = group(['2021', '2020', '2019']);
const months = group(['2021-05', '2020-12', '2020-01', '2019-07']);
const closed = { open: new Map<string, boolean>(), expanded: false, uses: readTermUses('') };
const textsOf = (rows: readonly DateRow[]) =>
  rows.map((row) => (row.kind === 'more' ? `more ${row.hidden}` : row.value.text));

describe('dateRows', () => {
  it('shows years, and the months of those that are open', () => {
    expect(textsOf(dateRows(years, months, closed))).toEqual(['2021', '2020', '2019']);
    const open = new Map([['2020', true]]);
    expect(textsOf(dateRows(years, months, { ...closed, open }))).toEqual([
      '2021',
      '2020',
      '2020-12',
      '2020-01',
      '2019',
    ]);
  });

  it('opens the year of a month that is searched for, until the person closes it', () => {
    const uses = readTermUses('date:2019-07');
    expect(textsOf(dateRows(years, months, { ...closed, uses }))).toContain('2019-07');
    const open = new Map([['2019', false]]);
    expect(textsOf(dateRows(years, months, { ...closed, uses, open }))).not.toContain('2019-07');
  });

  it('folds many years, but none that is searched for', () => {
    const many = group(Array.from({ length: 20 }, (_, index) => String(2025 - index)));
    const uses = readTermUses('(date:2010 OR date:2007-03)');
    const rows = dateRows(many, group(['2007-03']), { ...closed, uses });
    expect(textsOf(rows).slice(8)).toEqual(['2010', '2007', '2007-03', 'more 10']);
    const all = dateRows(many, group([]), { ...closed, expanded: true });
    expect(all).toHaveLength(21);
    expect(all.at(-1)).toMatchObject({ hidden: 0 });
  });
});

describe('names of dates', () => {
  it('are those of the language', () => {
    expect([monthName('2019-07', 'en'), monthName('2019-07', 'zh')]).toEqual(['July', '7月']);
    expect([yearName('2019', 'en'), yearName('2019', 'zh')]).toEqual(['2019', '2019年']);
    expect(monthName('2019', 'en')).toBe('2019');
  });
});
