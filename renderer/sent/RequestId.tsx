import { Copy } from 'lucide-react';
import { useTranslation } from '../i18n/index.ts';
import { showToast } from '../state/toasts.ts';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './Sent.module.css';

/** What a service calls a call: it asks for it when something is to be looked into. */
export function RequestId({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const copy = (): void => {
    navigator.clipboard.writeText(id).then(
      () => showToast({ text: t('sent.copied') }),
      () => showToast({ text: t('sent.copyFailed'), kind: 'error' }),
    );
  };
  return (
    <span className={styles['request']}>
      <span className={styles['requestId']} data-selectable="" title={t('sent.requestId')}>
        {id}
      </span>
      <IconButton
        size="small"
        label={t('sent.copyRequestId')}
        icon={<Copy size={14} />}
        onClick={copy}
      />
    </span>
  );
}
