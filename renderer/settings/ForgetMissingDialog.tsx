import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../api/client.ts';
import { useTranslation } from '../i18n/index.ts';
import { attempt } from '../state/report.ts';
import { showToast } from '../state/toasts.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';

/** Counts what would be forgotten, then asks: this cannot be undone. */
export function ForgetMissingDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const { data } = useQuery({
    queryKey: ['forget-missing'],
    queryFn: () => client.library.forgetMissing({ dryRun: true }),
    staleTime: 0,
    gcTime: 0,
  });
  const forget = async (): Promise<void> => {
    setBusy(true);
    await attempt(async () => {
      const { photos } = await client.library.forgetMissing({ dryRun: false });
      showToast({ text: t('settings.forgotten', { count: photos }) });
      onClose();
    });
    setBusy(false);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('settings.forgetMissingTitle')}
      description={
        data && t('settings.forgetMissingText', { count: data.photos, evidence: data.withEvidence })
      }
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="danger"
            busy={busy}
            disabled={!data || data.photos === 0}
            onClick={() => void forget()}
          >
            {t('settings.forgetAction')}
          </Button>
        </>
      }
    />
  );
}
