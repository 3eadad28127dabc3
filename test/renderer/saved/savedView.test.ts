import { describe, expect, it } from 'vitest';
import { isSameSearch, keptOf, savedAs, viewOf } from '../../../renderer/saved/savedView.ts';
import type { SavedSearch } from '../../../shared/searchesContract.ts';

const VIEW = { query: 'tag:dog', threshold: 50, sort: 'taken', ascending: false } as const;
const saved = (id: number, patch: Partial<SavedSearch> = {}): SavedSearch => ({
  id,
  name: `number ${id}`,
  query: 'tag:dog',
  threshold: null,
  sort: 'taken',
  ascending: false,
  ...patch,
});

describe('opening a saved search', () => {
  it('shows its photos in its order, and leaves the lens where it is', () => {
    expect(viewOf(saved(1, { sort: 'name', ascending: true }))).toEqual({
      section: 'photos',
      viewerId: null,
      query: 'tag:dog',
      sort: 'name',
      ascending: true,
    });
  });

  it('sets the lens that it was saved with, also 0', () => {
    expect(viewOf(saved(1, { threshold: 60 }))).toMatchObject({ threshold: 60 });
    expect(viewOf(saved(1, { threshold: 0 }))).toMatchObject({ threshold: 0 });
  });
});

describe('keptOf', () => {
  it('is what the view shows, with the lens only where that is wanted', () => {
    const view = { ...VIEW, query: ' tag:dog ' };
    expect(keptOf(view, false)).toEqual({ ...VIEW, threshold: null });
    expect(keptOf(view, true)).toEqual(VIEW);
    expect(isSameSearch(keptOf(view, true), view)).toBe(true);
  });
});

describe('isSameSearch', () => {
  it.each([
    [{}, true],
    [{ query: ' tag:dog' }, true],
    [{ threshold: 50 }, true],
    [{ threshold: 60 }, false],
    [{ sort: 'name' }, false],
    [{ ascending: true }, false],
    [{ query: 'tag:dogs' }, false],
  ] as const)('%j in the view: %s', (patch, same) => {
    expect(isSameSearch(saved(1, patch), VIEW)).toBe(same);
  });
});

describe('savedAs', () => {
  it('is the very search, else one with the same query, else none', () => {
    const other = saved(1, { query: 'tag:cat' });
    const surer = saved(2, { threshold: 60 });
    const same = saved(3);
    expect(savedAs([other, surer, same], VIEW)).toBe(same);
    expect(savedAs([other, surer], VIEW)).toBe(surer);
    expect(savedAs([other], VIEW)).toBe(null);
    expect(savedAs([], VIEW)).toBe(null);
  });
});
