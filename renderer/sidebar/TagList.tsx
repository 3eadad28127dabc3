import { ChevronDown, ChevronRight, Languages, Minus, Plus, Search } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { TagCount, TagNames, TagType } from '../../shared/model.ts';
import { otherTagName, tagName, useLanguage, useTranslation } from '../i18n/index.ts';
import { useLinkSuggestions } from '../names/queries.ts';
import { tagNameItems } from '../names/tagNameItems.tsx';
import { openDialog } from '../state/dialogs.ts';
import { setView, useView } from '../state/view.ts';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { ContextMenu } from '../ui/Menu.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { TextField } from '../ui/TextField.tsx';
import { useRovingFocus } from '../ui/useRovingFocus.ts';
import { NavRow } from './NavRow.tsx';
import { useFacets, useTypeNames } from './queries.ts';
import styles from './Sidebar.module.css';
import { type TagRow, tagRows } from './tagRows.ts';
import { searchedTags, tagTerm, tagUse, termSet, toggleTag } from './tagTerms.ts';
import { useToggleSet } from './useToggleSet.ts';
import { VirtualRows } from './VirtualRows.tsx';

/** Lists with fewer tags need no filter. */
const FILTER_FROM = 12;

/** The tags of the current result by type, with their counts. A click adds one to the search, or takes it away. */
export function TagList() {
  const { t } = useTranslation();
  const { query } = useView();
  const { facets } = useFacets();
  const [filter, setFilter] = useState('');
  const needle = useDeferredValue(filter);
  const [closed, toggleClosed] = useToggleSet<TagType>();
  const [expanded, toggleExpanded] = useToggleSet<TagType>();
  const roving = useRovingFocus<HTMLDivElement>();
  const tags = facets?.tags;
  const rows = useMemo(() => {
    const searched = searchedTags(query, tags ?? []);
    return tagRows(tags ?? [], { filter: needle, closed, expanded, searched });
  }, [tags, query, needle, closed, expanded]);
  return (
    <section aria-labelledby="sidebar-tags">
      <div className={styles['headingRow']}>
        <h2 id="sidebar-tags" className={styles['heading']}>
          {t('sidebar.tags')}
        </h2>
        <NamesButton />
      </div>
      {(filter !== '' || (tags?.length ?? 0) >= FILTER_FROM) && (
        <TextField
          className={styles['filter']}
          label={t('sidebar.filterTags')}
          icon={<Search size={14} />}
          value={filter}
          onChange={setFilter}
          onEscape={() => setFilter('')}
        />
      )}
      {tags === undefined && <Skeleton height="56px" />}
      {tags && rows.length === 0 && (
        <p className={styles['hint']}>
          {filter
            ? t('sidebar.noTagMatches', { text: filter })
            : t(hintOf(query, facets?.total ?? 0))}
        </p>
      )}
      <div {...roving} role="none">
        <VirtualRows rows={rows} keyOf={(row) => row.key}>
          {(row) => <Row row={row} onToggleGroup={toggleClosed} onToggleMore={toggleExpanded} />}
        </VirtualRows>
      </div>
    </section>
  );
}

/** The way to the pairs of names that may be one tag, while there are any. */
function NamesButton() {
  const { t } = useTranslation();
  const { length } = useLinkSuggestions();
  if (length === 0) return null;
  return (
    <IconButton
      size="small"
      label={t('names.open', { count: length })}
      icon={<Languages size={14} aria-hidden="true" />}
      onClick={() => openDialog({ kind: 'tag-names' })}
    />
  );
}

/** Why there is no tag to show. */
function hintOf(query: string, total: number) {
  if (total === 0 && query !== '') return 'grid.emptyTitle';
  return query === '' ? 'sidebar.noTags' : 'sidebar.noTagsHere';
}

/** A service's name of a type, in the window's language where it has one. */
function typeTitle(names: TagNames | undefined, language: string, type: string): string {
  const name = (language.startsWith('zh') ? names?.zh : names?.en) ?? names?.en ?? type;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

type RowProps = {
  readonly row: TagRow;
  readonly onToggleGroup: (type: TagType) => void;
  readonly onToggleMore: (type: TagType) => void;
};

function Row({ row, onToggleGroup, onToggleMore }: RowProps) {
  const { t, i18n } = useTranslation();
  const typeNames = useTypeNames();
  switch (row.kind) {
    case 'group': {
      const key = `tagTypes.${row.type}`;
      const Icon = row.open ? ChevronDown : ChevronRight;
      return (
        <button
          type="button"
          data-roving
          className={styles['group']}
          aria-expanded={row.open}
          onClick={() => onToggleGroup(row.type)}
        >
          <Icon size={14} aria-hidden="true" />
          {i18n.exists(key)
            ? t(key as 'tagTypes.other')
            : typeTitle(typeNames[row.type], i18n.language, row.type)}
        </button>
      );
    }
    case 'more':
      return (
        <button
          type="button"
          data-roving
          className={styles['more']}
          onClick={() => onToggleMore(row.type)}
        >
          {row.hidden > 0 ? t('sidebar.moreTags', { count: row.hidden }) : t('sidebar.fewerTags')}
        </button>
      );
    case 'tag':
      return <TagItem tag={row.tag} />;
  }
}

function TagItem({ tag }: { readonly tag: TagCount }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { query } = useView();
  const use = useMemo(() => tagUse(termSet(query), tag.names), [query, tag.names]);
  const toggle = (wanted: 'included' | 'excluded'): void =>
    setView(
      { section: 'photos', query: toggleTag(query, tag.names, language, wanted) },
      { push: true },
    );
  const name = tagName(tag.names, language);
  const other = otherTagName(tag.names, language);
  const included = use === 'included';
  const items = [
    {
      id: 'add',
      label: included ? t('sidebar.tagRemove') : t('sidebar.tagAdd'),
      icon: included ? <Minus size={14} /> : <Plus size={14} />,
      onSelect: () => toggle('included'),
    },
    {
      id: 'only',
      label: t('sidebar.tagOnly'),
      onSelect: () =>
        setView({ section: 'photos', query: tagTerm(tag.names, language) }, { push: true }),
    },
    { id: 'exclude', label: t('sidebar.tagExclude'), onSelect: () => toggle('excluded') },
    ...tagNameItems(tag, t).map((item, at) => ({ ...item, separated: at === 0 })),
  ];
  return (
    <ContextMenu items={items}>
      <NavRow
        label={name}
        className={classes(styles['tag'])}
        count={use === 'excluded' ? null : tag.count}
        mark={
          use === 'excluded' && <Minus size={14} className={styles['mark']} aria-hidden="true" />
        }
        active={included}
        excluded={use === 'excluded'}
        aria-pressed={use !== 'none'}
        title={other ?? undefined}
        onClick={(event) => toggle(event.altKey ? 'excluded' : 'included')}
      />
    </ContextMenu>
  );
}
