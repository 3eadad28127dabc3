/** Keys as they are written in code: `/`, `mod+z`, `shift+ArrowLeft`, `Space`. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const MODIFIERS = ['mod', 'ctrl', 'alt', 'shift'];

/** Whether an event is the written combination. `mod` is the command key on a Mac, else control. */
export function matchesKeys(keys: string, event: KeyPress, mac: boolean): boolean {
  const parts = keys.split(/(?<=.)\+(?=.)/);
  const key = parts.at(-1) ?? '';
  const wanted = new Set(parts.slice(0, -1).map((part) => part.toLowerCase()));
  for (const part of wanted) if (!MODIFIERS.includes(part)) return false;
  const control = wanted.has('ctrl') || (wanted.has('mod') && !mac);
  const command = wanted.has('mod') && mac;
  if (event.ctrlKey !== control || event.metaKey !== command) return false;
  if (event.altKey !== wanted.has('alt')) return false;
  // A sign such as `?` needs shift on some keyboards and not on others: only its result counts.
  const named = key.length > 1 || /\p{L}/u.test(key);
  if (named && event.shiftKey !== wanted.has('shift')) return false;
  const pressed = event.key === ' ' ? 'space' : event.key.toLowerCase();
  return pressed === (key === ' ' ? 'space' : key.toLowerCase());
}

/** The combination as keys to show, one by one. */
export function keyLabels(keys: string, mac: boolean): string[] {
  const names: Readonly<Record<string, string>> = {
    mod: mac ? '⌘' : 'Ctrl',
    ctrl: mac ? '⌃' : 'Ctrl',
    alt: mac ? '⌥' : 'Alt',
    shift: mac ? '⇧' : 'Shift',
    ArrowLeft: '←',
    ArrowRight: '→',
    ArrowUp: '↑',
    ArrowDown: '↓',
    Escape: 'Esc',
    ' ': 'Space',
  };
  return keys.split(/(?<=.)\+(?=.)/).map((part) => {
    const name = names[part];
    if (name !== undefined) return name;
    return part.length === 1 ? part.toUpperCase() : part;
  });
}
