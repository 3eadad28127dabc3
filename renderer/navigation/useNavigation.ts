import { useEffect } from 'react';
import { desktop, isMac } from '../api/desktop.ts';
import { useTranslation } from '../i18n/index.ts';
import { useShortcut } from '../state/shortcuts.ts';
import { goBack, goForward } from '../state/viewHistory.ts';
import { copyAddress } from './copyAddress.ts';
import {
  COPY_KEYS,
  type Direction,
  directionOfButton,
  directionOfKey,
  stepKeys,
} from './navigationKeys.ts';

/** One press of a mouse button may be told twice, by the page and by the system, the second time this much later. */
const SAME_PRESS_MS = 1000;

type Teller = 'page' | 'system';

/** Back and forward by keys and mouse buttons, as in a browser. Use once. */
export function useNavigation(): void {
  const { t } = useTranslation();
  const mac = isMac();
  const [backKeys = '', backKeysToo] = stepKeys('back', mac);
  const [forwardKeys = '', forwardKeysToo] = stepKeys('forward', mac);
  // Only for the list of shortcuts: `listen` below hears the keys before anybody else.
  const back = { label: t('navigation.back'), inFields: true };
  const forward = { label: t('navigation.forward'), inFields: true };
  useShortcut(backKeys, goBack, back);
  useShortcut(backKeysToo ?? backKeys, goBack, back);
  useShortcut(forwardKeys, goForward, forward);
  useShortcut(forwardKeysToo ?? forwardKeys, goForward, forward);
  useShortcut(COPY_KEYS, () => void copyAddress(), { label: t('navigation.copyAddress') });
  useEffect(listen, []);
}

function listen(): () => void {
  const bridge = desktop();
  let last: {
    readonly direction: Direction;
    readonly teller: Teller;
    readonly atMs: number;
  } | null = null;
  const step = (direction: Direction, teller: Teller): void => {
    const atMs = performance.now();
    const isTold =
      last?.direction === direction && last.teller !== teller && atMs - last.atMs < SAME_PRESS_MS;
    // Only the other one tells of the same press: who presses again is told of by the same one.
    last = isTold ? null : { direction, teller, atMs };
    if (!isTold) go(direction);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = event.isComposing ? null : directionOfKey(event);
    if (!direction) return;
    // Before sliders and lists take the arrow for themselves, and instead of the browser's own step.
    event.preventDefault();
    event.stopPropagation();
    if (!isElsewhere()) go(direction);
  };
  const onMouseUp = (event: MouseEvent): void => {
    const direction = directionOfButton(event.button);
    if (!direction) return;
    event.preventDefault();
    if (!isElsewhere()) step(direction, 'page');
  };
  window.addEventListener('keydown', onKeyDown, { capture: true });
  // A browser steps by itself.
  if (bridge) window.addEventListener('mouseup', onMouseUp, { capture: true });
  const stopSteps = bridge?.onStep?.((direction) => {
    if (!isElsewhere()) step(direction, 'system');
  });
  return () => {
    stopSteps?.();
    window.removeEventListener('keydown', onKeyDown, { capture: true });
    window.removeEventListener('mouseup', onMouseUp, { capture: true });
  };
}

function go(direction: Direction): void {
  if (direction === 'back') goBack();
  else goForward();
}

/** In a dialog or a menu: what lies behind it stays. */
function isElsewhere(): boolean {
  return document.querySelector('[data-shortcuts="off"], [role="menu"]') !== null;
}
