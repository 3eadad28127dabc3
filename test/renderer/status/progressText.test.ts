import { beforeAll, describe, expect, it } from 'vitest';
import { formatFor } from '../../../renderer/i18n/format.ts';
import { startTranslation, translate } from '../../../renderer/i18n/index.ts';
import { progressText } from '../../../renderer/status/progressText.ts';
import type { Progress } from '../../../shared/model.ts';
import { withDocument } from '../withDocument.ts';

beforeAll(() => withDocument(() => startTranslation('en')));

const base: Progress = {
  phase: 'idle',
  found: 84_112,
  indexed: 84_112,
  pending: 0,
  photosPerSecond: 0,
  secondsLeft: null,
  failed: 0,
  unsupported: 0,
};
const text = (progress: Partial<Progress>) =>
  progressText({ ...base, ...progress }, translate, formatFor('en'));

describe('progressText', () => {
  it('says how far the work is, how fast it goes and how long it takes', () => {
    const busy = text({
      phase: 'indexing',
      indexed: 12_408,
      pending: 71_704,
      photosPerSecond: 38.4,
      secondsLeft: 1886,
    });
    expect([busy.main, ...busy.details].join(' · ')).toBe(
      '12,408 of 84,112 · 38 photos/s · 31 min left',
    );
    expect(busy.part).toBeCloseTo(0.1475, 3);
    expect(busy.canPause).toBe(true);
  });

  it('leaves out what is not known', () => {
    expect(text({ phase: 'indexing', indexed: 0, pending: 84_112 }).details).toEqual([]);
  });

  it('is calm when there is nothing to do', () => {
    expect(text({})).toEqual({
      main: '84,112 photos, up to date',
      details: [],
      part: null,
      canPause: false,
    });
    expect(text({ found: 0, indexed: 0 }).main).toBe('No photos yet');
    expect(text({ found: 1, indexed: 1 }).main).toBe('1 photo, up to date');
  });

  it('offers to go on where it was paused', () => {
    const paused = text({ phase: 'paused', indexed: 10, pending: 84_102 });
    expect(paused.main).toBe('Paused at 10 of 84,112');
    expect(paused.canPause).toBe(true);
  });
});
