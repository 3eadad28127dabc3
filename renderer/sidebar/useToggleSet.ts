import { useCallback, useState } from 'react';

/** A set that a click adds to or takes from. */
export function useToggleSet<Value>(
  initial?: ReadonlySet<Value>,
): readonly [ReadonlySet<Value>, (value: Value) => void] {
  const [values, setValues] = useState<ReadonlySet<Value>>(initial ?? new Set());
  const toggle = useCallback((value: Value): void => {
    setValues((before) => {
      const next = new Set(before);
      if (!next.delete(value)) next.add(value);
      return next;
    });
  }, []);
  return [values, toggle];
}
