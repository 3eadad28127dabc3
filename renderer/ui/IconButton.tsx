import type { ComponentProps, ReactNode } from 'react';
import { withoutIsolation } from '../i18n/directions.ts';
import { classes } from './classes.ts';
import styles from './IconButton.module.css';
import { Tooltip } from './Tooltip.tsx';

export type IconButtonProps = Omit<ComponentProps<'button'>, 'type' | 'children'> & {
  /** Its name, for people who cannot see the icon and for those who hover. */
  readonly label: string;
  readonly icon: ReactNode;
  /** What to read on hover instead of the name: why it does not answer now. */
  readonly hint?: string | undefined;
  /** For buttons that are on or off. */
  readonly pressed?: boolean;
  /** Keys that do the same, shown beside the name. */
  readonly keys?: string;
  readonly size?: 'normal' | 'small';
  /** Where the name appears. Default `bottom`. */
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
};

/** A button that is an icon. Its name is always there for assistive technology, not only as a tooltip. */
export function IconButton(props: IconButtonProps) {
  const { label, hint, icon, pressed, keys, size = 'normal', side, className, ...rest } = props;
  return (
    <Tooltip text={hint ?? label} {...(keys ? { keys } : {})} {...(side ? { side } : {})}>
      <button
        type="button"
        {...rest}
        aria-label={withoutIsolation(label)}
        aria-pressed={pressed}
        className={classes(styles['button'], size === 'small' && styles['small'], className)}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
