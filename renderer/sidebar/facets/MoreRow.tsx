import { useTranslation } from '../../i18n/index.ts';
import styles from './Facets.module.css';

export type MoreRowProps = {
  /** Values that are not shown; 0 when all are and the row hides them again. */
  readonly hidden: number;
  readonly onToggle: () => void;
};

/** The last line of a long group. */
export function MoreRow({ hidden, onToggle }: MoreRowProps) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      data-roving
      data-value="more"
      className={styles['more']}
      onClick={onToggle}
    >
      {hidden > 0 ? t('sidebar.moreTags', { count: hidden }) : t('sidebar.fewerTags')}
    </button>
  );
}
