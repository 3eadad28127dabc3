export type RestTimer = {
  /** Something changed: the rest begins anew. */
  readonly touch: () => void;
  /** What waits is dropped. */
  readonly stop: () => void;
};

/** Runs when nothing changed for `afterMs`; while change follows change, at the latest after `latestMs`. */
export function createRestTimer(run: () => void, afterMs: number, latestMs: number): RestTimer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let firstMs: number | null = null;
  const stop = (): void => {
    clearTimeout(timer);
    firstMs = null;
  };
  return {
    stop,
    touch() {
      clearTimeout(timer);
      const nowMs = performance.now();
      firstMs ??= nowMs;
      timer = setTimeout(
        () => {
          stop();
          run();
        },
        Math.max(0, Math.min(afterMs, firstMs + latestMs - nowMs)),
      );
    },
  };
}
