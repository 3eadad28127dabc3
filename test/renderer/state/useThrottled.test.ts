import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createThrottle } from '../../../renderer/state/useThrottled.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('createThrottle', () => {
  it('runs at once, then with the newest value only', () => {
    const seen: number[] = [];
    const throttle = createThrottle((value: number) => seen.push(value), 30);
    for (const value of [1, 2, 3]) throttle.call(value);
    expect(seen).toEqual([1]);
    vi.advanceTimersByTime(30);
    expect(seen).toEqual([1, 3]);
    vi.advanceTimersByTime(300);
    expect(seen).toEqual([1, 3]);
    throttle.call(4);
    expect(seen).toEqual([1, 3, 4]);
  });

  it('runs what waits when it is flushed', () => {
    const seen: number[] = [];
    const throttle = createThrottle((value: number) => seen.push(value), 30);
    throttle.call(1);
    throttle.call(2);
    throttle.flush();
    throttle.flush();
    vi.advanceTimersByTime(100);
    expect(seen).toEqual([1, 2]);
  });
});
