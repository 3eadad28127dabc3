import { useQuery } from '@tanstack/react-query';
import { DatabaseBackup, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { Backup } from '../../shared/backups.ts';
import { client } from '../api/client.ts';
import { queryKeys } from '../api/queryKeys.ts';
import { useFormat } from '../i18n/format.ts';
import { useTranslation } from '../i18n/index.ts';
import { attempt } from '../state/report.ts';
import { showToast } from '../state/toasts.ts';
import { Button } from '../ui/Button.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import styles from './Backups.module.css';
import { RestoreDialog } from './RestoreDialog.tsx';

/** The backups of the library: made by themselves and by hand, and put back. */
export function BackupsTab() {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [chosen, setChosen] = useState<Backup | null>(null);
  const { data } = useQuery({
    queryKey: queryKeys.backups,
    queryFn: ({ signal }) => client.backups.list(undefined, { signal }),
    staleTime: 0,
  });
  if (!data) return <Skeleton height="240px" />;
  const make = async (): Promise<void> => {
    setBusy(true);
    await attempt(async () => {
      const { photos } = await client.backups.make({ file: null });
      showToast({ kind: 'success', text: t('backups.made', { count: photos }) });
    });
    setBusy(false);
  };
  return (
    <>
      <p>{t('backups.intro')}</p>
      <div className={styles['tools']}>
        <Button busy={busy} icon={<DatabaseBackup size={14} />} onClick={() => void make()}>
          {t('backups.make')}
        </Button>
      </div>
      {data.backups.length === 0 ? (
        <p className={styles['note']}>{t('backups.none')}</p>
      ) : (
        <ul className={styles['list']} aria-label={t('settings.tabs.backups')}>
          {data.backups.map((backup) => (
            <BackupRow key={backup.file} backup={backup} onRestore={() => setChosen(backup)} />
          ))}
        </ul>
      )}
      <p className={styles['note']}>{t('backups.folder', { path: data.folder })}</p>
      {chosen && <RestoreDialog backup={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

type BackupRowProps = { readonly backup: Backup; readonly onRestore: () => void };

function BackupRow({ backup, onRestore }: BackupRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const time = format.instant(backup.madeAtMs);
  return (
    <li className={styles['row']}>
      <span>
        <span className={styles['time']}>{time}</span>
        <span className={styles['note']}>
          {t(`backups.reasons.${backup.reason}`)}
          {' · '}
          {t('common.photos', { count: backup.photos })}
          {' · '}
          {format.size(backup.bytes)}
        </span>
      </span>
      <Button
        variant="quiet"
        icon={<RotateCcw size={14} />}
        aria-label={t('backups.restoreOf', { time })}
        onClick={onRestore}
      >
        {t('backups.restore')}
      </Button>
    </li>
  );
}
