import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeTrail,
  EMPTY_TRAIL,
  encodeTrail,
  MOST_ENTRIES,
  moveTo,
  placeAt,
  pushEntry,
  replaceKey,
  replacePlace,
  stepsToOther,
  type Trail,
} from '../../../renderer/state/trail.ts';

const place = { photoId: 3, index: 8, y: -20.5 };

function trailOf(keys: readonly string[], at = keys.length - 1): Trail {
  const [first = '', ...rest] = keys;
  const whole = rest.reduce(pushEntry, replaceKey(EMPTY_TRAIL, first));
  return moveTo(whole, at);
}

describe('a trail', () => {
  it('counts steps to what is not on screen already', () => {
    const trail = trailOf(['a', 'b', 'b', 'b', 'c'], 2);
    expect(stepsToOther(trail, -1)).toBe(-2);
    expect(stepsToOther(trail, 1)).toBe(2);
    expect(stepsToOther(trailOf(['a']), -1)).toBe(0);
    expect(stepsToOther(trailOf(['a', 'a', 'a'], 1), 1)).toBe(0);
  });

  it('takes an entry it knows nothing of for something else', () => {
    const trail = replaceKey(moveTo(EMPTY_TRAIL, 3), 'a');
    expect(stepsToOther(trail, -1)).toBe(-1);
  });

  it('keeps the place of each entry', () => {
    const there = replacePlace(trailOf(['a', 'b']), place);
    expect(placeAt(there)).toEqual(place);
    expect(placeAt(moveTo(there, 0))).toBeNull();
    expect(placeAt(moveTo(moveTo(there, 0), 1))).toEqual(place);
    expect(placeAt(replaceKey(there, 'c'))).toEqual(place);
    expect(placeAt(pushEntry(there, 'c'))).toBeNull();
  });

  it('does not lead to entries that a browser has dropped', () => {
    const keys = Array.from({ length: MOST_ENTRIES + 20 }, (_, at) => String(at));
    const trail = trailOf(keys);
    expect(trail.at).toBe(keys.length - 1);
    expect(stepsToOther(moveTo(trail, 20), -1)).toBe(0);
    expect(stepsToOther(moveTo(trail, 21), -1)).toBe(-1);
    expect(encodeTrail(trail)).not.toContain('"19"');
  });

  it('comes back from text as it was, and from any other text not at all', () => {
    const trail = replacePlace(trailOf(['a', 'b', 'c'], 1), place);
    expect(decodeTrail(encodeTrail(trail))).toEqual(trail);
    expect(decodeTrail(null)).toBeNull();
    for (const text of [
      '',
      '7',
      'null',
      '{}',
      '{"at":2,"entries":[]}',
      '{"at":-1,"entries":[1]}',
    ]) {
      expect(decodeTrail(text), text).toBeNull();
    }
    expect(decodeTrail('{"at":0,"entries":[{"key":3,"place":{"photoId":"x"}}]}')).toEqual({
      at: 0,
      entries: [{ key: null, place: null }],
    });
    fc.assert(
      fc.property(fc.json(), (text) => {
        const read = decodeTrail(text);
        expect(read === null || read.at < read.entries.length).toBe(true);
      }),
    );
  });
});
