import { useEffect, useState } from 'react';
import { settingsSchema } from '../../shared/settings.ts';
import { useTranslation } from '../i18n/index.ts';
import { TextField } from '../ui/TextField.tsx';
import { saveSetting, useSettings } from './queries.ts';
import styles from './Settings.module.css';

type MinutesFieldProps = {
  readonly setting: 'rescan.watchedMinutes' | 'rescan.timedMinutes' | 'rescan.networkMinutes';
  readonly label: string;
};

/** Every how many minutes something happens. What is not possible is marked and not saved. */
export function MinutesField({ setting, label }: MinutesFieldProps) {
  const { t } = useTranslation();
  const saved = useSettings()[setting];
  const [text, setText] = useState(String(saved));
  useEffect(() => setText(String(saved)), [saved]);
  const minutes = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  const valid = settingsSchema.shape[setting].safeParse(minutes).success;
  const change = (next: string): void => {
    setText(next);
    const value = /^\d+$/.test(next) ? Number(next) : Number.NaN;
    if (settingsSchema.shape[setting].safeParse(value).success) void saveSetting(setting, value);
  };
  return (
    <div className={styles['minutes']}>
      <span className={styles['minutesLabel']}>{label}</span>
      <span>{t('settings.everyMinutes')}</span>
      <TextField
        className={styles['minutesInput']}
        label={label}
        value={text}
        onChange={change}
        invalid={!valid}
      />
      <span>{t('settings.minutes')}</span>
    </div>
  );
}
