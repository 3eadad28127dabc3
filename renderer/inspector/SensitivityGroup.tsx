import { useState } from 'react';
import type { PhotoDetail } from '../../shared/model.ts';
import { useTranslation } from '../i18n/index.ts';
import { ShowButton } from '../sensitive/ShowButton.tsx';
import { useVeil } from '../sensitive/veil.ts';
import { useViewPart } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { TagItem } from './TagItem.tsx';
import styles from './TagList.module.css';
import { groupTags } from './tagRows.ts';

/** What moderation services say of a photo. Of a blurred one it is not told either. */
export function SensitivityGroup({ photo }: { readonly photo: PhotoDetail }) {
  const { t } = useTranslation();
  const threshold = useViewPart('threshold');
  const veiled = useVeil()(photo);
  const [showsBelow, setShowsBelow] = useState(false);
  if (veiled) return <ShowButton photoId={photo.id} look="line" />;
  const { sensitivity } = groupTags(photo.tags, 0);
  const above = sensitivity.filter(({ confidence }) => confidence >= threshold);
  const below = sensitivity.length - above.length;
  const shown = showsBelow ? sensitivity : above;
  return (
    <>
      {!photo.sensitive && <p className={styles['none']}>{t('sensitive.notFound')}</p>}
      <ul className={styles['list']}>
        {shown.map((row) => (
          <TagItem key={row.id} row={row} photoId={photo.id} dimmed={row.confidence < threshold} />
        ))}
      </ul>
      {below > 0 && (
        <Button
          variant="quiet"
          className={styles['fold']}
          aria-expanded={showsBelow}
          onClick={() => setShowsBelow(!showsBelow)}
        >
          {showsBelow ? t('sensitive.fewer') : t('sensitive.more', { count: below })}
        </Button>
      )}
    </>
  );
}

/** Whether a moderation service said anything of a photo. */
export function hasSensitivity(photo: PhotoDetail): boolean {
  return photo.tags.some(({ type }) => type === 'sensitivity');
}
