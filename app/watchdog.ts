/** Tells when a process is alive but does not answer any more. */

export type WatchdogOptions = {
  /** Asks the process for a sign of life. */
  readonly ping: () => void;
  /** It gave none for `silentMs`. Called once. */
  readonly onHung: () => void;
  readonly silentMs: number;
  /** Whether it could not have answered in that time: it is given four times as long then. */
  readonly isExcused?: (quietMs: number) => boolean;
  readonly everyMs?: number;
  /** Milliseconds of any clock. */
  readonly now?: () => number;
};

export type Watchdog = {
  /** A sign of life came. */
  pong(): void;
  stop(): void;
};

export const PING_EVERY_MS = 500;
const PATIENCE = 4;

/**
 * Asks again and again. Only moments in which we ourselves were on time count as silence: a computer that
 * slept, or that has no time for us either, says nothing of the other one.
 */
export function startWatchdog(options: WatchdogOptions): Watchdog {
  const { everyMs = PING_EVERY_MS, silentMs } = options;
  const now = options.now ?? (() => performance.now());
  let lookedAtMs = now();
  let quietMs = 0;
  const timer = setInterval(() => {
    const sinceMs = now() - lookedAtMs;
    lookedAtMs += sinceMs;
    if (sinceMs > 2 * everyMs) quietMs = 0;
    else quietMs += sinceMs;
    const mayWait = quietMs < PATIENCE * silentMs && options.isExcused?.(quietMs);
    if (quietMs < silentMs || mayWait) return options.ping();
    clearInterval(timer);
    options.onHung();
  }, everyMs);
  options.ping();
  return {
    pong() {
      quietMs = 0;
    },
    stop: () => clearInterval(timer),
  };
}
