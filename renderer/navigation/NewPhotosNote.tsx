import { ArrowUp, X } from 'lucide-react';
import { useTranslation } from '../i18n/index.ts';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './NewPhotosNote.module.css';
import { type NewAboveInput, useNewAbove } from './useNewAbove.ts';

/** Tells that photos came above what is looked at, which stays where it is; a click leads to them. */
export function NewPhotosNote(props: NewAboveInput) {
  const { t } = useTranslation();
  const { count, goThere, dismiss } = useNewAbove(props);
  return (
    <div className={styles['place']} role="status">
      {count > 0 && (
        <div className={styles['note']}>
          <button type="button" className={styles['go']} onClick={goThere}>
            <ArrowUp size={14} aria-hidden="true" />
            {t('navigation.newAbove', { count })}
          </button>
          <IconButton
            size="small"
            label={t('common.dismiss')}
            icon={<X size={14} aria-hidden="true" />}
            onClick={dismiss}
          />
        </div>
      )}
    </div>
  );
}
