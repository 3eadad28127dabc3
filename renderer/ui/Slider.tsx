import { Slider as Primitive } from 'radix-ui';
import { withoutIsolation } from '../i18n/directions.ts';
import { classes } from './classes.ts';
import styles from './Slider.module.css';

export type SliderProps = {
  readonly label: string;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly step?: number;
  readonly onChange: (value: number) => void;
  /** When the person lets go. */
  readonly onCommit?: (value: number) => void;
  /** The value in words, for assistive technology. */
  readonly valueText?: string;
  readonly className?: string;
};

/** Chooses a number from a range. */
export function Slider(props: SliderProps) {
  const { label, value, minimum, maximum, step = 1, valueText, onChange, onCommit } = props;
  return (
    <Primitive.Root
      className={classes(styles['root'], props.className)}
      value={[value]}
      min={minimum}
      max={maximum}
      step={step}
      onValueChange={([next]) => next !== undefined && onChange(next)}
      onValueCommit={([next]) => next !== undefined && onCommit?.(next)}
    >
      <Primitive.Track className={styles['track']}>
        <Primitive.Range className={styles['range']} />
      </Primitive.Track>
      <Primitive.Thumb
        className={styles['thumb']}
        aria-label={withoutIsolation(label)}
        aria-valuetext={valueText}
      />
    </Primitive.Root>
  );
}
