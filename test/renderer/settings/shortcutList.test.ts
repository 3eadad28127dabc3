import { describe, expect, it } from 'vitest';
import { shortcutSections } from '../../../renderer/settings/shortcutList.ts';
import type { Shortcut } from '../../../renderer/state/shortcuts.ts';

const shortcut = (
  keys: string,
  label: string | null,
  group: Shortcut['group'] = 'photos',
): Shortcut => ({ keys, label, group });

describe('shortcutSections', () => {
  it('lists each action once, with all its keys', () => {
    const sections = shortcutSections(
      [
        shortcut('+', 'Larger'),
        shortcut('=', 'Larger'),
        shortcut('+', 'Larger'),
        shortcut('q', null),
      ],
      [],
    );
    expect(sections).toEqual([{ group: 'photos', lines: [{ label: 'Larger', keys: ['+', '='] }] }]);
  });

  it('adds what works elsewhere, but only of groups that are not on screen', () => {
    const elsewhere = [shortcut('Enter', 'Open'), shortcut('0', 'Fit', 'viewer')];
    const sections = shortcutSections([shortcut('f', 'Favourite')], elsewhere);
    expect(sections).toEqual([
      { group: 'photos', lines: [{ label: 'Favourite', keys: ['f'] }] },
      { group: 'viewer', lines: [{ label: 'Fit', keys: ['0'] }] },
    ]);
  });
});
