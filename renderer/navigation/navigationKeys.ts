/** Keys and mouse buttons that lead through what was shown. */
import { isMac } from '../api/desktop.ts';
import { matchesKeys } from '../state/keys.ts';

export const COPY_KEYS = 'shift+c';

export type Direction = 'back' | 'forward';

/** The usual keys of the system; the first one is shown. On a Mac, Option and an arrow move in a text. */
export function stepKeys(direction: Direction, mac: boolean = isMac()): readonly string[] {
  const bracket = direction === 'back' ? 'mod+[' : 'mod+]';
  const arrow = direction === 'back' ? 'alt+ArrowLeft' : 'alt+ArrowRight';
  return mac ? [bracket] : [arrow, bracket];
}

/** Which way a key leads, if it does. */
export function directionOfKey(event: KeyboardEvent, mac: boolean = isMac()): Direction | null {
  for (const direction of ['back', 'forward'] as const) {
    const key = direction === 'back' ? 'BrowserBack' : 'BrowserForward';
    if (event.key === key) return direction;
    if (stepKeys(direction, mac).some((keys) => matchesKeys(keys, event, mac))) return direction;
  }
  return null;
}

/** Which way a button of a mouse leads, if it does. */
export function directionOfButton(button: number): Direction | null {
  if (button === 3) return 'back';
  return button === 4 ? 'forward' : null;
}
