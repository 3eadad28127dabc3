import { Focus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useFormat } from '../i18n/format.ts';
import { useTranslation } from '../i18n/index.ts';
import { useThrottled } from '../state/useThrottled.ts';
import { setView, useView } from '../state/view.ts';
import { Slider } from '../ui/Slider.tsx';
import { Tooltip } from '../ui/Tooltip.tsx';
import styles from './ViewControls.module.css';

const FILTER_EVERY_MS = 30;

/** The confidence lens: how sure a tag has to be to count. It filters while it moves. */
export function Lens() {
  const { t } = useTranslation();
  const format = useFormat();
  const { threshold } = useView();
  const [value, setValue] = useState(threshold);
  useEffect(() => setValue(threshold), [threshold]);
  const filter = useThrottled((next: number) => setView({ threshold: next }), FILTER_EVERY_MS);
  return (
    <Tooltip text={t('search.lensHelp')}>
      <div className={styles['control']}>
        <Focus size={16} aria-hidden="true" />
        <Slider
          label={t('search.lens')}
          value={value}
          minimum={0}
          maximum={100}
          valueText={t('search.lensValue', { value: format.number(value) })}
          onChange={(next) => {
            setValue(next);
            filter.call(next);
          }}
          onCommit={() => filter.flush()}
        />
        <span className={styles['number']} aria-hidden="true">
          {format.number(value)}
        </span>
      </div>
    </Tooltip>
  );
}
