import { rgbaToThumbHash } from 'thumbhash';
import { describe, expect, it } from 'vitest';
import { placeholderUrl } from '../../../renderer/grid/placeholder.ts';

describe('placeholderUrl', () => {
  it('draws a hash as a picture, the same one again from memory', () => {
    const pixels = new Uint8Array(8 * 8 * 4).map((_, index) => (index % 4 === 3 ? 255 : index));
    const hash = Buffer.from(rgbaToThumbHash(8, 8, pixels)).toString('base64');
    const url = placeholderUrl(hash);
    expect(url).toMatch(/^data:image\/png;base64,/);
    expect(placeholderUrl(hash)).toBe(url);
  });

  it('has none for a missing or damaged hash', () => {
    expect(placeholderUrl(null)).toBeNull();
    expect(placeholderUrl('')).toBeNull();
    expect(placeholderUrl('not base64 at all!')).toBeNull();
    expect(placeholderUrl('AAE=')).toBeNull();
  });
});
