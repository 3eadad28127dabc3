import { useEffect, useMemo, useRef } from 'react';

/** A function that runs at once, then at most once in `everyMs` with the newest value; the last one always runs. */
export type Throttled<Value> = {
  readonly call: (value: Value) => void;
  /** Runs what waits now. */
  readonly flush: () => void;
};

export function createThrottle<Value>(
  run: (value: Value) => void,
  everyMs: number,
): Throttled<Value> {
  let waiting: { readonly value: Value } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const tick = (): void => {
    timer = null;
    if (!waiting) return;
    const { value } = waiting;
    waiting = null;
    timer = setTimeout(tick, everyMs);
    run(value);
  };
  return {
    call(value) {
      waiting = { value };
      if (timer === null) tick();
    },
    flush() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      tick();
    },
  };
}

/** `createThrottle` for the life of a component. What waits when it goes away still runs. */
export function useThrottled<Value>(
  run: (value: Value) => void,
  everyMs: number,
): Throttled<Value> {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  const throttled = useMemo(
    () => createThrottle<Value>((value) => latest.current(value), everyMs),
    [everyMs],
  );
  useEffect(() => () => throttled.flush(), [throttled]);
  return throttled;
}
