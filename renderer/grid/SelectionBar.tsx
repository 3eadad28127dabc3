import { Ban, CloudUpload, Heart, Tag, TagX, Trash2, X } from 'lucide-react';
import { useTranslation } from '../i18n/index.ts';
import { clearSelection, useSelection } from '../state/selection.ts';
import { useViewPart } from '../state/view.ts';
import { openTagDialog } from '../tagging/openTagging.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { canTrash, setFavorite, trashPhotos } from './actions.ts';
import styles from './SelectionBar.module.css';
import { TagPanel } from './TagPanel.tsx';
import { openTagPanel, useTagPanel } from './tagPanel.ts';
import { areAllFavorite } from './tiles.ts';

/** Floats over the grid while several photos are selected, or a tag panel is open for one. */
export function SelectionBar() {
  const { t } = useTranslation();
  const { ids } = useSelection();
  const panel = useTagPanel();
  const viewerId = useViewPart('viewerId');
  // The viewer has its own controls.
  if (viewerId !== null || ids.size === 0 || (ids.size === 1 && panel === null)) return null;
  const allFavorite = areAllFavorite(ids);
  return (
    <div className={styles['place']}>
      {panel && <TagPanel panel={panel} photoIds={ids} />}
      <div className={styles['bar']} role="toolbar" aria-label={t('grid.selectionBar')}>
        <span className={styles['count']} role="status">
          {t('grid.selected', { count: ids.size })}
        </span>
        <Button variant="quiet" icon={<Tag size={16} />} onClick={() => openTagPanel('add')}>
          <span className={styles['word']}>{t('grid.addTag')}</span>
        </Button>
        <Button variant="quiet" icon={<Ban size={16} />} onClick={() => openTagPanel('reject')}>
          <span className={styles['word']}>{t('grid.rejectTag')}</span>
        </Button>
        <Button
          variant="quiet"
          icon={<CloudUpload size={16} />}
          onClick={() => openTagDialog({ photoIds: [...ids] })}
        >
          <span className={styles['word']}>{t('tagging.open')}</span>
        </Button>
        <IconButton
          label={t('grid.removeTag')}
          side="top"
          icon={<TagX size={16} />}
          onClick={() => openTagPanel('remove')}
        />
        <IconButton
          label={allFavorite ? t('grid.removeFavorite') : t('grid.addFavorite')}
          keys="f"
          side="top"
          pressed={allFavorite}
          icon={<Heart size={16} fill={allFavorite ? 'currentColor' : 'none'} />}
          onClick={() => void setFavorite(ids, !allFavorite)}
        />
        {canTrash() && (
          <IconButton
            label={t('grid.trash')}
            side="top"
            icon={<Trash2 size={16} />}
            onClick={() => void trashPhotos(ids)}
          />
        )}
        <IconButton
          label={t('grid.clearSelection')}
          keys="Escape"
          side="top"
          icon={<X size={16} />}
          onClick={clearSelection}
        />
      </div>
    </div>
  );
}
