import { type ComponentProps, useRef } from 'react';
import styles from './SearchField.module.css';

type MarkedInputProps = ComponentProps<'input'> & {
  readonly value: string;
  /** The part to underline, UTF-16 units; parts outside of the value are left out. */
  readonly mark: { readonly start: number; readonly end: number } | null;
};

/** An input in which a part can be underlined: a transparent copy of the text lies under it. */
export function MarkedInput({ value, mark, ...rest }: MarkedInputProps) {
  const copy = useRef<HTMLSpanElement>(null);
  const start = Math.max(0, mark?.start ?? 0);
  const end = Math.min(value.length, mark?.end ?? 0);
  return (
    <span className={styles['marked']}>
      {mark && end > start && (
        <span ref={copy} className={styles['copy']} aria-hidden="true">
          {value.slice(0, start)}
          <span className={styles['mistake']}>{value.slice(start, end)}</span>
          {value.slice(end)}
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
