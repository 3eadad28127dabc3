import { describe, expect, it } from 'vitest';
import { commonTags, groupTags } from '../../../renderer/inspector/tagRows.ts';
import type { TagEntry } from '../../../shared/model.ts';

function entry(id: number, confidence: number, more: Partial<TagEntry> = {}): TagEntry {
  return {
    id,
    names: { en: `tag ${id}` },
    type: 'light',
    source: 'on-device',
    confidence,
    ...more,
  };
}

describe('groupTags', () => {
  it('merges the sources of a tag and sorts by the best of them', () => {
    const { shown } = groupTags([entry(1, 60), entry(2, 80), entry(1, 100, { source: 'me' })], 50);
    expect(shown.map((row) => row.id)).toEqual([1, 2]);
    expect(shown[0]).toMatchObject({
      confidence: 100,
      sources: [
        { source: 'me', confidence: 100 },
        { source: 'on-device', confidence: 60 },
      ],
    });
  });

  it('parts at the lens exactly, and keeps rejected tags apart at any confidence', () => {
    const groups = groupTags(
      [entry(1, 50), entry(2, 49.9), entry(3, 90, { rejected: true }), entry(4, 3)],
      50,
    );
    expect(groups.shown.map((row) => row.id)).toEqual([1]);
    expect(groups.below.map((row) => row.id)).toEqual([2, 4]);
    expect(groups.rejected.map((row) => row.id)).toEqual([3]);
  });

  it('calls a tag earlier only when no source has seen the present picture', () => {
    const { shown } = groupTags(
      [
        entry(1, 70, { earlier: true }),
        entry(2, 70, { earlier: true }),
        entry(2, 60, { source: 'me' }),
      ],
      0,
    );
    expect(shown.map((row) => row.earlier)).toEqual([true, false]);
  });
});

describe('commonTags', () => {
  it('counts photos, not sources', () => {
    const found = commonTags(
      [
        { tags: [entry(1, 90), entry(1, 100, { source: 'me' }), entry(2, 90)] },
        { tags: [entry(1, 70), entry(2, 10)] },
        { tags: [entry(1, 70, { rejected: true })] },
      ],
      50,
    );
    expect(found).toEqual([
      { id: 1, names: { en: 'tag 1' }, count: 2 },
      { id: 2, names: { en: 'tag 2' }, count: 1 },
    ]);
  });
});
