/** Menus close as they open a dialog: what the focus goes back to afterwards is what had it before both. */
const PASSING = '[role="menu"], [role="dialog"]';
const MENU = '[role="menu"]';

let last: HTMLElement | null = null;

if (typeof document !== 'undefined') {
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && !target.closest(PASSING)) last = target;
  });
}

/** What has the focus now, or had it before a menu or dialog took it. */
export function focusToReturnTo(): HTMLElement | null {
  const active = document.activeElement;
  if (active instanceof HTMLElement && !active.closest(MENU)) return active;
  return last;
}

/** Gives the focus back; a dialog that was itself replaced by this one is gone by then. */
export function returnFocus(before: HTMLElement | null): void {
  (before?.isConnected ? before : last)?.focus();
}
