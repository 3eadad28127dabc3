import { Link } from 'lucide-react';
import { useTranslation } from '../i18n/index.ts';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './CopyAddress.module.css';
import { copyAddress } from './copyAddress.ts';
import { COPY_KEYS } from './navigationKeys.ts';

/** Copies the address of what is on screen. */
export function CopyAddress() {
  const { t } = useTranslation();
  return (
    <IconButton
      className={styles['copy']}
      label={t('navigation.copyAddress')}
      keys={COPY_KEYS}
      icon={<Link size={16} aria-hidden="true" />}
      onClick={() => void copyAddress()}
    />
  );
}
