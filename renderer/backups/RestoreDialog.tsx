import { useState } from 'react';
import type { Backup } from '../../shared/backups.ts';
import { client } from '../api/client.ts';
import { useFormat } from '../i18n/format.ts';
import { useTranslation } from '../i18n/index.ts';
import { attempt } from '../state/report.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';

type RestoreDialogProps = { readonly backup: Backup; readonly onClose: () => void };

/** Says what a restore takes back, then asks: everything since then leaves the window. */
export function RestoreDialog({ backup, onClose }: RestoreDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [busy, setBusy] = useState(false);
  const restore = async (): Promise<void> => {
    setBusy(true);
    const isDone = await attempt(async () => {
      await client.backups.restore({ file: backup.file });
    });
    setBusy(false);
    if (isDone) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('backups.restoreTitle', { time: format.instant(backup.madeAtMs) })}
      description={t('backups.restoreText')}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="accent" busy={busy} onClick={() => void restore()}>
            {t('backups.restoreAction')}
          </Button>
        </>
      }
    />
  );
}
