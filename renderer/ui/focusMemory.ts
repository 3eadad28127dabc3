/** Menus close as they open a dialog: what the focus goes back to afterwards is what had it before both. */
const PASSING = '[role="menu"], [role="dialog"]';

let last: HTMLElement | null = null;

if (typeof document !== 'undefined') {
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && !target.closest(PASSING)) last = target;
  });
}

/** What has the focus now, or had it before a menu or dialog took it. */
export function focusToReturnTo(): HTMLElement | null {
  const active = document.activeElement;
  if (active instanceof HTMLElement && !active.closest(PASSING)) return active;
  return last;
}
