import { useTranslation } from '../i18n/index.ts';
import styles from './BoxLayer.module.css';
import { boxPlace, useBoxes } from './boxes.ts';

/** Outlines of where a tag was found. Lies over the picture exactly, so zoom and pan move it along. */
export function BoxLayer({ photoId }: { readonly photoId: number }) {
  const { t } = useTranslation();
  const shown = useBoxes(photoId);
  if (!shown) return null;
  const label = t('boxes.shown', { count: shown.boxes.length, tag: shown.name });
  return (
    <div className={styles['layer']} role="img" aria-label={label}>
      {shown.boxes.map((box) => {
        const place = boxPlace(box);
        if (!place) return null;
        const { left, top, width, height } = place;
        return (
          <div
            key={`${box.x} ${box.y} ${box.width} ${box.height}`}
            className={styles['box']}
            style={{ left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` }}
          >
            <span className={styles['confidence']}>{Math.floor(box.confidence)}</span>
          </div>
        );
      })}
    </div>
  );
}
