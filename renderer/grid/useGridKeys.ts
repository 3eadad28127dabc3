import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import type { SearchRequest } from '../../shared/model.ts';
import { useTranslation } from '../i18n/index.ts';
import { toggleVeil } from '../sensitive/veil.ts';
import { clearSelection, getSelection, setSelection } from '../state/selection.ts';
import { useShortcut } from '../state/shortcuts.ts';
import { getView, setView, useViewPart } from '../state/view.ts';
import { asZoom } from '../state/viewHash.ts';
import { canTrash, redoLast, setFavorite, trashPhotos, undoLast } from './actions.ts';
import { indexAfterKey } from './keyMoves.ts';
import { cellOf, type GridLayout, rowAt } from './layout.ts';
import { selectAll, selectOne, selectRange } from './selectionMoves.ts';
import { openTagPanel } from './tagPanel.ts';
import { areAllFavorite, tileStore } from './tiles.ts';
import type { GridScroll } from './useGridScroll.ts';
import { openViewer } from './viewerMode.ts';

export type GridKeysInput = {
  readonly container: RefObject<HTMLElement | null>;
  readonly layout: GridLayout;
  readonly ids: Uint32Array;
  /** `ids` are all photos of the result, not only the first. */
  readonly isWhole: boolean;
  /** What `ids` answer. */
  readonly request: SearchRequest;
  readonly scroll: GridScroll;
  readonly viewportPixels: number;
};

/** The grid's keyboard. Answers the handler of keys that move. */
export function useGridKeys(input: GridKeysInput): (event: KeyboardEvent) => void {
  const { container, layout, ids, isWhole, scroll, viewportPixels } = input;
  const { t } = useTranslation();
  const enabled = useViewPart('viewerId') === null;
  const photos = { group: 'photos', enabled } as const;

  /** The photo the keyboard stands on, else the first on screen. */
  const focusIndex = (): number => {
    const { focus } = getSelection();
    const index = focus === null ? -1 : ids.indexOf(focus);
    return index >= 0 ? index : (layout.rowStarts[rowAt(layout, scroll.getTop() + 1)] ?? 0);
  };
  const move = (key: string, extend: boolean): boolean => {
    const { focus } = getSelection();
    const from = focusIndex();
    const isNew = focus === null || ids[from] !== focus;
    const to =
      isNew && key.startsWith('Arrow') ? from : indexAfterKey(key, layout, from, viewportPixels);
    const id = to === null ? undefined : ids[to];
    if (to === null || id === undefined) return false;
    setSelection(extend ? selectRange(getSelection(), ids, id) : selectOne(id));
    const cell = cellOf(layout, to);
    if (cell) scroll.reveal(cell.top - layout.headerPixels, cell.top + cell.height);
    return true;
  };
  const selectEverything = (): void => setSelection(selectAll(getSelection(), ids));
  const onceWhole = useOnceWhole(input, (what) => {
    if (what === 'select all') selectEverything();
    else move('End', what === 'extend to end');
  });
  const moveOrWait = (key: string, extend: boolean): boolean => {
    if (isWhole || key !== 'End') return move(key, extend);
    onceWhole(extend ? 'extend to end' : 'end');
    return true;
  };
  const open = (mode: 'full' | 'preview'): boolean => {
    const { focus } = getSelection();
    if (focus === null || ids.indexOf(focus) < 0) return false;
    openViewer(focus, mode);
    return true;
  };
  const zoom = (by: number): void => setView({ zoom: asZoom(getView().zoom + by) });
  const intoGrid = (key: string) => (): boolean => {
    if (document.activeElement !== document.body) return false;
    container.current?.focus({ preventScroll: true });
    return move(key, false);
  };

  const moving = { ...photos, label: t('grid.keys.move') };
  useShortcut('ArrowLeft', intoGrid('ArrowLeft'), moving);
  useShortcut('ArrowRight', intoGrid('ArrowRight'), moving);
  useShortcut('ArrowUp', intoGrid('ArrowUp'), moving);
  useShortcut('ArrowDown', intoGrid('ArrowDown'), moving);
  useShortcut('Enter', () => open('full'), { ...photos, label: t('grid.keys.open') });
  useShortcut('Space', () => open('preview'), { ...photos, label: t('grid.keys.preview') });
  useShortcut('f', () => toggleFavorite(), { ...photos, label: t('grid.keys.favorite') });
  useShortcut('t', () => openPanel('add'), { ...photos, label: t('grid.keys.tag') });
  useShortcut('x', () => openPanel('reject'), { ...photos, label: t('grid.keys.reject') });
  useShortcut('v', toggleVeils, { ...photos, label: t('sensitive.key') });
  useShortcut('+', () => zoom(1), { ...photos, label: t('grid.keys.larger') });
  useShortcut('=', () => zoom(1), photos);
  useShortcut('-', () => zoom(-1), { ...photos, label: t('grid.keys.smaller') });
  useShortcut('mod+a', () => (isWhole ? selectEverything() : onceWhole('select all')), {
    ...photos,
    label: t('grid.keys.selectAll'),
  });
  useShortcut('Escape', () => (getSelection().ids.size > 0 ? clearSelection() : false), {
    ...photos,
    label: t('grid.keys.clear'),
  });
  useShortcut('mod+z', () => void undoLast(), { label: t('grid.keys.undo') });
  useShortcut('mod+shift+z', () => void redoLast(), { label: t('grid.keys.redo') });
  useShortcut('Delete', trashSelection, {
    ...photos,
    enabled: enabled && canTrash(),
    label: t('grid.keys.trash'),
  });
  useShortcut('Backspace', trashSelection, { ...photos, enabled: enabled && canTrash() });
  useWheelZoom(container, zoom);

  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (moveOrWait(event.key, event.shiftKey)) event.preventDefault();
  };
}

type AboutAll = 'end' | 'extend to end' | 'select all';

/**
 * What is about all photos waits for them where only the first are there; not beyond the question that it
 * was meant for. Answers how to ask for it.
 */
function useOnceWhole(
  { isWhole, request }: Pick<GridKeysInput, 'isWhole' | 'request'>,
  run: (what: AboutAll) => void,
): (what: AboutAll) => void {
  const waiting = useRef<{ readonly what: AboutAll; readonly request: SearchRequest } | null>(null);
  useEffect(() => {
    const { current } = waiting;
    if (!isWhole || current === null) return;
    waiting.current = null;
    if (current.request === request) run(current.what);
  });
  return (what) => {
    waiting.current = { what, request };
  };
}

/** Favourite, unless all of the selection already is. */
function toggleFavorite(): boolean {
  const { ids } = getSelection();
  if (ids.size === 0) return false;
  void setFavorite(ids, !areAllFavorite(ids));
  return true;
}

/** Shows the selected sensitive photos, or blurs them again. */
function toggleVeils(): boolean {
  const tiles = [...getSelection().ids].map((id) => tileStore.get(id));
  return toggleVeil(tiles.filter((tile) => tile !== undefined));
}

function openPanel(panel: 'add' | 'reject'): boolean {
  if (getSelection().ids.size === 0) return false;
  openTagPanel(panel);
  return true;
}

function trashSelection(): boolean {
  const { ids } = getSelection();
  if (ids.size === 0) return false;
  void trashPhotos(ids);
  return true;
}

/** Wheel movement, in pixels, that makes one zoom step. */
const WHEEL_STEP_PIXELS = 60;

/** Ctrl and the wheel, and pinching on a touchpad, zoom the grid instead of the page. */
function useWheelZoom(container: RefObject<HTMLElement | null>, zoom: (by: number) => void): void {
  const latest = useRef(zoom);
  useEffect(() => {
    latest.current = zoom;
  });
  useEffect(() => {
    const element = container.current;
    if (!element) return;
    let gathered = 0;
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      if (Math.sign(event.deltaY) !== Math.sign(gathered)) gathered = 0;
      gathered += event.deltaY;
      if (Math.abs(gathered) < WHEEL_STEP_PIXELS) return;
      latest.current(gathered < 0 ? 1 : -1);
      gathered = 0;
    };
    // Not passive: the page's own zoom has to be kept from happening.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [container]);
}
