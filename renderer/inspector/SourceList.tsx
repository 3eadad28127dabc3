import { useTranslation } from '../i18n/index.ts';
import { SourceIcon } from './SourceIcon.tsx';
import { useSourceName } from './sourceName.ts';
import styles from './TagList.module.css';
import type { TagSource } from './tagRows.ts';

export type SourceListProps = { readonly id: string; readonly sources: readonly TagSource[] };

/** Who says that a tag is on a photo, each with its own confidence. */
export function SourceList({ id, sources }: SourceListProps) {
  const { t } = useTranslation();
  return (
    <ul id={id} className={styles['sourceList']} aria-label={t('inspector.sourceList')}>
      {sources.map((source) => (
        <SourceItem key={source.source} {...source} />
      ))}
    </ul>
  );
}

function SourceItem({ source, confidence, earlier }: TagSource) {
  const { t } = useTranslation();
  const name = useSourceName(source, 'short');
  const value = Math.floor(confidence);
  return (
    <li className={styles['sourceItem']}>
      <SourceIcon source={source} confidence={confidence} />
      <span className={styles['sourceName']}>
        {name}
        {earlier && <span className={styles['earlier']}> · {t('inspector.earlier')}</span>}
      </span>
      <span className={styles['bar']} aria-hidden="true">
        <span className={styles['filled']} style={{ width: `${confidence}%` }} />
      </span>
      <span
        className={styles['value']}
        role="img"
        aria-label={t('inspector.confidence', { value })}
      >
        {value}
      </span>
    </li>
  );
}
