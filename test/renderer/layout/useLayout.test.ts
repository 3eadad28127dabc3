import { describe, expect, it } from 'vitest';
import { layoutFor } from '../../../renderer/layout/useLayout.ts';

describe('layoutFor', () => {
  it('gives the photos their room as the window gets narrower', () => {
    expect([1440, 1100, 1099, 760, 759, 520, 519, 320].map(layoutFor)).toEqual([
      'wide',
      'wide',
      'medium',
      'medium',
      'narrow',
      'narrow',
      'small',
      'small',
    ]);
  });
});
