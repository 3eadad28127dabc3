import { Focus } from 'lucide-react';
import { useFormat } from '../i18n/format.ts';
import { useTranslation } from '../i18n/index.ts';
import { setView, useViewPart } from '../state/view.ts';
import { DEFAULT_VIEW } from '../state/viewHash.ts';
import { Slider } from '../ui/Slider.tsx';
import { Tooltip } from '../ui/Tooltip.tsx';
import { useLiveSlider } from './useLiveSlider.ts';
import styles from './ViewControls.module.css';

/** The confidence lens: how sure a tag has to be to count. It filters while it moves; a double click is the way back. */
export function Lens() {
  const { t } = useTranslation();
  const format = useFormat();
  const threshold = useViewPart('threshold');
  const slider = useLiveSlider(threshold, (next) => setView({ threshold: next }));
  const reset = (): void => {
    slider.change(DEFAULT_VIEW.threshold);
    slider.settle();
  };
  return (
    <Tooltip text={t('search.lensHelp')}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the slider itself goes to any value by keyboard */}
      <div className={styles['control']} onDoubleClick={reset}>
        <Focus size={16} aria-hidden="true" />
        <Slider
          label={t('search.lens')}
          value={slider.value}
          minimum={0}
          maximum={100}
          valueText={t('search.lensValue', { value: format.number(slider.value) })}
          onChange={slider.change}
          onCommit={slider.settle}
        />
        <span className={styles['number']} aria-hidden="true">
          {format.number(slider.value)}
        </span>
      </div>
    </Tooltip>
  );
}
