import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRestTimer } from '../../../renderer/state/restTimer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('createRestTimer', () => {
  it('runs once when a row of changes has come to rest', () => {
    const run = vi.fn();
    const timer = createRestTimer(run, 60, 400);
    for (let change = 0; change < 4; change += 1) {
      timer.touch();
      vi.advanceTimersByTime(40);
    }
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(20);
    expect(run).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1000);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('runs now and then while changes never end', () => {
    const run = vi.fn();
    const timer = createRestTimer(run, 60, 400);
    for (let change = 0; change < 100; change += 1) {
      timer.touch();
      vi.advanceTimersByTime(10);
    }
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('drops what waits', () => {
    const run = vi.fn();
    const timer = createRestTimer(run, 60, 400);
    timer.touch();
    timer.stop();
    vi.advanceTimersByTime(1000);
    expect(run).not.toHaveBeenCalled();
    timer.touch();
    vi.advanceTimersByTime(60);
    expect(run).toHaveBeenCalledTimes(1);
  });
});
