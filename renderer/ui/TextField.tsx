import type { ReactNode, Ref } from 'react';
import { classes } from './classes.ts';
import styles from './TextField.module.css';

export type TextFieldProps = {
  /** Its name; shown as the placeholder. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly icon?: ReactNode;
  readonly invalid?: boolean;
  readonly describedBy?: string;
  readonly onEnter?: () => void;
  /** Called while there is something to clear; otherwise the key is left to others. */
  readonly onEscape?: () => void;
  readonly className?: string | undefined;
  /** Has the focus when its dialog opens. */
  readonly autoFocus?: boolean;
  readonly ref?: Ref<HTMLInputElement>;
};

/** A line of text. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, icon, invalid, onEnter, onEscape } = props;
  return (
    <span className={classes(styles['field'], invalid && styles['invalid'], props.className)}>
      {icon && (
        <span className={styles['icon']} aria-hidden="true">
          {icon}
        </span>
      )}
      <input
        ref={props.ref}
        type="text"
        data-autofocus={props.autoFocus || undefined}
        className={styles['input']}
        aria-label={label}
        aria-invalid={invalid || undefined}
        aria-describedby={props.describedBy}
        placeholder={label}
        value={value}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter' && onEnter) {
            event.preventDefault();
            onEnter();
          } else if (event.key === 'Escape' && onEscape && value !== '') {
            event.preventDefault();
            event.stopPropagation();
            onEscape();
          }
        }}
      />
    </span>
  );
}
