import { describe, expect, it } from 'vitest';
import { SHOWN_VALUES } from '../../../renderer/sidebar/facets/shown.ts';
import { tagRows } from '../../../renderer/sidebar/tagRows.ts';
import type { TagCount } from '../../../shared/model.ts';

const tags = (type: string, count: number, from = 0): TagCount[] =>
  Array.from({ length: count }, (_, index) => ({
    id: from + index,
    names: { en: `${type} ${index}`, zh: `标签${from + index}` },
    type,
    count: count - index,
  }));
const plain = { filter: '', closed: new Set<string>(), expanded: new Set<string>() };

describe('tagRows', () => {
  it('groups by type: a person’s own first, what the computer measured last', () => {
    const all = [
      ...tags('capture', 1, 40),
      ...tags('composition', 1, 50),
      ...tags('light', 1),
      ...tags('colour', 1, 30),
      ...tags('scene', 1, 10),
      ...tags('mine', 1, 20),
    ];
    expect(tagRows(all, plain).map((row) => row.key)).toEqual([
      'group:mine',
      'tag:20',
      'group:scene',
      'tag:10',
      'group:colour',
      'tag:30',
      'group:light',
      'tag:0',
      'group:composition',
      'tag:50',
      'group:capture',
      'tag:40',
    ]);
  });

  it('puts tags that are searched for, but in no photo of the result, before the groups', () => {
    const searched = [{ id: -1, names: { en: 'wide', zh: 'wide' }, type: 'other', count: 0 }];
    const rows = tagRows(tags('light', 1), { ...plain, searched });
    expect(rows.map((row) => row.kind)).toEqual(['tag', 'group', 'tag']);
    expect(tagRows(tags('light', 1), { ...plain, searched, filter: 'light' })).toHaveLength(2);
  });

  it('shows the first tags of a large group and how many more there are', () => {
    const rows = tagRows(tags('light', 40), plain);
    expect(rows.filter((row) => row.kind === 'tag')).toHaveLength(SHOWN_VALUES);
    expect(rows.at(-1)).toMatchObject({ kind: 'more', hidden: 40 - SHOWN_VALUES });
    const whole = tagRows(tags('light', 40), { ...plain, expanded: new Set(['light']) });
    expect(whole.filter((row) => row.kind === 'tag')).toHaveLength(40);
    expect(whole.at(-1)).toMatchObject({ kind: 'more', hidden: 0 });
  });

  it('does not hide a single tag', () => {
    const rows = tagRows(tags('light', SHOWN_VALUES + 1), plain);
    expect(rows.some((row) => row.kind === 'more')).toBe(false);
  });

  it('leaves out the tags of a closed group', () => {
    expect(tagRows(tags('light', 3), { ...plain, closed: new Set(['light']) })).toEqual([
      { kind: 'group', key: 'group:light', type: 'light', open: false },
    ]);
  });

  it('filters in both languages, through closed groups and beyond "more"', () => {
    const options = { ...plain, closed: new Set(['light']), filter: ' LIGHT 3' };
    const found = tagRows(tags('light', 40), options).filter((row) => row.kind === 'tag');
    const thirties = Array.from({ length: 10 }, (_, index) => `tag:${30 + index}`);
    expect(found.map((row) => row.key)).toEqual(['tag:3', ...thirties]);
    expect(tagRows(tags('light', 40), { ...plain, filter: '标签39' }).at(-1)?.key).toBe('tag:39');
    expect(tagRows(tags('light', 40), { ...plain, filter: 'nothing' })).toEqual([]);
  });

  it('lists tags that only the library has after the others, while there is a filter', () => {
    const here = tags('light', 3);
    const library = [...tags('light', 3), ...tags('scene', 4, 50)];
    const listed = (filter: string, searched: readonly TagCount[] = []) =>
      tagRows(here, { ...plain, filter, library, searched }).map(({ key }) => key);
    expect(listed('1')).toEqual(['group:light', 'tag:1', 'elsewhere', 'tag:51']);
    expect(listed('标签')).toHaveLength(1 + 3 + 1 + 4);
    expect(listed('light')).not.toContain('elsewhere');
    expect(listed('')).not.toContain('elsewhere');
    // One that is excluded has its line already.
    const excluded = { id: -1, names: { en: 'scene 1', zh: 'scene 1' }, type: 'other', count: 0 };
    expect(listed('1', [excluded])).toEqual(['searched:scene 1', 'group:light', 'tag:1']);
  });

  it('marks only those as elsewhere', () => {
    const library = tags('scene', 1, 10);
    const rows = tagRows(tags('light', 1), { ...plain, filter: '0', library });
    expect(rows.flatMap((row) => (row.kind === 'tag' ? [row.elsewhere] : []))).toEqual([
      false,
      true,
    ]);
  });

  it('filters 20,000 tags to those that match', () => {
    const all = tags('light', 20_000);
    const found = tagRows(all, { ...plain, filter: 'light 1999' });
    expect(found.filter((row) => row.kind === 'tag')).toHaveLength(11);
    expect(tagRows(all, { ...plain, filter: 'Ｌｉｇｈｔ' })).toHaveLength(20_001);
  });
});
