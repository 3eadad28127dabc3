import { type RefObject, useEffect } from 'react';

/**
 * Keeps the element with the focus where it is while the list above it grows or shrinks: a click on a
 * tag changes the whole list, and what was clicked must not jump away from under the pointer.
 */
export function useSteadyFocus(
  scroll: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    const area = scroll.current;
    if (!area || !content.current) return;
    let held: { readonly element: Element; readonly top: number } | null = null;
    const remember = (): void => {
      const element = document.activeElement;
      const inside = element !== null && element !== area && area.contains(element);
      held = inside ? { element, top: element.getBoundingClientRect().top } : null;
    };
    const observer = new ResizeObserver(() => {
      if (held?.element.isConnected) {
        area.scrollTop += held.element.getBoundingClientRect().top - held.top;
      }
      remember();
    });
    observer.observe(content.current);
    area.addEventListener('focusin', remember);
    area.addEventListener('scroll', remember);
    return () => {
      observer.disconnect();
      area.removeEventListener('focusin', remember);
      area.removeEventListener('scroll', remember);
    };
  }, [scroll, content]);
}
