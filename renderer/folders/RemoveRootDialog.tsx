import { useState } from 'react';
import type { Root } from '../../shared/model.ts';
import { useTranslation } from '../i18n/index.ts';
import { attempt } from '../state/report.ts';
import { Button } from '../ui/Button.tsx';
import { Checkbox } from '../ui/Checkbox.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { removeRoot } from './queries.ts';

type RemoveRootDialogProps = { readonly root: Root; readonly onClose: () => void };

/** Asks what becomes of the tags when a folder is removed. The files stay in any case. */
export function RemoveRootDialog({ root, onClose }: RemoveRootDialogProps) {
  const { t } = useTranslation();
  const [forget, setForget] = useState(false);
  const [busy, setBusy] = useState(false);
  const remove = async (): Promise<void> => {
    setBusy(true);
    const done = await attempt(() => removeRoot(root, forget));
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('folders.removeTitle')}
      description={t('folders.removeText', { path: root.path, count: root.photos })}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="danger" busy={busy} onClick={() => void remove()}>
            {forget ? t('folders.removeForget') : t('folders.remove')}
          </Button>
        </>
      }
    >
      <Checkbox checked={forget} onChange={setForget} detail={t('folders.forgetDetail')}>
        {t('folders.forget')}
      </Checkbox>
    </Dialog>
  );
}
