import { Grid2x2, Grid3x3 } from 'lucide-react';
import { useTranslation } from '../i18n/index.ts';
import { setView, useViewPart } from '../state/view.ts';
import { asZoom } from '../state/viewHash.ts';
import { Slider } from '../ui/Slider.tsx';
import styles from './ViewControls.module.css';

/** How large the pictures of the grid are. */
export function Zoom() {
  const { t } = useTranslation();
  const zoom = useViewPart('zoom');
  return (
    <div className={styles['control']}>
      <Grid3x3 size={16} aria-hidden="true" />
      <Slider
        className={styles['zoom'] ?? ''}
        label={t('search.zoom')}
        value={zoom}
        minimum={0}
        maximum={4}
        valueText={t('search.zoomValue', { value: zoom + 1 })}
        onChange={(next) => setView({ zoom: asZoom(next) })}
      />
      <Grid2x2 size={16} aria-hidden="true" />
    </div>
  );
}
