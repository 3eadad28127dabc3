import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import type { TagCount, TagNames, TagType } from '../../shared/model.ts';
import { otherTagName, tagName, translate, useLanguage, useTranslation } from '../i18n/index.ts';
import { tagNameItems } from '../names/tagNameItems.tsx';
import { FacetRow } from './facets/FacetRow.tsx';
import styles from './facets/Facets.module.css';
import { MoreRow } from './facets/MoreRow.tsx';
import { colourOf, Swatch } from './facets/Swatch.tsx';
import { useTypeNames } from './queries.ts';
import type { TagRow } from './tagRows.ts';
import { tagValue } from './tagTerms.ts';

export type TagRowViewProps = {
  readonly row: TagRow;
  readonly onToggleGroup: (type: TagType) => void;
  readonly onToggleMore: (type: TagType) => void;
};

/** One line of the tag list. */
export function TagRowView({ row, onToggleGroup, onToggleMore }: TagRowViewProps) {
  switch (row.kind) {
    case 'group':
      return <GroupRow type={row.type} open={row.open} onToggle={() => onToggleGroup(row.type)} />;
    case 'more':
      return <MoreRow hidden={row.hidden} onToggle={() => onToggleMore(row.type)} />;
    case 'elsewhere':
      return <ElsewhereHeading />;
    case 'tag':
      return <TagItem tag={row.tag} elsewhere={row.elsewhere} />;
  }
}

function ElsewhereHeading() {
  const { t } = useTranslation();
  return <p className={styles['apart']}>{t('facets.elsewhere')}</p>;
}

type GroupRowProps = {
  readonly type: TagType;
  readonly open: boolean;
  readonly onToggle: () => void;
};

function GroupRow({ type, open, onToggle }: GroupRowProps) {
  const { t, i18n } = useTranslation();
  const typeNames = useTypeNames();
  const key = `tagTypes.${type}`;
  const Icon = open ? ChevronDown : ChevronRight;
  return (
    <button
      type="button"
      data-roving
      data-value={`group:${type}`}
      className={styles['group']}
      aria-expanded={open}
      onClick={onToggle}
    >
      <Icon size={14} aria-hidden="true" />
      {i18n.exists(key)
        ? t(key as 'tagTypes.other')
        : typeTitle(typeNames[type], i18n.language, type)}
    </button>
  );
}

/** A service's name of a type, in the window's language where it has one. */
function typeTitle(names: TagNames | undefined, language: string, type: string): string {
  const name = (language.startsWith('zh') ? names?.zh : names?.en) ?? names?.en ?? type;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function TagItem({ tag, elsewhere }: { readonly tag: TagCount; readonly elsewhere: boolean }) {
  const language = useLanguage();
  const value = useMemo(() => tagValue(tag.names, language), [tag.names, language]);
  const other = otherTagName(tag.names, language);
  return (
    <FacetRow
      value={value}
      label={tagName(tag.names, language)}
      className={styles['plain']}
      icon={tag.type === 'colour' ? <Swatch colour={colourOf(tag)} /> : undefined}
      count={tag.count}
      muted={elsewhere}
      hint={elsewhere ? translate('facets.inLibrary', { count: tag.count }) : undefined}
      title={other ?? undefined}
      moreItems={() =>
        tagNameItems(tag, translate).map((item, at) => ({ ...item, separated: at === 0 }))
      }
    />
  );
}
