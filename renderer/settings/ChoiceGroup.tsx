import { RadioGroup } from 'radix-ui';
import { useId } from 'react';
import styles from './Settings.module.css';

export type Choice<Value extends string> = { readonly value: Value; readonly label: string };

type ChoiceGroupProps<Value extends string> = {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
  /** `row`: the name stands in front, as with fields. Default `stack`. */
  readonly layout?: 'stack' | 'row';
};

/** One of a few, all of which can be seen. */
export function ChoiceGroup<Value extends string>(props: ChoiceGroupProps<Value>) {
  const { label, value, choices, onChange, layout = 'stack' } = props;
  const id = useId();
  return (
    <div className={styles[layout === 'row' ? 'settingRow' : 'setting']}>
      <h3 id={id} className={styles['label']}>
        {label}
      </h3>
      <RadioGroup.Root
        className={styles['choices']}
        aria-labelledby={id}
        value={value}
        onValueChange={(next) => {
          const chosen = choices.find((choice) => choice.value === next);
          if (chosen) onChange(chosen.value);
        }}
      >
        {choices.map((choice) => (
          <RadioGroup.Item key={choice.value} value={choice.value} className={styles['choice']}>
            {choice.label}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </div>
  );
}
