import styles from './ProgressBar.module.css';

export type ProgressBarProps = {
  readonly label: string;
  /** 0..1. */
  readonly value: number;
};

/** How far some work is. */
export function ProgressBar({ label, value }: ProgressBarProps) {
  const part = Math.max(0, Math.min(1, value));
  return (
    <div
      className={styles['track']}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(part * 100)}
    >
      <div className={styles['done']} style={{ transform: `scaleX(${part})` }} />
    </div>
  );
}
