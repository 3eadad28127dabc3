import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { classes } from './classes.ts';
import styles from './Disclosure.module.css';

export type DisclosureProps = {
  readonly title: ReactNode;
  /** At the end of the line, such as a state. */
  readonly status?: ReactNode;
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  readonly children: ReactNode;
  /** `plain`: a line of text inside of something; `row`: one of a list. Default `row`. */
  readonly look?: 'row' | 'plain';
  /** 3 for `h3`, … Default 4. */
  readonly level?: 3 | 4 | 5;
};

/** One line that unfolds. */
export function Disclosure(props: DisclosureProps) {
  const { title, status, open, onToggle, children, look = 'row', level = 4 } = props;
  const id = useId();
  const Heading = `h${level}` as const;
  return (
    <div className={styles[look]}>
      <Heading className={styles['heading']}>
        <button
          type="button"
          className={styles['line']}
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          onClick={() => onToggle(!open)}
        >
          <ChevronRight
            size={14}
            className={classes(styles['chevron'], open && styles['open'])}
            aria-hidden="true"
          />
          <span className={styles['title']}>{title}</span>
          {status && <span className={styles['status']}>{status}</span>}
        </button>
      </Heading>
      {open && (
        <div id={id} className={styles['content']}>
          {children}
        </div>
      )}
    </div>
  );
}
