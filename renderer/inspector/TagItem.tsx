import { Ban, ChevronRight, Ellipsis, Search, SquareDashed, Undo2, X } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { addTerm, quoteTerm } from '../../shared/queryText.ts';
import { labelPhotos } from '../grid/actions.ts';
import { otherTagName, tagName, useLanguage, useTranslation } from '../i18n/index.ts';
import { tagNameItems } from '../names/tagNameItems.tsx';
import { getView, setView, useViewPart } from '../state/view.ts';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import { Name } from '../ui/Name.tsx';
import { passBoxes, toggleKeptBoxes, useKeptBoxes } from '../viewer/boxes.ts';
import { SourceIcon } from './SourceIcon.tsx';
import { SourceList } from './SourceList.tsx';
import styles from './TagList.module.css';
import type { TagRow } from './tagRows.ts';

export type TagItemProps = {
  readonly row: TagRow;
  readonly photoId: number;
  readonly dimmed?: boolean;
};

/** Icons that have room in the line; unfolded, all sources are named. */
const ICONS_SHOWN = 2;

/** One tag of a photo with its sources, and what can be done to it. Its boxes are drawn while it is pointed at. */
export function TagItem({ row, photoId, dimmed = false }: TagItemProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const id = useId();
  const [open, setOpen] = useState(false);
  const viewerId = useViewPart('viewerId');
  const name = tagName(row.names, language);
  const other = otherTagName(row.names, language);
  const value = Math.floor(row.confidence);
  const hasBoxes = viewerId === photoId && row.boxes.length > 0;
  const shown = { photoId, tagId: row.id, name, boxes: row.boxes };
  const icons = row.sources
    .slice(0, ICONS_SHOWN)
    .map(({ source, confidence }) => (
      <SourceIcon key={source} source={source} confidence={confidence} />
    ));
  useEffect(() => (hasBoxes ? () => passBoxes(null) : undefined), [hasBoxes]);
  const point = (): void => passBoxes(hasBoxes ? shown : null);
  const leave = (): void => passBoxes(null);
  return (
    <li
      className={classes(
        styles['item'],
        dimmed && styles['dimmed'],
        row.rejected && styles['rejected'],
      )}
      onPointerEnter={point}
      onPointerLeave={leave}
      onFocus={point}
      onBlur={leave}
    >
      <span className={styles['names']}>
        <span className={styles['name']}>
          <Name>{name}</Name>
        </span>
        {other && (
          <span className={styles['other']}>
            <Name>{other}</Name>
          </span>
        )}
        {row.earlier && (
          <span className={styles['earlier']} title={t('inspector.earlierHint')}>
            {t('inspector.earlier')}
          </span>
        )}
      </span>
      <span className={styles['actions']}>
        {hasBoxes && <BoxButton shown={shown} />}
        <TagActions row={row} photoId={photoId} name={name} />
      </span>
      <span className={styles['bar']} aria-hidden="true">
        <span className={styles['filled']} style={{ width: `${row.confidence}%` }} />
      </span>
      <span
        className={styles['value']}
        role="img"
        aria-label={t('inspector.confidence', { value })}
      >
        {value}
      </span>
      {row.sources.length === 1 ? (
        <span className={styles['sources']}>{icons}</span>
      ) : (
        <button
          type="button"
          className={styles['sourcesButton']}
          aria-label={t('inspector.sourcesOf', { count: row.sources.length, tag: name })}
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          onClick={() => setOpen(!open)}
        >
          {icons}
          <ChevronRight
            size={12}
            className={classes(styles['chevron'], open && styles['open'])}
            aria-hidden="true"
          />
        </button>
      )}
      {open && <SourceList id={id} sources={row.sources} />}
    </li>
  );
}

function BoxButton({ shown }: { readonly shown: Parameters<typeof toggleKeptBoxes>[0] }) {
  const { t } = useTranslation();
  const kept = useKeptBoxes(shown.photoId);
  return (
    <IconButton
      size="small"
      label={t('boxes.keep', { count: shown.boxes.length, tag: shown.name })}
      pressed={kept === shown.tagId}
      icon={<SquareDashed size={14} />}
      onClick={() => toggleKeptBoxes(shown)}
    />
  );
}

type TagActionsProps = {
  readonly row: TagRow;
  readonly photoId: number;
  readonly name: string;
};

function TagActions({ row, photoId, name }: TagActionsProps) {
  const { t } = useTranslation();
  const label = (action: 'remove' | 'reject' | 'unreject') => () =>
    void labelPhotos(action, [photoId], row.id, name);
  const viewerId = useViewPart('viewerId');
  const mine = row.sources.some(({ source }) => source === 'me');
  const items = tagNameItems({ id: row.id, names: row.names, type: row.type }, t);
  return (
    <>
      {row.type !== 'sensitivity' && (
        <IconButton
          size="small"
          label={t('inspector.findTag', { tag: name })}
          icon={<Search size={14} />}
          onClick={() => findTag(name)}
        />
      )}
      {row.rejected && (
        <IconButton
          size="small"
          label={t('inspector.unrejectTag', { tag: name })}
          icon={<Undo2 size={14} />}
          onClick={label('unreject')}
        />
      )}
      {!row.rejected && mine && (
        <IconButton
          size="small"
          label={t('inspector.removeTag', { tag: name })}
          icon={<X size={14} />}
          onClick={label('remove')}
        />
      )}
      {!row.rejected && !mine && (
        <IconButton
          size="small"
          label={t('inspector.rejectTag', { tag: name })}
          icon={<Ban size={14} />}
          onClick={label('reject')}
        />
      )}
      {items.length > 0 && (
        <Menu
          items={items}
          align="end"
          label={t('names.menu', { tag: name })}
          theme={viewerId === null ? undefined : 'dark'}
        >
          <button
            type="button"
            className={styles['menuButton']}
            aria-label={t('names.menu', { tag: name })}
          >
            <Ellipsis size={14} aria-hidden="true" />
          </button>
        </Menu>
      )}
    </>
  );
}

/** Adds the tag to the search, and leaves the viewer to show it. */
function findTag(name: string): void {
  const query = addTerm(getView().query, `tag:${quoteTerm(name)}`);
  setView({ query, section: 'photos', viewerId: null }, { push: true });
}
