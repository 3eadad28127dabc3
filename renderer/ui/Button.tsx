import type { ComponentProps, ReactNode } from 'react';
import styles from './Button.module.css';
import { classes } from './classes.ts';

export type ButtonProps = Omit<ComponentProps<'button'>, 'type'> & {
  /** One accent button at most is on screen at a time. Default `plain`. */
  readonly variant?: 'plain' | 'accent' | 'danger' | 'quiet';
  readonly icon?: ReactNode;
  /** Work is under way: the button keeps its width and does not answer. */
  readonly busy?: boolean;
  readonly type?: 'button' | 'submit';
};

/** A button with words. For one with only an icon there is `IconButton`. */
export function Button(props: ButtonProps) {
  const { variant = 'plain', icon, busy = false, className, children, ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      className={classes(styles['button'], styles[variant], className)}
      aria-busy={busy || undefined}
      disabled={rest.disabled || busy}
    >
      {icon && (
        <span className={styles['icon']} aria-hidden="true">
          {icon}
        </span>
      )}
      {children}
    </button>
  );
}
