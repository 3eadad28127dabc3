import { useQuery } from '@tanstack/react-query';
import {
  ChevronDown,
  ChevronRight,
  CloudOff,
  Folder,
  Pause,
  Plus,
  Settings2,
  Unplug,
} from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, useMemo } from 'react';
import type { ValueTerms } from '../../shared/facetTerms.ts';
import type { FolderNode, Root } from '../../shared/model.ts';
import { quoteTerm } from '../../shared/queryText.ts';
import { type NeverUpload, neverUploadMarks } from '../folders/neverUpload.ts';
import { neverUploadItem } from '../folders/neverUploadItem.tsx';
import { askForFolder, treeQuery, useRoots } from '../folders/queries.ts';
import { rootMenuItems } from '../folders/rootMenu.tsx';
import { visibleName } from '../i18n/directions.ts';
import { useTranslation } from '../i18n/index.ts';
import { openDialog } from '../state/dialogs.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { ContextMenu, type MenuItem } from '../ui/Menu.tsx';
import { useRovingFocus } from '../ui/useRovingFocus.ts';
import { clickOf, clickOfKey, useFacetValue } from './facets/clicks.ts';
import { ExcludedMark } from './facets/ExcludedMark.tsx';
import { facetItems } from './facets/facetItems.tsx';
import { useFolderCounts } from './facets/queries.ts';
import { headingId, Section } from './facets/Section.tsx';
import { type FolderRow, folderRows } from './folderRows.ts';
import { NavRow } from './NavRow.tsx';
import styles from './Sidebar.module.css';
import { useToggleSet } from './useToggleSet.ts';
import { VirtualRows } from './VirtualRows.tsx';

/** A folder and what is below it, as a term. */
function folderValue(path: string): ValueTerms {
  return { writings: [`folder:${quoteTerm(path)}`], exclusive: true };
}

/** The folders of the library as a tree, with the photos of the result in and below each. */
export function FolderTree({ onChoose }: { readonly onChoose: () => void }) {
  const { t } = useTranslation();
  const actions = (
    <>
      <IconButton
        size="small"
        label={t('sidebar.manageFolders')}
        icon={<Settings2 size={14} aria-hidden="true" />}
        onClick={() => openDialog({ kind: 'settings', tab: 'folders' })}
      />
      <IconButton
        size="small"
        label={t('sidebar.addFolder')}
        icon={<Plus size={14} aria-hidden="true" />}
        onClick={() => void askForFolder()}
      />
    </>
  );
  return (
    <Section id="folders" title={t('sidebar.folders')} actions={actions}>
      <Tree onChoose={onChoose} />
    </Section>
  );
}

function Tree({ onChoose }: { readonly onChoose: () => void }) {
  const folders = useQuery(treeQuery).data;
  const roots = useRoots();
  const [open, toggle] = useToggleSet<number>();
  const rows = useMemo(() => folderRows(folders ?? [], open), [folders, open]);
  const ids = useMemo(() => rows.map(({ folder }) => folder.id), [rows]);
  const counts = useFolderCounts(ids);
  const marks = useMemo(() => neverUploadMarks(folders ?? []), [folders]);
  const roving = useRovingFocus<HTMLDivElement>();
  const onKeyDown = (event: KeyboardEvent): void => {
    const id = Number((event.target as HTMLElement).dataset['folder']);
    const row = rows.find((candidate) => candidate.folder.id === id);
    if (row && moveSideways(event, row, toggle)) event.preventDefault();
    else roving.onKeyDown(event);
  };
  return (
    <div
      {...roving}
      onKeyDown={onKeyDown}
      role="tree"
      aria-multiselectable="true"
      aria-labelledby={headingId('folders')}
    >
      <VirtualRows rows={rows} keyOf={(row) => row.folder.id}>
        {(row) => (
          <TreeItem
            row={row}
            count={counts ? (counts.get(row.folder.id) ?? null) : row.folder.photos}
            neverUpload={marks.get(row.folder.id) ?? null}
            root={roots?.find((root) => row.level === 1 && root.id === row.folder.rootId)}
            onToggle={() => toggle(row.folder.id)}
            onChoose={onChoose}
          />
        )}
      </VirtualRows>
    </div>
  );
}

/** Right opens, left closes or goes to the parent. Answers whether it did anything. */
function moveSideways(event: KeyboardEvent, row: FolderRow, toggle: (id: number) => void): boolean {
  if (event.key === 'ArrowRight' && row.hasChildren && !row.open) {
    toggle(row.folder.id);
    return true;
  }
  if (event.key !== 'ArrowLeft') return false;
  if (row.open) {
    toggle(row.folder.id);
    return true;
  }
  const tree = event.currentTarget;
  const parent = tree.querySelector<HTMLElement>(`[data-folder="${row.folder.parentId}"]`);
  parent?.focus();
  return parent !== null;
}

type TreeItemProps = {
  readonly row: FolderRow;
  /** Null while it is not known. */
  readonly count: number | null;
  /** For the first level: the folder that the person added. */
  readonly root: Root | undefined;
  readonly neverUpload: NeverUpload;
  readonly onToggle: () => void;
  readonly onChoose: () => void;
};

function TreeItem({ row, count, root, neverUpload, onToggle, onChoose }: TreeItemProps) {
  const { t } = useTranslation();
  const { folder } = row;
  const value = useFacetValue(useMemo(() => folderValue(folder.path), [folder.path]));
  const active = value.use === 'included';
  const excluded = value.use === 'excluded';
  const item = (
    <NavRow
      role="treeitem"
      data-folder={folder.id}
      style={{ paddingInlineStart: 8 + (row.level - 1) * 14 }}
      aria-level={row.level}
      aria-expanded={row.hasChildren ? row.open : undefined}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={active}
      label={folder.name}
      title={visibleName(folder.path)}
      icon={<FolderIcon row={row} />}
      mark={
        <>
          <FolderMark folder={folder} root={root} neverUpload={neverUpload} />
          {excluded && <ExcludedMark />}
        </>
      }
      count={excluded ? null : count}
      active={active}
      excluded={excluded}
      muted={folder.offline || count === 0}
      onClick={(event) => {
        if (onChevron(event, row)) return onToggle();
        // The second half of a double click, which opens, does not take back what the first one did.
        if (row.hasChildren && event.detail > 1) return;
        const how = clickOf(event);
        value.click(how);
        // More may be meant to follow after one that is excluded or an alternative.
        if (how === 'add') onChoose();
      }}
      onKeyDown={(event) => {
        const how = clickOfKey(event);
        if (how === null) return;
        event.preventDefault();
        value.click(how);
      }}
      onDoubleClick={(event) => row.hasChildren && !onChevron(event, row) && onToggle()}
    />
  );
  const items: MenuItem[] = [
    ...facetItems(value, t),
    { ...neverUploadItem(folder, neverUpload, t), separated: true },
  ];
  if (root) {
    const [first, ...others] = rootMenuItems(root, t);
    if (first) items.push({ ...first, separated: true }, ...others);
  }
  return <ContextMenu items={items}>{item}</ContextMenu>;
}

/** The arrow keys open and close too, and assistive technology is told by `aria-expanded`. */
function FolderIcon({ row }: { readonly row: FolderRow }) {
  const Chevron = row.open ? ChevronDown : ChevronRight;
  return (
    <>
      <span className={styles['chevron']} data-chevron>
        {row.hasChildren && <Chevron size={14} />}
      </span>
      <Folder size={16} />
    </>
  );
}

/** Whether a click was on the arrow in front of a folder that has folders in it. */
function onChevron(event: MouseEvent, row: FolderRow): boolean {
  return row.hasChildren && (event.target as Element).closest('[data-chevron]') !== null;
}

type FolderMarkProps = {
  readonly folder: FolderNode;
  readonly root: Root | undefined;
  readonly neverUpload: NeverUpload;
};

function FolderMark({ folder, root, neverUpload }: FolderMarkProps) {
  const { t } = useTranslation();
  return (
    <>
      {neverUpload && (
        <span
          className={styles['mark']}
          data-mark={neverUpload}
          role="img"
          aria-label={t(`privacy.marks.${neverUpload}`)}
          title={t(`privacy.marks.${neverUpload}`)}
        >
          <CloudOff size={14} aria-hidden="true" />
        </span>
      )}
      {folder.offline && (
        <Unplug size={14} className={styles['mark']} role="img" aria-label={t('sidebar.offline')} />
      )}
      {!folder.offline && root?.state === 'paused' && (
        <Pause size={14} role="img" aria-label={t('sidebar.paused')} />
      )}
    </>
  );
}
