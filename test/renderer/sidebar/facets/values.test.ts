import { describe, expect, it } from 'vitest';
import { clickOf, clickOfKey } from '../../../../renderer/sidebar/facets/clicks.ts';
import { colourOf } from '../../../../renderer/sidebar/facets/Swatch.tsx';
import { toggled } from '../../../../renderer/sidebar/facets/sections.ts';
import { settingsSchema } from '../../../../shared/settings.ts';

const none = { altKey: false, shiftKey: false };

describe('clicks and keys', () => {
  it('add, exclude with alt, are alternatives with shift', () => {
    expect(clickOf(none)).toBe('add');
    expect(clickOf({ ...none, altKey: true })).toBe('exclude');
    expect(clickOf({ ...none, shiftKey: true })).toBe('or');
    expect(clickOf({ altKey: true, shiftKey: true })).toBe('exclude');
  });

  it('leave to the browser what it takes for a click itself', () => {
    expect(clickOfKey({ ...none, key: 'Enter' })).toBeNull();
    expect(clickOfKey({ ...none, key: 'Enter', altKey: true })).toBe('exclude');
    expect(clickOfKey({ ...none, key: 'Enter', shiftKey: true })).toBe('or');
    expect(clickOfKey({ ...none, key: 'ArrowDown', altKey: true })).toBeNull();
  });
});

describe('parts of the library pane', () => {
  it('are open until they are closed, and only closed ones are kept', () => {
    expect(toggled({}, 'dates')).toEqual({ dates: false });
    expect(toggled({ dates: false, tags: false }, 'dates')).toEqual({ tags: false });
    expect(toggled({ dates: true }, 'dates')).toEqual({ dates: false });
  });

  it('never grow beyond what a setting holds', () => {
    let sections: Record<string, boolean> = {};
    for (let index = 0; index < 450; index += 1) sections = toggled(sections, `tags.${index}`);
    expect(sections['tags.449']).toBe(false);
    expect(sections['tags.0']).toBeUndefined();
    expect(settingsSchema.parse({ 'sidebar.sections': sections })['sidebar.sections']).toEqual(
      sections,
    );
  });
});

describe('colourOf', () => {
  it('is the name of a colour tag, and of nothing else', () => {
    expect(colourOf({ type: 'colour', names: { en: 'blue', zh: '蓝' } })).toBe('blue');
    expect(colourOf({ type: 'colour', names: { en: 'vivid' } })).toBeNull();
    expect(colourOf({ type: 'thing', names: { en: 'orange' } })).toBeNull();
    expect(colourOf({ type: 'colour', names: { zh: '蓝' } })).toBeNull();
  });
});
