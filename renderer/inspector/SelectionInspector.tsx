import { Ban, Heart, X } from 'lucide-react';
import { labelPhotos, setFavorite } from '../grid/actions.ts';
import { tileStore } from '../grid/tiles.ts';
import { otherTagName, tagName, useLanguage, useTranslation } from '../i18n/index.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Name } from '../ui/Name.tsx';
import { AskService } from './AskService.tsx';
import styles from './Inspector.module.css';
import { Group } from './PhotoInspector.tsx';
import { useCommonTags } from './queries.ts';
import { TagField } from './TagField.tsx';

/** Several photos: how many, what they have in common, and what can be done to all of them. */
export function SelectionInspector({ photoIds }: { readonly photoIds: ReadonlySet<number> }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { tags, sampled } = useCommonTags(photoIds);
  const allFavorite = [...photoIds].every((id) => tileStore.get(id)?.favorite === true);
  return (
    <div className={styles['panel']}>
      <header className={styles['nameRow']}>
        <h2 className={styles['name']}>{t('grid.selected', { count: photoIds.size })}</h2>
        <IconButton
          label={allFavorite ? t('grid.removeFavorite') : t('grid.addFavorite')}
          keys="f"
          pressed={allFavorite}
          icon={<Heart size={16} fill={allFavorite ? 'currentColor' : 'none'} />}
          onClick={() => void setFavorite(photoIds, !allFavorite)}
        />
      </header>
      <Group title={t('inspector.commonTags')}>
        {tags.length === 0 && <p className={styles['hint']}>{t('inspector.noTagsAbove')}</p>}
        <ul>
          {tags.map(({ id, names, count }) => {
            const name = tagName(names, language);
            return (
              <li key={id} className={styles['common']}>
                <span className={styles['commonName']}>
                  <Name>{name}</Name>{' '}
                  <span className={styles['note']}>
                    <Name>{otherTagName(names, language) ?? ''}</Name>
                  </span>
                </span>
                <span className={styles['share']}>
                  {count === sampled
                    ? t('inspector.onAll')
                    : t('inspector.onSome', { count, total: sampled })}
                </span>
                <IconButton
                  size="small"
                  label={t('inspector.removeTag', { tag: name })}
                  icon={<X size={14} />}
                  onClick={() => void labelPhotos('remove', photoIds, id, name)}
                />
                <IconButton
                  size="small"
                  label={t('inspector.rejectTag', { tag: name })}
                  icon={<Ban size={14} />}
                  onClick={() => void labelPhotos('reject', photoIds, id, name)}
                />
              </li>
            );
          })}
        </ul>
        {sampled < photoIds.size && sampled > 0 && (
          <p className={styles['note']}>{t('inspector.sampled', { count: sampled })}</p>
        )}
        <TagField
          label={t('inspector.addTag')}
          allowNew
          choices={null}
          floating
          onPick={({ tag, name }) => void labelPhotos('add', photoIds, tag, name)}
        />
        <AskService photoIds={photoIds} />
      </Group>
    </div>
  );
}
