import { translate } from '../i18n/index.ts';
import { showToast } from '../state/toasts.ts';
import { getView } from '../state/view.ts';
import { addressOf } from './address.ts';

/** Puts the address of what is on screen on the clipboard, and says so. */
export async function copyAddress(): Promise<void> {
  try {
    await navigator.clipboard.writeText(addressOf(getView()));
    showToast({ text: translate('navigation.copied') });
  } catch {
    // The browser said no; there is nothing more to know about it.
    showToast({ text: translate('navigation.copyFailed'), kind: 'error' });
  }
}
