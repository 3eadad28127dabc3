import { useEffect, useId, useState } from 'react';
import { useTranslation } from '../i18n/index.ts';
import { readNumber } from '../services/numberText.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './TagDialog.module.css';

export type RunOptions = {
  /** Also photos that were answered for before. */
  readonly again: boolean;
  /** Most calls of the run; null: no limit. */
  readonly maxCalls: number | null;
  /** False while a number is being typed, or is none. */
  readonly settled: boolean;
};

type TagOptionsProps = {
  readonly options: RunOptions;
  readonly onChange: (options: RunOptions) => void;
};

const MAX_CALLS = { minimum: 1, maximum: 1_000_000_000, whole: true, optional: true };
/** Each number is counted for anew: not each digit of it. */
const SETTLES_AFTER_MS = 350;

/** What else a person can say of a run. */
export function TagOptions({ options, onChange }: TagOptionsProps) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const read = readNumber(text, MAX_CALLS);
  const value = 'problem' in read ? undefined : read.value;
  useEffect(() => {
    if (options.settled || value === undefined) return;
    const timer = setTimeout(
      () => onChange({ ...options, maxCalls: value, settled: true }),
      SETTLES_AFTER_MS,
    );
    return () => clearTimeout(timer);
  }, [options, value, onChange]);
  const change = (next: string): void => {
    setText(next);
    onChange({ ...options, settled: false });
  };
  return (
    <div className={styles['options']}>
      <Checkbox
        checked={options.again}
        onChange={(again) => onChange({ ...options, again })}
        detail={t('tagging.againDetail')}
      >
        {t('tagging.again')}
      </Checkbox>
      <div className={styles['option']}>
        <label htmlFor={id}>{t('tagging.maxCalls')}</label>
        <TextField
          id={id}
          className={styles['number']}
          label={t('tagging.maxCalls')}
          placeholder={t('services.noLimit')}
          inputMode="numeric"
          value={text}
          invalid={value === undefined}
          describedBy={`${id}-problem`}
          keepsEscape={text !== ''}
          onChange={change}
          onEscape={() => change('')}
        />
        <span id={`${id}-problem`} className={styles['problem']}>
          {value === undefined ? t('tagging.maxCallsProblem') : ''}
        </span>
      </div>
    </div>
  );
}
