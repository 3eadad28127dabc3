import { Languages, Search } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { TagType } from '../../shared/model.ts';
import { useTranslation } from '../i18n/index.ts';
import { useLinkSuggestions } from '../names/queries.ts';
import { openDialog } from '../state/dialogs.ts';
import { useViewPart } from '../state/view.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { TextField } from '../ui/TextField.tsx';
import { useRovingFocus } from '../ui/useRovingFocus.ts';
import styles from './facets/Facets.module.css';
import { RowMenu } from './facets/RowMenu.tsx';
import { Section } from './facets/Section.tsx';
import { useSections } from './facets/sections.ts';
import { FILTER_FROM } from './facets/shown.ts';
import { useKeptFocus } from './facets/useKeptFocus.ts';
import { useFacets, useLibraryTags } from './queries.ts';
import { TagRowView } from './TagRowView.tsx';
import { type TagRow, tagRows } from './tagRows.ts';
import { searchedTags } from './tagTerms.ts';
import { useToggleSet } from './useToggleSet.ts';
import { VirtualRows } from './VirtualRows.tsx';

/** The tags of the current result by type, with their counts. A click adds one to the search, or takes it away. */
export function TagList() {
  const { t } = useTranslation();
  return (
    <Section id="tags" title={t('sidebar.tags')} actions={<NamesButton />}>
      <Tags />
    </Section>
  );
}

function Tags() {
  const { t } = useTranslation();
  const query = useViewPart('query');
  const { facets } = useFacets();
  const [filter, setFilter] = useState('');
  const needle = useDeferredValue(filter);
  const { isOpen, toggle } = useSections();
  const [expanded, toggleExpanded] = useToggleSet<TagType>();
  const roving = useRovingFocus<HTMLDivElement>();
  const keepFocus = useKeptFocus(roving.ref);
  const tags = facets?.tags;
  // What is filtered for may not be in the result: then it can still be excluded, or searched for alone.
  const searches = query.trim() !== '';
  const library = useLibraryTags(filter !== '' && searches);
  const closed = useClosedTypes(tags, isOpen);
  const filters = filter !== '' || searches || (tags?.length ?? 0) >= FILTER_FROM;
  const rows = useMemo(() => {
    const searched = searchedTags(query, tags ?? []);
    return tagRows(tags ?? [], { filter: needle, closed, expanded, searched, library });
  }, [tags, query, needle, closed, expanded, library]);
  const row = (line: TagRow) => (
    <TagRowView
      row={line}
      onToggleGroup={(type) => toggle(sectionOf(type))}
      onToggleMore={toggleExpanded}
    />
  );
  return (
    <>
      {filters && (
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
      <RowMenu {...roving} {...keepFocus}>
        <VirtualRows rows={rows} keyOf={(line) => line.key}>
          {row}
        </VirtualRows>
      </RowMenu>
    </>
  );
}

function sectionOf(type: TagType): string {
  return `tags.${type}`;
}

/** Types of tags whose group is closed; the same set while it holds the same. */
function useClosedTypes(
  tags: readonly { readonly type: TagType }[] | undefined,
  isOpen: (id: string) => boolean,
): ReadonlySet<TagType> {
  const types = useMemo(() => [...new Set(tags?.map(({ type }) => type))], [tags]);
  const closed = types.filter((type) => !isOpen(sectionOf(type)));
  const key = JSON.stringify(closed);
  return useMemo(() => new Set(JSON.parse(key) as TagType[]), [key]);
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
