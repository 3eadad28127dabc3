import { describe, expect, it } from 'vitest';
import { readKeptView, writeKeptView } from '../../../renderer/navigation/keptView.ts';
import { DEFAULT_VIEW, decodeView } from '../../../renderer/state/viewHash.ts';
import { DEFAULT_SETTINGS, LONGEST_VIEW, settingsSchema } from '../../../shared/settings.ts';

const view = { ...DEFAULT_VIEW, query: 'is:sensitive "at=9.9.9" 狗', viewerId: 12 };
const place = { photoId: 84_112, index: 400_000, y: -37 };

describe('the view that is kept', () => {
  it('comes back with where the person stood', () => {
    const kept = readKeptView(writeKeptView(view, place));
    expect(kept?.place).toEqual(place);
    expect(decodeView(kept?.hash ?? '')).toEqual(view);
  });

  it('comes back without a place, at the top', () => {
    const kept = readKeptView(writeKeptView(view, null));
    expect(kept?.place).toBeNull();
    expect(decodeView(kept?.hash ?? '')).toEqual(view);
  });

  it('is nothing when it would not fit into the library', () => {
    const long = writeKeptView({ ...view, query: '狗'.repeat(3000) }, place);
    expect(long).toBe('');
    const fits = writeKeptView({ ...view, query: 'dog '.repeat(2500) }, place);
    expect(fits).not.toBe('');
    expect(settingsSchema.shape.view.parse(fits)).toBe(fits);
    expect(settingsSchema.shape.view.safeParse('x'.repeat(LONGEST_VIEW + 1)).success).toBe(false);
  });

  it('is nothing for any other text', () => {
    expect(DEFAULT_SETTINGS.view).toBe('');
    for (const text of ['', 'dog', '#/albums', '&at=1.2.3']) {
      expect(readKeptView(text), text).toBeUndefined();
    }
    expect(readKeptView('#/photos?q=a&at=0.1.2')?.place).toBeNull();
  });
});
