import { type MouseEvent, useCallback, useEffect, useMemo, useRef } from 'react';
import type { SearchRequest } from '../../shared/model.ts';
import type { PackedResult } from '../../shared/resultCodec.ts';
import { useTranslation } from '../i18n/index.ts';
import { uncover } from '../sensitive/veil.ts';
import { clearSelection, getSelection, setSelection, useSelection } from '../state/selection.ts';
import { useView } from '../state/view.ts';
import { topAfterChange } from './anchor.ts';
import { cellElementId } from './Cell.tsx';
import { DateHeaders, StickyDate } from './DateHeaders.tsx';
import { DateScrubber } from './DateScrubber.tsx';
import { groupDays } from './dayGroups.ts';
import { GridCells } from './GridCells.tsx';
import styles from './GridView.module.css';
import { cellOf, layoutGrid } from './layout.ts';
import { rowHeightOf } from './rowHeights.ts';
import { keepExisting, selectOne, selectRange, toggleOne } from './selectionMoves.ts';
import { useElementSize } from './useElementSize.ts';
import { useGridKeys } from './useGridKeys.ts';
import { useGridScroll } from './useGridScroll.ts';
import { openViewer } from './viewerMode.ts';

const GAP_PIXELS = 4;
const HEADER_PIXELS = 44;
const LEFT_PIXELS = 16;
/** Room for the scroll bar, and for its years where there is space. */
const RIGHT_PIXELS = 64;
const RIGHT_NARROW_PIXELS = 20;
const NARROW_BELOW_PIXELS = 560;
const CONTAINER_ID = 'photo-grid';
const NOTHING = new Uint16Array(0);

export type GridViewProps = { readonly result: PackedResult; readonly request: SearchRequest };

/** A result that has photos: rows, dates, selection and keyboard. */
export function GridView({ result, request }: GridViewProps) {
  const { t } = useTranslation();
  const { zoom, viewerId } = useView();
  const selection = useSelection();
  const container = useRef<HTMLDivElement>(null);
  const size = useElementSize(container);
  const viewportPixels = size?.height ?? 0;
  const dated = request.sort === 'taken';
  const { ids, days, aspects } = result;
  const width = size?.width ?? 0;
  const right = width < NARROW_BELOW_PIXELS || !dated ? RIGHT_NARROW_PIXELS : RIGHT_PIXELS;

  const layout = useMemo(() => {
    const sizes = {
      // Nothing is laid out before the width is known: it would be done again at once.
      aspects: width === 0 ? NOTHING : aspects,
      widthPixels: width - LEFT_PIXELS - right,
      rowHeightPixels: rowHeightOf(zoom),
      gapPixels: GAP_PIXELS,
    };
    const groups = dated && width > 0 ? groupDays({ ...sizes, days }) : null;
    return layoutGrid({ ...sizes, days: groups, headerPixels: HEADER_PIXELS });
  }, [aspects, days, dated, width, right, zoom]);

  const shown = useRef({ ids, request });
  const scroll = useGridScroll(container, layout, viewportPixels, (before) => {
    const { ids: idsBefore, request: requestBefore } = shown.current;
    shown.current = { ids, request };
    // Another question begins at its top; the lens only thins out what is there.
    if (!sameOrderAsked(requestBefore, request)) return 0;
    return topAfterChange(
      { ...before, ids: idsBefore },
      { layout, ids },
      viewportPixels,
      getSelection().focus,
    );
  });
  const onKeyDown = useGridKeys({ container, layout, ids, scroll, viewportPixels });

  useEffect(() => {
    const kept = keepExisting(getSelection(), ids);
    if (kept !== getSelection()) setSelection(kept);
  }, [ids]);

  const { reveal } = scroll;
  const focusPhoto = useCallback(
    (id: number) => {
      const cell = cellOf(layout, ids.indexOf(id));
      if (!cell) return;
      setSelection(selectOne(id));
      reveal(cell.top - layout.headerPixels, cell.top + cell.height);
    },
    [layout, ids, reveal],
  );
  const viewedBefore = useRef(viewerId);
  useEffect(() => {
    const closed = viewedBefore.current;
    viewedBefore.current = viewerId;
    if (viewerId !== null || closed === null) return;
    focusPhoto(closed);
    container.current?.focus({ preventScroll: true });
  }, [viewerId, focusPhoto]);
  useEffect(() => {
    if (document.activeElement === document.body) container.current?.focus({ preventScroll: true });
  }, []);

  const onClick = (event: MouseEvent): void => {
    const id = photoIdAt(event);
    if (id === null) {
      clearSelection();
      return;
    }
    if (isOn('data-reveal', event)) {
      uncover(id);
      return;
    }
    const before = getSelection();
    const toggles = event.ctrlKey || event.metaKey || isOn('data-tick', event);
    if (event.shiftKey) setSelection(selectRange(before, ids, id, toggles));
    else setSelection(toggles ? toggleOne(before, id) : selectOne(id));
  };
  const onDoubleClick = (event: MouseEvent): void => {
    const id = photoIdAt(event);
    const passes = isOn('data-tick', event) || isOn('data-reveal', event);
    if (id !== null && !passes) openViewer(id);
  };

  const first = layout.rowStarts[scroll.startRow] ?? 0;
  const end = layout.rowStarts[scroll.endRow] ?? 0;
  const { focus } = selection;
  const focusDrawn = focus !== null && ids.subarray(first, end).includes(focus);
  return (
    <div className={styles['frame']}>
      <div
        ref={container}
        id={CONTAINER_ID}
        className={styles['container']}
        role="listbox"
        aria-multiselectable="true"
        aria-label={t('grid.label')}
        aria-activedescendant={focusDrawn ? cellElementId(focus) : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onMouseDown={(event) => {
          // The grid itself has the focus, never one of its photos, which come and go.
          event.preventDefault();
          event.currentTarget.focus({ preventScroll: true });
        }}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
      >
        <div className={styles['content']} style={{ height: scroll.elementPixels }}>
          <div className={styles['cells']} style={{ left: LEFT_PIXELS, right }}>
            {dated && (
              <DateHeaders
                layout={layout}
                days={days}
                first={first}
                end={end}
                offset={scroll.offset}
              />
            )}
            <GridCells layout={layout} ids={ids} scroll={scroll} first={first} end={end} />
          </div>
        </div>
      </div>
      {dated && (
        <StickyDate layout={layout} days={days} scroll={scroll} left={LEFT_PIXELS} right={right} />
      )}
      <DateScrubber
        layout={layout}
        scroll={scroll}
        viewportPixels={viewportPixels}
        controls={CONTAINER_ID}
        dated={dated}
      />
    </div>
  );
}

function sameOrderAsked(left: SearchRequest, right: SearchRequest): boolean {
  return (
    left.query === right.query && left.sort === right.sort && left.ascending === right.ascending
  );
}

function photoIdAt(event: MouseEvent): number | null {
  const target = event.target instanceof Element ? event.target : null;
  const id = Number(target?.closest<HTMLElement>('[data-photo-id]')?.dataset['photoId']);
  return Number.isInteger(id) && id > 0 ? id : null;
}

/** Whether a click was on a part of a photo that answers to it in its own way. */
function isOn(mark: 'data-tick' | 'data-reveal', event: MouseEvent): boolean {
  return event.target instanceof Element && event.target.closest(`[${mark}]`) !== null;
}
