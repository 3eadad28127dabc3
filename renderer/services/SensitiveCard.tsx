import { useEffect, useState } from 'react';
import { SENSITIVE_EXTRAS } from '../../shared/settings.ts';
import { useTranslation } from '../i18n/index.ts';
import { saveSetting, useSettings } from '../settings/queries.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import { Disclosure } from '../ui/Disclosure.tsx';
import { Slider } from '../ui/Slider.tsx';
import fields from './Fields.module.css';
import styles from './Services.module.css';

type SensitiveCardProps = { readonly open: boolean; readonly onToggle: (open: boolean) => void };

/** From when on photos count as sensitive, and whether they are blurred: for what the two moderation services say. */
export function SensitiveCard({ open, onToggle }: SensitiveCardProps) {
  const { t } = useTranslation();
  const settings = useSettings();
  const { 'sensitive.blur': blur, 'sensitive.threshold': saved } = settings;
  const extras = settings['sensitive.extras'];
  const [threshold, setThreshold] = useState(saved);
  useEffect(() => setThreshold(saved), [saved]);
  return (
    <Disclosure
      open={open}
      onToggle={onToggle}
      title={t('services.sensitive')}
      status={
        blur ? t('services.sensitiveFrom', { value: saved }) : t('services.sensitiveNotBlurred')
      }
    >
      <p className={styles['about']}>{t('services.sensitiveAbout')}</p>
      <Checkbox
        checked={blur}
        onChange={(checked) => void saveSetting('sensitive.blur', checked)}
        detail={t('services.blurDetail')}
      >
        {t('services.blur')}
      </Checkbox>
      <div className={fields['row']}>
        <span className={fields['label']}>{t('services.sensitiveThreshold')}</span>
        <div className={styles['sliderRow']}>
          <Slider
            className={styles['slider'] ?? ''}
            label={t('services.sensitiveThreshold')}
            value={threshold}
            minimum={0}
            maximum={100}
            onChange={setThreshold}
            onCommit={(value) => void saveSetting('sensitive.threshold', value)}
          />
          <span className={styles['number']}>{threshold}</span>
        </div>
      </div>
      <fieldset className={styles['fieldset']}>
        <legend className={fields['legend']}>{t('services.extras')}</legend>
        <div className={styles['extras']}>
          {SENSITIVE_EXTRAS.map((extra) => (
            <Checkbox
              key={extra}
              checked={extras.includes(extra)}
              onChange={(checked) =>
                void saveSetting(
                  'sensitive.extras',
                  SENSITIVE_EXTRAS.filter((other) =>
                    other === extra ? checked : extras.includes(other),
                  ),
                )
              }
            >
              {t(`services.extraLabels.${extra}`)}
            </Checkbox>
          ))}
        </div>
      </fieldset>
    </Disclosure>
  );
}
