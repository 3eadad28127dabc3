import { useState } from 'react';
import { toTagrollError } from '../api/client.ts';
import { errorText, useTranslation } from '../i18n/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { FolderBrowser } from './FolderBrowser.tsx';
import styles from './Folders.module.css';

type ChooseFolderDialogProps = {
  readonly title: string;
  readonly description: string;
  readonly action: string;
  readonly start: string | null;
  /** Rejects with the reason, which is shown; else the dialog closes. */
  readonly onChoose: (path: string) => Promise<void>;
  readonly onClose: () => void;
};

/** The folder dialog of a door without one of its own. */
export function ChooseFolderDialog(props: ChooseFolderDialogProps) {
  const { title, description, action, start, onChoose, onClose } = props;
  const { t } = useTranslation();
  const [path, setPath] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const choose = async (chosen: string): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await onChoose(chosen);
      onClose();
    } catch (error) {
      setProblem(errorText(toTagrollError(error)));
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description={description}
      width="large"
      actions={
        <>
          {problem && (
            <p role="alert" className={styles['refusal']}>
              {problem}
            </p>
          )}
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="accent"
            disabled={path === null}
            busy={busy}
            onClick={() => path !== null && void choose(path)}
          >
            {action}
          </Button>
        </>
      }
    >
      <FolderBrowser start={start} onPath={setPath} />
    </Dialog>
  );
}
