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

  it('keeps every box of every source, and who saw an earlier version', () => {
    const box = { x: 0.1, y: 0.1, width: 0.2, height: 0.2, confidence: 80 };
    const { shown } = groupTags(
      [
        entry(1, 60, { source: 'huawei-tagging', boxes: [box, { ...box, x: 0.5 }] }),
        entry(1, 90, { source: 'tencent-tag', earlier: true }),
      ],
      0,
    );
    expect(shown).toHaveLength(1);
    expect(shown[0]?.boxes).toEqual([box, { ...box, x: 0.5 }]);
    expect(shown[0]?.sources).toEqual([
      { source: 'tencent-tag', confidence: 90, earlier: true },
      { source: 'huawei-tagging', confidence: 60, earlier: false },
    ]);
  });

  it('keeps sensitivity apart, whatever the lens and the person say', () => {
    const groups = groupTags(
      [
        entry(1, 99, { type: 'sensitivity', source: 'tencent-porn' }),
        entry(2, 3, { type: 'sensitivity', source: 'tencent-porn', rejected: true }),
        entry(3, 80),
      ],
      50,
    );
    expect(groups.sensitivity.map((row) => [row.id, row.rejected])).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(groups.shown.map((row) => row.id)).toEqual([3]);
    expect([...groups.below, ...groups.rejected]).toEqual([]);
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
