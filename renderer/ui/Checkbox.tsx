import { Check } from 'lucide-react';
import { Checkbox as Primitive } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import styles from './Checkbox.module.css';

export type CheckboxProps = {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
  /** A second line that says what it means. */
  readonly detail?: ReactNode;
  readonly disabled?: boolean;
};

/** A choice of yes or no with its label. */
export function Checkbox({ checked, onChange, children, detail, disabled }: CheckboxProps) {
  const id = useId();
  return (
    <div className={styles['row']}>
      <Primitive.Root
        id={id}
        className={styles['box']}
        checked={checked}
        disabled={disabled ?? false}
        aria-describedby={detail ? `${id}-detail` : undefined}
        onCheckedChange={(next) => onChange(next === true)}
      >
        <Primitive.Indicator className={styles['tick']}>
          <Check size={12} strokeWidth={3} aria-hidden="true" />
        </Primitive.Indicator>
      </Primitive.Root>
      <label htmlFor={id}>{children}</label>
      {detail && (
        <p id={`${id}-detail`} className={styles['detail']}>
          {detail}
        </p>
      )}
    </div>
  );
}
