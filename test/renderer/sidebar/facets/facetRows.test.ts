import { describe, expect, it } from 'vitest';
import { type FacetRow, facetRows } from '../../../../renderer/sidebar/facets/facetRows.ts';
import { readTermUses, termsOfKey } from '../../../../shared/facetTerms.ts';
import type { FacetGroup } from '../../../../shared/model.ts';

const cameras = (count: number, total = count): FacetGroup => ({
  values: Array.from({ length: count }, (_, index) => ({
    text: `Camera ${index}`,
    term: `camera:"Camera ${index}"`,
    count: 100 - index,
  })),
  total,
});
const rowsOf = (group: FacetGroup, query = '', filter = '', expanded = false) =>
  facetRows(group, {
    filter,
    expanded,
    chosen: termsOfKey(query, 'camera'),
    uses: readTermUses(query),
    shownText: (text) => text.replace('Camera', 'Kamera'),
  });
const textsOf = (rows: readonly FacetRow[]) =>
  rows.map((row) => (row.kind === 'value' ? row.value.text : `${row.kind} ${row.hidden}`));

describe('facetRows', () => {
  it('shows the first values and how many more there are', () => {
    const rows = rowsOf(cameras(20));
    expect(rows).toHaveLength(9);
    expect(rows.at(-1)).toEqual({ kind: 'more', key: 'more', hidden: 12 });
    expect(rowsOf(cameras(9)).every(({ kind }) => kind === 'value')).toBe(true);
    expect(rowsOf(cameras(10)).at(-1)).toMatchObject({ hidden: 2 });
  });

  it('counts those that were not asked for yet among the hidden', () => {
    expect(rowsOf(cameras(50, 400)).at(-1)).toMatchObject({ kind: 'more', hidden: 392 });
    expect(rowsOf(cameras(400), '', '', true).at(-1)).toMatchObject({ hidden: 0 });
  });

  it('keeps what is searched for in sight: beyond the first, and without photos', () => {
    const query = '(camera:"Camera 15" OR camera:"Camera 1") -camera:Leica';
    expect(textsOf(rowsOf(cameras(20), query))).toEqual([
      'Leica',
      ...Array.from({ length: 8 }, (_, index) => `Camera ${index}`),
      'Camera 15',
      'more 11',
    ]);
    expect(rowsOf(cameras(0), query)[2]).toMatchObject({
      value: { text: 'Leica', term: 'camera:Leica', count: null },
    });
  });

  it('filters by what is shown and by what the file says, beyond "more"', () => {
    expect(textsOf(rowsOf(cameras(20), '', ' KAMERA 19'))).toEqual(['Camera 19']);
    expect(textsOf(rowsOf(cameras(20), '', 'camera 1'))).toHaveLength(11);
    expect(textsOf(rowsOf(cameras(20), 'camera:Leica', 'lei'))).toEqual(['Leica']);
    expect(rowsOf(cameras(20), '', 'nothing')).toEqual([]);
  });
});
