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
import { useState } from 'react';
import type { QueryTerm } from '../../shared/queryText.ts';
import { visibleName } from '../i18n/directions.ts';
import { useTranslation } from '../i18n/index.ts';
import { Chip } from '../ui/Chip.tsx';
import { classes } from '../ui/classes.ts';
import { Name } from '../ui/Name.tsx';
import { Popover } from '../ui/Popover.tsx';
import type { QueryMark } from './queryProblem.ts';
import styles from './SearchField.module.css';
import { TagTermPanel } from './TagTermPanel.tsx';
import { readTagTerm } from './tagBound.ts';
import { type TermIcon, termWords } from './termText.ts';

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
  readonly mark: QueryMark['kind'] | null;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
  /** Another text for the term; see `useSearchText`. */
  readonly onRewrite: (text: string, step?: string) => void;
};

/** One term of the query in the search field. One of a tag opens; the others become text. */
export function TermChip({ term, mark, onEdit, onRemove, onRewrite }: TermChipProps) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const { icon, words, spoken } = termWords(term, t, i18n.exists);
  if (term.kind === 'or') {
    return <span className={classes(styles['or'], mark && styles[mark])}>{words}</span>;
  }
  const tag = term.kind === 'term' ? readTagTerm(term.text) : null;
  // A line through the text alone is lost in Chinese characters.
  const Icon = term.negated ? Minus : ICONS[icon];
  return (
    <Chip
      negated={term.negated}
      invalid={mark === 'mistake'}
      hinted={mark === 'hint'}
      clickLabel={t('search.editTerm', { term: spoken })}
      onRemove={onRemove}
      removeLabel={t('search.removeTerm', { term: spoken })}
      title={visibleName(term.text)}
      icon={<Icon size={12} aria-hidden="true" />}
      {...(tag
        ? {
            wrapButton: (button) => (
              <Popover open={open} onOpenChange={setOpen} trigger={button} label={spoken}>
                <TagTermPanel
                  text={term.text}
                  tag={tag}
                  onRewrite={onRewrite}
                  onEdit={() => {
                    setOpen(false);
                    onEdit();
                  }}
                  onRemove={() => {
                    setOpen(false);
                    onRemove();
                  }}
                />
              </Popover>
            ),
          }
        : { onClick: onEdit })}
    >
      <Name>{words}</Name>
    </Chip>
  );
}
