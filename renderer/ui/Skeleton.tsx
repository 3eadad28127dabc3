import { useEffect, useState } from 'react';
import styles from './Skeleton.module.css';

export type SkeletonProps = {
  /** CSS lengths. */
  readonly width?: string;
  readonly height?: string;
};

const SHOW_AFTER_MS = 200;

/** The place of something that is loading. It takes its room at once and is seen only after a moment. */
export function Skeleton({ width = '100%', height = '1em' }: SkeletonProps) {
  const visible = useSlow();
  return (
    <span
      className={styles['skeleton']}
      data-visible={visible}
      style={{ width, height }}
      aria-hidden="true"
    />
  );
}

/** True once loading has taken long enough to be shown. */
export function useSlow(afterMs: number = SHOW_AFTER_MS): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), afterMs);
    return () => clearTimeout(timer);
  }, [afterMs]);
  return slow;
}
