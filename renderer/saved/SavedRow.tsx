import {
  ArrowDown,
  ArrowUp,
  Bookmark,
  Pencil,
  RefreshCw,
  Trash2,
  TriangleAlert,
} from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { SavedSearch } from '../../shared/searchesContract.ts';
import { useTranslation } from '../i18n/index.ts';
import { NavRow } from '../sidebar/NavRow.tsx';
import { useView } from '../state/view.ts';
import { ContextMenu, type MenuItem } from '../ui/Menu.tsx';
import { changeSaved, openSaved, removeSaved, updateSaved } from './queries.ts';
import { RenameField } from './RenameField.tsx';
import styles from './Saved.module.css';
import { isSameSearch } from './savedView.ts';

type SavedRowProps = {
  readonly search: SavedSearch;
  /** Undefined until it is known; null when the query is no longer understood. */
  readonly count: number | null | undefined;
  /** 0 is the first. */
  readonly place: number;
  /** Place of the last one. */
  readonly last: number;
  readonly onChoose: () => void;
  /** It is being deleted. */
  readonly onRemove: () => void;
};

/** One saved search in the sidebar. */
export function SavedRow(props: SavedRowProps) {
  const { search, count, place, last, onChoose, onRemove } = props;
  const { t } = useTranslation();
  const view = useView();
  const row = useRef<HTMLButtonElement>(null);
  const [renaming, setRenaming] = useState(false);
  /** Chosen in the menu, which has to be gone before a field can take the focus. */
  const wantsRename = useRef(false);
  const wasRenaming = useRef(false);
  const active = view.section === 'photos' && isSameSearch(search, view);

  useEffect(() => {
    if (wasRenaming.current && !renaming) row.current?.focus();
    wasRenaming.current = renaming;
  }, [renaming]);

  const move = (to: number): void => {
    if (to >= 0 && to <= last) void changeSaved(search.id, { place: to });
  };
  const remove = (): void => {
    onRemove();
    void removeSaved(search);
  };
  const items: readonly MenuItem[] = [
    {
      id: 'rename',
      label: t('saved.rename'),
      icon: <Pencil size={14} />,
      onSelect: () => {
        wantsRename.current = true;
      },
    },
    {
      id: 'update',
      label: t('saved.update'),
      icon: <RefreshCw size={14} />,
      disabled: active || view.section !== 'photos' || view.query.trim() === '',
      onSelect: () => void updateSaved(search),
    },
    {
      id: 'up',
      label: t('saved.moveUp'),
      icon: <ArrowUp size={14} />,
      disabled: place === 0,
      separated: true,
      onSelect: () => move(place - 1),
    },
    {
      id: 'down',
      label: t('saved.moveDown'),
      icon: <ArrowDown size={14} />,
      disabled: place === last,
      onSelect: () => move(place + 1),
    },
    {
      id: 'remove',
      label: t('saved.remove'),
      icon: <Trash2 size={14} />,
      danger: true,
      separated: true,
      onSelect: remove,
    },
  ];
  const actions: Readonly<Record<string, () => void>> = {
    F2: () => setRenaming(true),
    Delete: remove,
    'alt+ArrowUp': () => move(place - 1),
    'alt+ArrowDown': () => move(place + 1),
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const action = actions[event.altKey ? `alt+${event.key}` : event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };

  if (renaming) {
    return (
      <RenameField
        name={search.name}
        onDone={(name) => {
          setRenaming(false);
          if (name !== null) void changeSaved(search.id, { name });
        }}
      />
    );
  }
  return (
    <ContextMenu
      items={items}
      onClosed={(event) => {
        if (!wantsRename.current) return;
        wantsRename.current = false;
        event.preventDefault();
        setRenaming(true);
      }}
    >
      <NavRow
        ref={row}
        label={search.name}
        icon={<Bookmark size={16} />}
        count={count ?? null}
        active={active}
        aria-current={active ? 'page' : undefined}
        aria-keyshortcuts="F2 Delete Alt+ArrowUp Alt+ArrowDown"
        mark={
          count === null && (
            <TriangleAlert
              size={14}
              className={styles['alert']}
              role="img"
              aria-label={t('saved.notUnderstood')}
            />
          )
        }
        onKeyDown={onKeyDown}
        onClick={() => {
          openSaved(search);
          onChoose();
        }}
      />
    </ContextMenu>
  );
}
