import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Facets.module.css';
import { type SectionId, useSections } from './sections.ts';

export type SectionProps = {
  readonly id: SectionId;
  readonly title: string;
  /** At the end of the heading, such as small buttons. */
  readonly actions?: ReactNode;
  /** Only there while the part is open. */
  readonly children: ReactNode;
};

/** The id of a part's heading, for what is named by it. */
export function headingId(id: SectionId): string {
  return `sidebar-${id}`;
}

/** A part of the library pane under a heading that opens and closes it. */
export function Section({ id, title, actions, children }: SectionProps) {
  const { isOpen, toggle } = useSections();
  const open = isOpen(id);
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <section aria-labelledby={headingId(id)} data-section={id}>
      <div className={styles['headingRow']}>
        <h2 className={styles['heading']}>
          <button
            type="button"
            id={headingId(id)}
            className={styles['headingButton']}
            aria-expanded={open}
            onClick={() => toggle(id)}
          >
            {title}
            <Chevron size={14} className={styles['headingChevron']} aria-hidden="true" />
          </button>
        </h2>
        {actions && <span className={styles['headingActions']}>{actions}</span>}
      </div>
      {open && children}
    </section>
  );
}
