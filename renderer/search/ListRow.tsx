import {
  Aperture,
  Calendar,
  Camera,
  CircleQuestionMark,
  Folder,
  Hash,
  History,
  type LucideIcon,
  Tag,
  Trash2,
} from 'lucide-react';
import type { Suggestion } from '../../shared/model.ts';
import { visibleName } from '../i18n/directions.ts';
import { useFormat } from '../i18n/format.ts';
import { type Translate, useLanguage, useTranslation } from '../i18n/index.ts';
import { classes } from '../ui/classes.ts';
import type { ListItem } from './listItems.ts';
import { markedParts } from './matchedPart.ts';
import styles from './SuggestionList.module.css';
import { suggestionDetail } from './suggestionDetail.ts';
import { queryWords } from './termText.ts';

const ICONS: Readonly<Record<Suggestion['kind'], LucideIcon>> = {
  tag: Tag,
  folder: Folder,
  camera: Camera,
  date: Calendar,
  key: Hash,
};

/** What one line of the list shows. */
export function ListRow({ item }: { readonly item: ListItem }) {
  const { t } = useTranslation();
  switch (item.kind) {
    case 'suggestion':
      return <SuggestionRow suggestion={item.suggestion} word={item.word} />;
    case 'recent':
      return <RecentRow query={item.query} />;
    case 'forget-all':
      return <Plain icon={Trash2} text={t('search.forgetAll')} />;
    case 'help':
      return <Plain icon={CircleQuestionMark} text={t('search.help.open')} />;
  }
}

type SuggestionRowProps = {
  readonly suggestion: Suggestion;
  /** What the person typed, to be marked in what is offered. */
  readonly word: string;
};

function SuggestionRow({ suggestion, word }: SuggestionRowProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const language = useLanguage();
  const { kind, text, count, insert } = suggestion;
  const Icon = insert.startsWith('lens:') ? Aperture : ICONS[kind];
  const detail = suggestionDetail(suggestion, t as Translate, i18n.exists, language, format);
  return (
    <>
      <Icon size={14} className={styles['icon']} aria-hidden="true" />
      <bdi className={styles['text']} title={visibleName(text)}>
        <Marked text={visibleName(text)} word={word} />
      </bdi>
      {detail && (
        <bdi className={styles['detail']} title={visibleName(detail)}>
          <Marked
            text={visibleName(detail)}
            word={kind === 'tag' || kind === 'folder' ? word : ''}
          />
        </bdi>
      )}
      {count !== null && <span className={styles['count']}>{format.number(count)}</span>}
    </>
  );
}

/** An earlier search as it looks in the field. */
function RecentRow({ query }: { readonly query: string }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <History size={14} className={styles['icon']} aria-label={t('search.kinds.recent')} />
      <span className={styles['terms']} title={visibleName(query)}>
        {queryWords(query, t, i18n.exists).map(({ kind, start, spoken, negated }) => (
          <bdi
            key={start}
            className={classes(
              kind === 'or' ? styles['or'] : styles['term'],
              negated && styles['negated'],
            )}
          >
            {visibleName(spoken)}
          </bdi>
        ))}
      </span>
    </>
  );
}

function Plain({ icon: Icon, text }: { readonly icon: LucideIcon; readonly text: string }) {
  return (
    <>
      <Icon size={14} className={styles['icon']} aria-hidden="true" />
      <span className={styles['text']}>{text}</span>
    </>
  );
}

function Marked({ text, word }: { readonly text: string; readonly word: string }) {
  return markedParts(text, word).map((part) =>
    part.matched ? (
      <mark key="matched" className={styles['matched']}>
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
}
