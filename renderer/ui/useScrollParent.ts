import { type RefObject, useCallback } from 'react';

/** Finds the element around this one that scrolls, so that a list inside of it needs no scroll bar of its own. */
export function useScrollParent(element: RefObject<HTMLElement | null>): () => HTMLElement | null {
  return useCallback(() => {
    let parent = element.current?.parentElement ?? null;
    while (parent && !/(auto|scroll)/.test(getComputedStyle(parent).overflowY)) {
      parent = parent.parentElement;
    }
    return parent;
  }, [element]);
}
