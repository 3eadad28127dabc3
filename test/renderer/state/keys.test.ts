import { describe, expect, it } from 'vitest';
import { type KeyPress, keyLabels, matchesKeys } from '../../../renderer/state/keys.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('matchesKeys', () => {
  it('takes the command key on a Mac and control elsewhere', () => {
    expect(matchesKeys('mod+z', press('z', { ctrlKey: true }), false)).toBe(true);
    expect(matchesKeys('mod+z', press('z', { metaKey: true }), false)).toBe(false);
    expect(matchesKeys('mod+z', press('z', { metaKey: true }), true)).toBe(true);
    expect(matchesKeys('mod+z', press('z', { ctrlKey: true }), true)).toBe(false);
  });

  it('wants all named modifiers and no others', () => {
    expect(matchesKeys('f', press('f'), false)).toBe(true);
    expect(matchesKeys('f', press('f', { ctrlKey: true }), false)).toBe(false);
    expect(matchesKeys('mod+shift+z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(
      true,
    );
    expect(matchesKeys('mod+z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(false);
    expect(matchesKeys('ArrowLeft', press('ArrowLeft', { shiftKey: true }), false)).toBe(false);
  });

  it('leaves the shift key open for signs, which need it on some keyboards only', () => {
    expect(matchesKeys('?', press('?', { shiftKey: true }), false)).toBe(true);
    expect(matchesKeys('/', press('/', { shiftKey: true }), false)).toBe(true);
    expect(matchesKeys('+', press('+', { shiftKey: true }), false)).toBe(true);
    expect(matchesKeys('+', press('+'), false)).toBe(true);
  });

  it('knows the space bar by name', () => {
    expect(matchesKeys('Space', press(' '), false)).toBe(true);
  });
});

describe('keyLabels', () => {
  it('names each key', () => {
    expect(keyLabels('mod+shift+z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(keyLabels('mod+z', true)).toEqual(['⌘', 'Z']);
    expect(keyLabels('+', false)).toEqual(['+']);
    expect(keyLabels('mod++', false)).toEqual(['Ctrl', '+']);
    expect(keyLabels('ArrowUp', false)).toEqual(['↑']);
  });
});
