import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

export type EmptyStateProps = {
  readonly icon: ReactNode;
  /** One sentence. */
  readonly text: ReactNode;
  /** One action. */
  readonly action?: ReactNode;
};

/** What a view says when there is nothing to show. */
export function EmptyState({ icon, text, action }: EmptyStateProps) {
  return (
    <div className={styles['empty']}>
      <span className={styles['icon']} aria-hidden="true">
        {icon}
      </span>
      <p className={styles['text']}>{text}</p>
      {action}
    </div>
  );
}
