import { X } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { withoutIsolation } from '../i18n/directions.ts';
import styles from './Chip.module.css';
import { classes } from './classes.ts';

export type ChipProps = {
  readonly children: ReactNode;
  /** Name of the button that takes it away. Without `onRemove` there is none. */
  readonly removeLabel?: string;
  readonly onRemove?: () => void;
  readonly onClick?: () => void;
  /** Puts the button of the text into something, such as the popover that opens from it. */
  readonly wrapButton?: (button: ReactElement) => ReactNode;
  /** Name of what a click does, where the text alone does not say it. */
  readonly clickLabel?: string;
  /** The whole text on hover. */
  readonly title?: string;
  readonly icon?: ReactNode;
  /** Takes photos away instead of choosing them. */
  readonly negated?: boolean;
  /** Cannot be understood. */
  readonly invalid?: boolean;
  /** Understood, but there is something to say about it. */
  readonly hinted?: boolean;
  /** For a button that takes no part in the order of tabbing. */
  readonly tabIndex?: number;
};

/** A small piece of something larger: a term of a search, a tag. */
export function Chip(props: ChipProps) {
  const { children, icon, removeLabel, onRemove, onClick, wrapButton, negated, tabIndex } = props;
  const button = (
    <button
      type="button"
      className={styles['text']}
      onClick={onClick}
      aria-label={props.clickLabel && withoutIsolation(props.clickLabel)}
      tabIndex={tabIndex}
    >
      {children}
    </button>
  );
  return (
    <span
      className={classes(
        styles['chip'],
        negated && styles['negated'],
        props.hinted && styles['hinted'],
        props.invalid && styles['invalid'],
      )}
      title={props.title}
    >
      {icon && <span className={styles['icon']}>{icon}</span>}
      {wrapButton ? (
        wrapButton(button)
      ) : onClick ? (
        button
      ) : (
        <span className={styles['text']}>{children}</span>
      )}
      {onRemove && (
        <button
          type="button"
          className={styles['remove']}
          aria-label={removeLabel && withoutIsolation(removeLabel)}
          onClick={onRemove}
          tabIndex={tabIndex}
        >
          <X size={12} aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
