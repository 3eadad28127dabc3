import { toTagrollError } from '../api/client.ts';
import { errorText } from '../i18n/index.ts';
import { showToast } from './toasts.ts';

/** Tells the person why something they asked for did not happen. */
export function reportError(error: unknown): void {
  showToast({ kind: 'error', text: errorText(toTagrollError(error)) });
}

/** Runs an action; a failure is told, not thrown. Answers whether it went well. */
export async function attempt(action: () => Promise<unknown>): Promise<boolean> {
  try {
    await action();
    return true;
  } catch (error) {
    reportError(error);
    return false;
  }
}
