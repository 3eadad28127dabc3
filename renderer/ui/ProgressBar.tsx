import { classes } from './classes.ts';
import styles from './ProgressBar.module.css';

export type ProgressBarProps = {
  readonly label: string;
  /** 0..1. */
  readonly value: number;
  /** Takes the whole width there is. */
  readonly wide?: boolean;
  /** Default `accent`; `muted` while nothing moves, `warning` where a limit is near. */
  readonly tone?: 'accent' | 'muted' | 'warning';
};

/** How far some work is. */
export function ProgressBar({ label, value, wide, tone = 'accent' }: ProgressBarProps) {
  const part = Math.max(0, Math.min(1, value));
  return (
    <div
      className={classes(styles['track'], wide && styles['wide'])}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(part * 100)}
    >
      <div
        className={classes(styles['done'], styles[tone])}
        style={{ transform: `scaleX(${part})` }}
      />
    </div>
  );
}
