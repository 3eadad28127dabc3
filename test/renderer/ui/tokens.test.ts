import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, '../../../renderer/ui/tokens.css'), 'utf8');

/** Colours of a theme, as 0..1 for red, green and blue. */
function theme(name: string): (role: string) => readonly number[] {
  const block = css.slice(css.indexOf(`[data-theme="${name}"]`)).split('}')[0] ?? '';
  return (role) => {
    const hex = new RegExp(`--${role}: #([0-9a-f]{6});`).exec(block)?.[1];
    if (!hex) throw new Error(`${name} has no colour ${role}.`);
    return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  };
}

function luminance(colour: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast as WCAG 2 counts it: 1..21. */
function contrast(a: readonly number[], b: readonly number[]): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const SURFACES = ['surface-1', 'surface-2', 'surface-3', 'surface-float'];

describe.each(['light', 'dark'])('the %s theme', (name) => {
  const colour = theme(name);

  it('can be read: text has a contrast of at least 4.5', () => {
    for (const surface of SURFACES) {
      for (const text of ['text-1', 'text-2', 'text-3']) {
        expect(contrast(colour(text), colour(surface)), `${text} on ${surface}`).toBeGreaterThan(
          4.5,
        );
      }
    }
    expect(contrast(colour('accent-text'), colour('accent'))).toBeGreaterThan(4.5);
    expect(contrast(colour('accent-text'), colour('accent-hover'))).toBeGreaterThan(4.5);
    expect(contrast(colour('text-1'), colour('accent-soft'))).toBeGreaterThan(4.5);
    for (const role of ['danger', 'warning', 'success']) {
      expect(contrast(colour(role), colour('surface-1')), role).toBeGreaterThan(4.5);
    }
  });

  it('can be used: controls and focus have a contrast of at least 3', () => {
    for (const surface of ['surface-1', 'surface-2', 'surface-float']) {
      for (const control of ['line-control', 'accent', 'focus']) {
        expect(
          contrast(colour(control), colour(surface)),
          `${control} on ${surface}`,
        ).toBeGreaterThan(3);
      }
    }
  });

  it('does not tint what is around the photos', () => {
    for (const surface of [...SURFACES, 'viewer-surface']) {
      expect(new Set(colour(surface)).size, surface).toBe(1);
    }
  });
});
