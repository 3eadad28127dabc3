import {
  Calendar,
  Camera,
  Folder,
  Info,
  type LucideIcon,
  MapPin,
  Minus,
  Parentheses,
  Tag,
  Type,
} from 'lucide-react';
import type { QueryTerm } from '../../shared/queryText.ts';
import { useTranslation } from '../i18n/index.ts';
import { Chip } from '../ui/Chip.tsx';
import styles from './SearchField.module.css';
import { type TermIcon, termText, written } from './termText.ts';

const ICONS: Readonly<Record<TermIcon, LucideIcon>> = {
  tag: Tag,
  folder: Folder,
  camera: Camera,
  date: Calendar,
  place: MapPin,
  state: Info,
  text: Type,
  group: Parentheses,
};

type TermChipProps = {
  readonly term: QueryTerm;
  readonly invalid: boolean;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
};

/** One term of the query in the search field. */
export function TermChip({ term, invalid, onEdit, onRemove }: TermChipProps) {
  const { t, i18n } = useTranslation();
  if (term.kind === 'or') return <span className={styles['or']}>{t('search.or')}</span>;
  const { icon, label, value } = termText(term);
  // A line through the text alone is lost in Chinese characters.
  const Icon = term.negated ? Minus : ICONS[icon];
  const key = label === 'recent' ? 'sidebar.recent' : `search.${label}`;
  const known = i18n.exists(key) ? t(key as 'search.keys.from', { value }) : written(term);
  const words = label ? known : value;
  const spoken = term.negated ? t('search.not', { term: words }) : words;
  return (
    <Chip
      negated={term.negated}
      invalid={invalid}
      onClick={onEdit}
      clickLabel={t('search.editTerm', { term: spoken })}
      onRemove={onRemove}
      removeLabel={t('search.removeTerm', { term: spoken })}
      title={term.text}
      icon={<Icon size={12} aria-hidden="true" />}
    >
      {words}
    </Chip>
  );
}
