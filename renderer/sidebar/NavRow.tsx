import type { ComponentProps, ReactNode } from 'react';
import { visibleName } from '../i18n/directions.ts';
import { useFormat } from '../i18n/format.ts';
import { classes } from '../ui/classes.ts';
import { Name } from '../ui/Name.tsx';
import styles from './NavRow.module.css';

export type NavRowProps = ComponentProps<'button'> & {
  readonly label: string;
  readonly icon?: ReactNode;
  /** Null while it is not known: its place stays empty. */
  readonly count?: number | null;
  readonly active?: boolean;
  readonly excluded?: boolean;
  readonly muted?: boolean;
  /** After the label, such as a state. */
  readonly mark?: ReactNode;
  /** A sentence on hover; without it the whole label. */
  readonly hint?: string | undefined;
};

/** One line of the sidebar: icon, name, count. */
export function NavRow(props: NavRowProps) {
  const { label, icon, count, active, excluded, muted, mark, hint, className, ...rest } = props;
  const format = useFormat();
  return (
    <button
      type="button"
      {...rest}
      data-roving
      className={classes(
        styles['row'],
        active && styles['active'],
        excluded && styles['excluded'],
        muted && styles['muted'],
        className,
      )}
    >
      {icon && (
        <span className={styles['icon']} aria-hidden="true">
          {icon}
        </span>
      )}
      <span className={styles['label']} title={visibleName(hint ?? label)}>
        <Name>{label}</Name>
      </span>
      {mark}
      {count !== undefined && count !== null && (
        <span className={styles['count']}>{format.number(count)}</span>
      )}
    </button>
  );
}
