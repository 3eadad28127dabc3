import type { Translate } from '../i18n/index.ts';
import type { Shortcut, ShortcutGroup } from '../state/shortcuts.ts';

/** One line of the overlay: what happens, and the combinations that do it. */
export type ShortcutLine = { readonly label: string; readonly keys: readonly string[] };

export type ShortcutSection = {
  readonly group: ShortcutGroup;
  readonly lines: readonly ShortcutLine[];
};

const GROUPS: readonly ShortcutGroup[] = ['general', 'photos', 'search', 'viewer'];

/** Shortcuts that work at the moment, and those of places that are not open, by group; each action once. */
export function shortcutSections(
  working: readonly Shortcut[],
  elsewhere: readonly Shortcut[],
): ShortcutSection[] {
  const groups = new Set(working.map((shortcut) => shortcut.label && shortcut.group));
  const shown = [...working, ...elsewhere.filter(({ group }) => !groups.has(group))];
  return GROUPS.flatMap((group) => {
    const lines = new Map<string, string[]>();
    for (const shortcut of shown) {
      if (shortcut.group !== group || !shortcut.label) continue;
      const keys = lines.get(shortcut.label) ?? [];
      if (!keys.includes(shortcut.keys)) keys.push(shortcut.keys);
      lines.set(shortcut.label, keys);
    }
    return lines.size > 0
      ? [{ group, lines: [...lines].map(([label, keys]) => ({ label, keys })) }]
      : [];
  });
}

/** Keys that belong to the search field and the library pane themselves. */
export function fieldShortcuts(t: Translate): Shortcut[] {
  return listed('search', [
    ['ArrowDown', t('shortcuts.suggestionMove')],
    ['Tab', t('shortcuts.suggestionTake')],
    ['shift+Delete', t('shortcuts.forgetSearch')],
    ['alt+Enter', t('facets.keys.exclude')],
    ['shift+Enter', t('facets.keys.or')],
  ]);
}

/** Shortcuts of the grid and the viewer, for when they are not on screen. */
export function otherShortcuts(t: Translate): Shortcut[] {
  return [
    ...listed('photos', [
      ['ArrowLeft', t('grid.keys.move')],
      ['ArrowRight', t('grid.keys.move')],
      ['ArrowUp', t('grid.keys.move')],
      ['ArrowDown', t('grid.keys.move')],
      ['Enter', t('grid.keys.open')],
      ['Space', t('grid.keys.preview')],
      ['f', t('grid.keys.favorite')],
      ['t', t('grid.keys.tag')],
      ['x', t('grid.keys.reject')],
      ['v', t('sensitive.key')],
      ['shift+t', t('shortcuts.tagPhotos')],
      ['+', t('grid.keys.larger')],
      ['-', t('grid.keys.smaller')],
    ]),
    ...listed('viewer', [
      ['ArrowLeft', t('viewer.previous')],
      ['ArrowRight', t('viewer.next')],
      ['Escape', t('viewer.close')],
      ['+', t('viewer.zoomIn')],
      ['-', t('viewer.zoomOut')],
      ['0', t('viewer.fit')],
      ['1', t('viewer.actualSize')],
      ['i', t('viewer.panel')],
      ['v', t('sensitive.key')],
    ]),
  ];
}

function listed(
  group: ShortcutGroup,
  pairs: readonly (readonly [keys: string, label: string])[],
): Shortcut[] {
  return pairs.map(([keys, label]) => ({ keys, label, group }));
}
