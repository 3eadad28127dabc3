import { type FocusEvent, type RefObject, useEffect, useRef } from 'react';

/**
 * Keeps the focus on a value whose line is drawn anew at another place of its list: a click changes the
 * search, and the search the list. Lines carry `data-value`. Spread the answer on the element around them.
 */
export function useKeptFocus(container: RefObject<HTMLElement | null>) {
  const held = useRef<HTMLElement | null>(null);
  // After each render: that is when lines come and go.
  useEffect(() => {
    const before = held.current;
    if (!before || before.isConnected || document.activeElement !== document.body) return;
    held.current = null;
    const value = before.dataset['value'];
    const again = [...(container.current?.querySelectorAll<HTMLElement>('[data-value]') ?? [])];
    again.find((line) => line.dataset['value'] === value)?.focus({ preventScroll: true });
  });
  return {
    onFocusCapture(event: FocusEvent) {
      held.current = event.target instanceof HTMLElement ? event.target : null;
    },
  };
}
