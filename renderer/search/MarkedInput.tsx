import { type ComponentProps, type ReactNode, useRef } from 'react';
import type { QueryMark } from './queryProblem.ts';
import styles from './SearchField.module.css';

type MarkedInputProps = ComponentProps<'input'> & {
  readonly value: string;
  /** The parts to underline, UTF-16 units, in order; what is outside of the value is left out. */
  readonly marks: readonly QueryMark[];
};

/** An input in which parts can be underlined: a transparent copy of the text lies under it. */
export function MarkedInput({ value, marks, ...rest }: MarkedInputProps) {
  const copy = useRef<HTMLSpanElement>(null);
  const pieces: ReactNode[] = [];
  let place = 0;
  for (const mark of marks) {
    const start = Math.max(place, mark.start);
    const end = Math.min(value.length, mark.end);
    if (end <= start) continue;
    pieces.push(
      value.slice(place, start),
      <span key={start} className={styles[mark.kind]}>
        {value.slice(start, end)}
      </span>,
    );
    place = end;
  }
  return (
    <span className={styles['marked']}>
      {pieces.length > 0 && (
        <span ref={copy} className={styles['copy']} aria-hidden="true">
          {pieces}
          {value.slice(place)}
        </span>
      )}
      <input
        {...rest}
        type="text"
        className={styles['input']}
        value={value}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onScroll={(event) => {
          if (copy.current) copy.current.scrollLeft = event.currentTarget.scrollLeft;
        }}
      />
    </span>
  );
}
