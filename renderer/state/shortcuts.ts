/** One registry of keyboard shortcuts: one listener calls them, one overlay lists them. */
import { useEffect, useRef } from 'react';
import { isMac } from '../api/desktop.ts';
import { matchesKeys } from './keys.ts';
import { createStore, useStore } from './store.ts';

export type ShortcutGroup = 'general' | 'search' | 'photos' | 'viewer';

export type ShortcutOptions = {
  /** What it does, in the person's language. Without it the overlay does not list it. */
  readonly label?: string;
  readonly group?: ShortcutGroup;
  /** Default true. */
  readonly enabled?: boolean;
  /** Also while a person types in a field. Default false. */
  readonly inFields?: boolean;
};

/** Answer `false` to let another shortcut, or the browser, have the key. */
export type ShortcutHandler = (event: KeyboardEvent) => unknown;

export type Shortcut = {
  readonly keys: string;
  readonly label: string | null;
  readonly group: ShortcutGroup;
};

type Registered = Shortcut & { readonly inFields: boolean; readonly run: ShortcutHandler };

const registered = createStore<readonly Registered[]>([]);
let listening = false;

/** Binds a key while the component is there. The one bound last wins. */
export function useShortcut(
  keys: string,
  handler: ShortcutHandler,
  options: ShortcutOptions = {},
): void {
  const { label = null, group = 'general', enabled = true, inFields = false } = options;
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    if (!enabled) return;
    listen();
    const entry = {
      keys,
      label,
      group,
      inFields,
      run: (event: KeyboardEvent) => latest.current(event),
    };
    registered.set([...registered.get(), entry]);
    return () => registered.set(registered.get().filter((other) => other !== entry));
  }, [keys, label, group, enabled, inFields]);
}

/** All shortcuts that work at the moment. */
export function useShortcuts(): readonly Shortcut[] {
  return useStore(registered);
}

function listen(): void {
  if (listening) return;
  listening = true;
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest('[data-shortcuts="off"], [role="menu"]')) return;
    const typing = isField(target);
    if ((event.key === ' ' || event.key === 'Enter') && target?.closest(PRESSABLE)) return;
    const mac = isMac();
    for (const shortcut of registered.get().toReversed()) {
      if (typing && !shortcut.inFields) continue;
      if (!matchesKeys(shortcut.keys, event, mac)) continue;
      if (shortcut.run(event) === false) continue;
      event.preventDefault();
      return;
    }
  });
}

/** Elements that answer to space and enter themselves. */
const PRESSABLE =
  'button, a[href], summary, [role="button"], [role="treeitem"], [role="checkbox"], [role="switch"]';

function isField(target: Element | null): boolean {
  if (target instanceof HTMLInputElement) {
    return !['button', 'checkbox', 'radio', 'range', 'submit'].includes(target.type);
  }
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}
