import { FolderPlus } from 'lucide-react';
import { askForFolder } from '../folders/queries.ts';
import { RootList } from '../folders/RootList.tsx';
import { useTranslation } from '../i18n/index.ts';
import { Button } from '../ui/Button.tsx';
import { MinutesField } from './MinutesField.tsx';
import styles from './Settings.module.css';

/** The folders of the library, and how often they are looked through. */
export function FoldersTab() {
  const { t } = useTranslation();
  return (
    <>
      <RootList />
      <Button icon={<FolderPlus size={14} />} onClick={() => void askForFolder()}>
        {t('sidebar.addFolder')}
      </Button>
      <h3 className={styles['section']}>{t('settings.rescan')}</h3>
      <MinutesField setting="rescan.watchedMinutes" label={t('settings.rescanWatched')} />
      <MinutesField setting="rescan.timedMinutes" label={t('settings.rescanTimed')} />
      <MinutesField setting="rescan.networkMinutes" label={t('settings.rescanNetwork')} />
    </>
  );
}
