import { useState } from 'react';
import type { PhotoDetail } from '../../shared/model.ts';
import { labelPhotos } from '../grid/actions.ts';
import { useTranslation } from '../i18n/index.ts';
import { useViewPart } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { TagField } from './TagField.tsx';
import { TagItem } from './TagItem.tsx';
import styles from './TagList.module.css';
import { groupTags } from './tagRows.ts';

/** A photo's tags, most confident first, with what a person can do to them. */
export function TagList({ photo }: { readonly photo: PhotoDetail }) {
  const { t } = useTranslation();
  const threshold = useViewPart('threshold');
  const [showsBelow, setShowsBelow] = useState(false);
  const [showsRejected, setShowsRejected] = useState(false);
  const { shown, below, rejected } = groupTags(photo.tags, threshold);
  const isEmpty = below.length + rejected.length === 0;
  const nothing = isEmpty ? t('inspector.noTags') : t('inspector.noTagsAbove');
  return (
    <>
      {shown.length === 0 && <p className={styles['none']}>{nothing}</p>}
      <ul className={styles['list']}>
        {shown.map((row) => (
          <TagItem key={row.id} row={row} photoId={photo.id} />
        ))}
        {showsBelow &&
          below.map((row) => <TagItem key={row.id} row={row} photoId={photo.id} dimmed />)}
      </ul>
      {below.length > 0 && (
        <Button
          variant="quiet"
          className={styles['fold']}
          aria-expanded={showsBelow}
          onClick={() => setShowsBelow(!showsBelow)}
        >
          {showsBelow ? t('inspector.fewer') : t('inspector.more', { count: below.length })}
        </Button>
      )}
      {rejected.length > 0 && (
        <>
          <Button
            variant="quiet"
            className={styles['fold']}
            aria-expanded={showsRejected}
            onClick={() => setShowsRejected(!showsRejected)}
          >
            {t('inspector.rejected', { count: rejected.length })}
          </Button>
          {showsRejected && (
            <ul className={styles['list']}>
              {rejected.map((row) => (
                <TagItem key={row.id} row={row} photoId={photo.id} />
              ))}
            </ul>
          )}
        </>
      )}
      <div className={styles['add']}>
        <TagField
          label={t('inspector.addTag')}
          allowNew
          choices={null}
          floating
          onPick={({ tag, name }) => void labelPhotos('add', [photo.id], tag, name)}
        />
      </div>
    </>
  );
}
