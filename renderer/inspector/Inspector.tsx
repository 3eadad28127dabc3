import { useTranslation } from '../i18n/index.ts';
import { useSelection } from '../state/selection.ts';
import { useViewPart } from '../state/view.ts';
import styles from './Inspector.module.css';
import { PhotoInspector } from './PhotoInspector.tsx';
import { SelectionInspector } from './SelectionInspector.tsx';

/** Details of the viewer's photo, else of the selection. Needs no props. */
export function Inspector() {
  const { t } = useTranslation();
  const viewerId = useViewPart('viewerId');
  const { ids } = useSelection();
  if (viewerId !== null) return <PhotoInspector photoId={viewerId} />;
  if (ids.size > 1) return <SelectionInspector photoIds={ids} />;
  const [only] = ids;
  if (only !== undefined) return <PhotoInspector photoId={only} />;
  return (
    <div className={styles['panel']}>
      <p className={styles['hint']}>{t('inspector.empty')}</p>
    </div>
  );
}
