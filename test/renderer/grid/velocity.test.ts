import { describe, expect, it } from 'vitest';
import { createVelocityGauge } from '../../../renderer/grid/velocity.ts';

/** Scrolls at a speed for some frames and answers what the gauge says at the end. */
function scrollAt(pixelsPerSecond: number, frames = 10): boolean {
  const isFast = createVelocityGauge();
  let answer = false;
  for (let frame = 0; frame < frames; frame += 1) {
    const nowMs = 1000 + frame * 16.7;
    answer = isFast(((nowMs - 1000) / 1000) * pixelsPerSecond, nowMs);
  }
  return answer;
}

describe('createVelocityGauge', () => {
  it('parts reading speed from rushing', () => {
    expect(scrollAt(3000)).toBe(false);
    expect(scrollAt(-3000)).toBe(false);
    expect(scrollAt(12_000)).toBe(true);
    expect(scrollAt(-12_000)).toBe(true);
  });

  it('does not hold a jump for a rush', () => {
    const isFast = createVelocityGauge();
    expect(isFast(0, 1000)).toBe(false);
    expect(isFast(2_000_000, 3000)).toBe(false);
    expect(isFast(2_000_001, 3050)).toBe(false);
  });

  it('forgets a rush once the scroll is slow again', () => {
    const isFast = createVelocityGauge();
    for (let frame = 0; frame < 10; frame += 1) isFast(frame * 400, frame * 16);
    expect(isFast(4000, 160)).toBe(true);
    let answer = true;
    for (let frame = 0; frame < 10; frame += 1) answer = isFast(4000 + frame, 176 + frame * 16);
    expect(answer).toBe(false);
  });
});
