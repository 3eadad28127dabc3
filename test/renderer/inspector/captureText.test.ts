import { describe, expect, it } from 'vitest';
import {
  apertureText,
  coordinatesText,
  exposureText,
  focalLengthText,
  megapixelsText,
  offsetText,
} from '../../../renderer/inspector/captureText.ts';

describe('captureText', () => {
  it('writes exposures as photographers do', () => {
    expect(exposureText(0.008, 'en')).toBe('1/125 s');
    expect(exposureText(1 / 3, 'en')).toBe('1/3 s');
    expect(exposureText(0.5, 'en')).toBe('0.5 s');
    expect(exposureText(30, 'zh')).toBe('30 s');
    expect(exposureText(0, 'en')).toBe('0 s');
  });

  it('writes aperture and focal length', () => {
    expect(apertureText(2.8, 'en')).toBe('f/2.8');
    expect(apertureText(8, 'zh')).toBe('f/8');
    expect(focalLengthText(4.25, 'en')).toBe('4.3 mm');
  });

  it('writes places on both hemispheres', () => {
    expect(coordinatesText(36.0671, 120.3826)).toBe('36.06710° N, 120.38260° E');
    expect(coordinatesText(-33.9, -70.5)).toBe('33.90000° S, 70.50000° W');
  });

  it('writes offsets, negative and half ones too', () => {
    expect(offsetText(480)).toBe('UTC+08:00');
    expect(offsetText(-210)).toBe('UTC−03:30');
    expect(offsetText(0)).toBe('UTC+00:00');
  });

  it('writes sizes', () => {
    expect(megapixelsText(4032, 3024, 'en')).toBe('12.2 MP');
    expect(megapixelsText(100, 100, 'en')).toBeNull();
  });
});
