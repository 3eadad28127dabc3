import { useState } from 'react';
import { useThrottled } from '../state/useThrottled.ts';

const DELIVER_EVERY_MS = 30;

export type LiveSlider = {
  /** What the slider shows. */
  readonly value: number;
  readonly change: (value: number) => void;
  /** What waits is delivered at once. */
  readonly settle: () => void;
};

/**
 * A slider whose effect follows while it moves. It shows the person's own value until that one was
 * delivered: a value that comes back late from an earlier step never moves the thumb.
 */
export function useLiveSlider(value: number, deliver: (value: number) => void): LiveSlider {
  const [moved, setMoved] = useState<number | null>(null);
  const throttled = useThrottled((next: number) => {
    deliver(next);
    setMoved((before) => (before === next ? null : before));
  }, DELIVER_EVERY_MS);
  return {
    value: moved ?? value,
    change(next) {
      setMoved(next);
      throttled.call(next);
    },
    settle: () => throttled.flush(),
  };
}
