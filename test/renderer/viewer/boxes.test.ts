import { describe, expect, it } from 'vitest';
import { boxPlace } from '../../../renderer/viewer/boxes.ts';

const box = (x: number, y: number, width: number, height: number) => ({
  x,
  y,
  width,
  height,
  confidence: 90,
});

describe('boxPlace', () => {
  it('is in percent of the picture', () => {
    expect(boxPlace(box(0.25, 0.5, 0.5, 0.25))).toEqual({
      left: 25,
      top: 50,
      width: 50,
      height: 25,
    });
  });

  it('ends at the edges of the picture', () => {
    expect(boxPlace(box(-0.5, 0.75, 1, 1))).toEqual({ left: 0, top: 75, width: 50, height: 25 });
  });

  it('is nothing outside of it, and nothing without a size', () => {
    expect(boxPlace(box(1.2, 0, 0.5, 0.5))).toBeNull();
    expect(boxPlace(box(0.2, 0.2, 0, 0.5))).toBeNull();
  });
});
