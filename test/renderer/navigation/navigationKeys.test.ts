import { describe, expect, it } from 'vitest';
import {
  directionOfButton,
  directionOfKey,
  stepKeys,
} from '../../../renderer/navigation/navigationKeys.ts';

const press = (key: string, held: Partial<KeyboardEvent> = {}): KeyboardEvent =>
  ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...held,
  }) as KeyboardEvent;

describe('keys that lead back and forward', () => {
  it('are those of the system', () => {
    const alt = { altKey: true };
    expect(directionOfKey(press('ArrowLeft', alt), false)).toBe('back');
    expect(directionOfKey(press('ArrowRight', alt), false)).toBe('forward');
    expect(directionOfKey(press('[', { ctrlKey: true }), false)).toBe('back');
    expect(directionOfKey(press(']', { metaKey: true }), true)).toBe('forward');
    expect(directionOfKey(press('BrowserBack'), false)).toBe('back');
  });

  it('leave a Mac its way of moving in a text', () => {
    expect(directionOfKey(press('ArrowLeft', { altKey: true }), true)).toBeNull();
    expect(stepKeys('back', true)).toEqual(['mod+[']);
  });

  it('are nothing else', () => {
    for (const event of [
      press('ArrowLeft'),
      press('ArrowLeft', { altKey: true, shiftKey: true }),
      press('ArrowLeft', { ctrlKey: true }),
      press('['),
      press('Backspace'),
    ]) {
      expect(directionOfKey(event, false)).toBeNull();
    }
  });
});

describe('buttons of a mouse', () => {
  it('lead back and forward from the fourth on', () => {
    expect([0, 1, 2, 3, 4, 5].map(directionOfButton)).toEqual([
      null,
      null,
      null,
      'back',
      'forward',
      null,
    ]);
  });
});
