import { CloudUpload } from 'lucide-react';
import { useTranslation } from '../i18n/index.ts';
import { openTagDialog } from '../tagging/openTagging.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Inspector.module.css';

/** The way to the dialog that asks a service about these photos. */
export function AskService({ photoIds }: { readonly photoIds: Iterable<number> }) {
  const { t } = useTranslation();
  return (
    <Button
      variant="quiet"
      className={styles['ask']}
      icon={<CloudUpload size={14} />}
      onClick={() => openTagDialog({ photoIds: [...photoIds] })}
    >
      {t('tagging.open')}
    </Button>
  );
}
