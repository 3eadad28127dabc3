import { type FocusEvent, type KeyboardEvent, useEffect, useRef } from 'react';

/**
 * Makes a list of buttons one stop of the tab key: arrows, Home and End move inside it. Its buttons
 * carry `data-roving`. Spread the answer on the element around them.
 */
export function useRovingFocus<Item extends HTMLElement>() {
  const container = useRef<Item>(null);
  const current = useRef<HTMLElement | null>(null);

  // Rows come and go, also without this component: one of them has to be reachable.
  useEffect(() => {
    const keepOne = (): void => {
      const all = rovingItems(container.current);
      const kept = all.find((item) => item === current.current) ?? all[0];
      for (const item of all) item.tabIndex = item === kept ? 0 : -1;
    };
    keepOne();
    if (!container.current) return;
    const observer = new MutationObserver(keepOne);
    observer.observe(container.current, { childList: true, subtree: true });
    return () => observer.disconnect();
  });

  return {
    ref: container,
    onFocus(event: FocusEvent) {
      const item = event.target;
      if (!(item instanceof HTMLElement) || item.dataset['roving'] === undefined) return;
      current.current = item;
      for (const other of rovingItems(container.current)) other.tabIndex = other === item ? 0 : -1;
    },
    onKeyDown(event: KeyboardEvent) {
      if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
      const all = rovingItems(container.current);
      const index = all.indexOf(event.target as HTMLElement);
      if (index < 0) return;
      const next = nextIndex(event.key, index, all.length);
      if (next === null) return;
      event.preventDefault();
      all[next]?.focus();
    },
  };
}

function nextIndex(key: string, index: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, index + 1);
    case 'ArrowUp':
      return Math.max(0, index - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

function rovingItems(container: HTMLElement | null): HTMLElement[] {
  return container ? [...container.querySelectorAll<HTMLElement>('[data-roving]')] : [];
}
