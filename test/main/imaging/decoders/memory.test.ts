import { afterEach, describe, expect, it } from 'vitest';
import {
  guardMemory,
  OutOfMemory,
  reserve,
  setMemoryLimit,
} from '../../../../main/imaging/decoders/memory.ts';
import { grid, heifFile, tile } from '../../../helpers/heif.ts';
import { decodeBytes, expectPicture } from './looking.ts';

afterEach(() => setMemoryLimit(Number.POSITIVE_INFINITY));

/** Lets this process have so many bytes more. */
function allow(bytes: number): void {
  setMemoryLimit(process.memoryUsage.rss() + bytes);
}

describe('the memory of decoders', () => {
  it('is refused over the limit', () => {
    allow(500_000_000);
    expect(() => reserve(1_000_000)).not.toThrow();
    expect(() => reserve(600_000_000)).toThrow(OutOfMemory);
  });

  it('does not grow in WebAssembly over the limit, and says so once', () => {
    const guarded = guardMemory(new WebAssembly.Memory({ initial: 1, maximum: 20_000 }));
    allow(100_000_000);
    expect(guarded.memory.grow(1)).toBe(1);
    expect(guarded.takeRefusal()).toBe(false);
    expect(() => guarded.memory.grow(10_000)).toThrow(OutOfMemory);
    expect([guarded.takeRefusal(), guarded.takeRefusal()]).toEqual([true, false]);
  });

  it('ends a decoder in the middle, and the next file is decoded all the same', async () => {
    const items = grid(30, 30);
    allow(-1);
    await expect(decodeBytes(heifFile(items, items.length), 'a.heic')).rejects.toThrow(OutOfMemory);
    setMemoryLimit(Number.POSITIVE_INFINITY);
    await expectPicture(heifFile([tile()], 1), 'a.heic', [64, 64]);
  });
});
