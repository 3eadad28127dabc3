/** What only the desktop door can do. In the browser door `desktop()` is null. */
export type DesktopBridge = {
  readonly platform?: string;
  /** The system's folder dialog; null when the person cancels. */
  readonly chooseFolder?: () => Promise<string | null>;
  /** Moves files to the system's trash after asking. */
  readonly trash?: (photoIds: readonly number[]) => Promise<unknown>;
  /** Calls back when the system says that a person wants to go back or forward. Answers how to stop. */
  readonly onStep?: (listener: (step: 'back' | 'forward') => void) => () => void;
  /**
   * Present when calls go over a MessagePort instead of a WebSocket. A function is called once for each
   * connection; the port itself arrives as a window message with the data `tagroll-port`.
   */
  readonly port?: unknown;
};

declare global {
  interface Window {
    readonly tagroll?: DesktopBridge;
  }
}

/** The desktop door's abilities, or null in a browser. */
export function desktop(): DesktopBridge | null {
  return window.tagroll ?? null;
}

/** Whether the command key, not the control key, is the one for shortcuts. */
export function isMac(): boolean {
  return /mac/i.test(desktop()?.platform ?? navigator.platform);
}
