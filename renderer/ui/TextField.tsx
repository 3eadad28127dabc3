import type { ReactNode, Ref } from 'react';
import { classes } from './classes.ts';
import styles from './TextField.module.css';

export type TextFieldProps = {
  /** Its name; shown as the placeholder where there is no other. */
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly icon?: ReactNode;
  readonly invalid?: boolean;
  readonly describedBy?: string;
  readonly onEnter?: () => void;
  readonly onBlur?: () => void;
  /** Called while there is something to clear; otherwise the key is left to others. */
  readonly onEscape?: () => void;
  readonly className?: string | undefined;
  /** Has the focus when its dialog opens. */
  readonly autoFocus?: boolean;
  readonly ref?: Ref<HTMLInputElement>;
  readonly id?: string;
  /** What is typed is not shown, and no password manager asks to keep it. */
  readonly secret?: boolean;
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'url';
  readonly readOnly?: boolean;
  /** In a dialog: escape belongs to this field, such as to take back what was typed, and does not close it. */
  readonly keepsEscape?: boolean;
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
        id={props.id}
        type={props.secret ? 'password' : 'text'}
        inputMode={props.inputMode}
        readOnly={props.readOnly}
        data-keeps-escape={props.keepsEscape || undefined}
        data-autofocus={props.autoFocus || undefined}
        className={styles['input']}
        aria-label={label}
        aria-invalid={invalid || undefined}
        aria-describedby={props.describedBy}
        placeholder={props.placeholder ?? label}
        value={value}
        spellCheck={false}
        autoComplete={props.secret ? 'new-password' : 'off'}
        onBlur={props.onBlur}
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
