import { Minus } from 'lucide-react';
import { useTranslation } from '../../i18n/index.ts';
import styles from './Facets.module.css';

/** Stands in the place of the number of what the search excludes. */
export function ExcludedMark() {
  const { t } = useTranslation();
  return (
    <Minus size={14} className={styles['mark']} role="img" aria-label={t('facets.excluded')} />
  );
}
