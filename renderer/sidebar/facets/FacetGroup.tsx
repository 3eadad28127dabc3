import { Search } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { ValueTerms } from '../../../shared/facetTerms.ts';
import { useTranslation } from '../../i18n/index.ts';
import { cameraText } from '../../inspector/cameraText.ts';
import { SourceGlyph } from '../../inspector/SourceIcon.tsx';
import { useSourceName } from '../../inspector/sourceName.ts';
import { useViewPart } from '../../state/view.ts';
import { TextField } from '../../ui/TextField.tsx';
import { useRovingFocus } from '../../ui/useRovingFocus.ts';
import { useFacets } from '../queries.ts';
import { VirtualRows } from '../VirtualRows.tsx';
import { usesOf } from './clicks.ts';
import { FacetRow } from './FacetRow.tsx';
import styles from './Facets.module.css';
import { type FacetRow as FacetLine, facetRows, type ListedValue } from './facetRows.ts';
import type { GroupId, GroupKind } from './groups.ts';
import { MoreRow } from './MoreRow.tsx';
import { useChosenTerms, useGroups } from './queries.ts';
import { RowMenu } from './RowMenu.tsx';
import { Section } from './Section.tsx';
import { FILTER_FROM } from './shown.ts';
import { useKeptFocus } from './useKeptFocus.ts';

/** A group of values as a list. Not there while the result has none. */
export function FacetGroup({ kind }: { readonly kind: GroupKind }) {
  const { t } = useTranslation();
  const { facets } = useFacets();
  const chosen = useChosenTerms(kind.key);
  if ((facets?.groups[kind.id].total ?? 0) === 0 && chosen.length === 0) return null;
  return (
    <Section id={kind.id} title={t(`facets.${kind.id}`)}>
      <GroupValues kind={kind} chosen={chosen} />
    </Section>
  );
}

type GroupValuesProps = { readonly kind: GroupKind; readonly chosen: readonly string[] };

function GroupValues({ kind, chosen }: GroupValuesProps) {
  const { t } = useTranslation();
  const query = useViewPart('query');
  const [filter, setFilter] = useState('');
  const needle = useDeferredValue(filter);
  const [expanded, setExpanded] = useState(false);
  const group = useGroups(kind.key, expanded || filter !== '')?.[kind.id];
  const roving = useRovingFocus<HTMLDivElement>();
  const keepFocus = useKeptFocus(roving.ref);
  const rows = useMemo(
    () =>
      facetRows(group ?? { values: [], total: 0 }, {
        filter: needle,
        expanded,
        chosen,
        uses: usesOf(query),
        shownText: (text) => shownText(kind.id, text),
      }),
    [group, needle, expanded, chosen, query, kind.id],
  );
  const row = (line: FacetLine) => {
    if (line.kind === 'more') {
      return <MoreRow hidden={line.hidden} onToggle={() => setExpanded(!expanded)} />;
    }
    return <ValueRow id={kind.id} value={line.value} />;
  };
  return (
    <>
      {(filter !== '' || (group?.total ?? 0) >= FILTER_FROM) && (
        <TextField
          className={styles['filter']}
          label={t(`facets.filter.${kind.id}`)}
          icon={<Search size={14} />}
          value={filter}
          onChange={setFilter}
          onEscape={() => setFilter('')}
        />
      )}
      {filter !== '' && rows.length === 0 && (
        <p className={styles['hint']}>{t('facets.noMatches', { text: filter })}</p>
      )}
      <RowMenu {...roving} {...keepFocus}>
        <VirtualRows rows={rows} keyOf={(line) => line.key}>
          {row}
        </VirtualRows>
      </RowMenu>
    </>
  );
}

function ValueRow({ id, value }: { readonly id: GroupId; readonly value: ListedValue }) {
  const source = useSourceName(value.text, 'short');
  const text = id === 'services' ? source : shownText(id, value.text);
  const terms = useMemo(
    (): ValueTerms => ({ writings: [value.term], exclusive: true }),
    [value.term],
  );
  return (
    <FacetRow
      value={terms}
      label={text}
      count={value.count}
      icon={id === 'services' ? <SourceGlyph source={value.text} /> : undefined}
      className={id === 'services' ? undefined : styles['plain']}
    />
  );
}

function shownText(id: GroupId, text: string): string {
  if (id === 'cameras') return cameraText(text) ?? text;
  return id === 'formats' ? text.toUpperCase() : text;
}
