import {
  type MouseEvent,
  memo,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { SearchRequest } from '../../shared/model.ts';
import type { PackedResult } from '../../shared/resultCodec.ts';
import { useTranslation } from '../i18n/index.ts';
import { NewPhotosNote } from '../navigation/NewPhotosNote.tsx';
import { useGridPlace } from '../navigation/useGridPlace.ts';
import { uncover } from '../sensitive/veil.ts';
import { sameOrder } from '../state/place.ts';
import { clearSelection, getSelection, setSelection } from '../state/selection.ts';
import { useViewPart } from '../state/view.ts';
import { topAfterChange } from './anchor.ts';
import { DateScrubber } from './DateScrubber.tsx';
import { datesOf } from './dates/dayRuns.ts';
import { JumpToDate } from './dates/JumpToDate.tsx';
import { topForPhoto } from './dates/places.ts';
import { groupDays } from './dayGroups.ts';
import { GridRows } from './GridRows.tsx';
import styles from './GridView.module.css';
import { asPartOf, cellOf, layoutGrid } from './layout.ts';
import { rowHeightOf } from './rowHeights.ts';
import { keepExisting, moveFocus, selectOne, selectRange, toggleOne } from './selectionMoves.ts';
import { steady } from './steady.ts';
import { useElementSize } from './useElementSize.ts';
import { useGridKeys } from './useGridKeys.ts';
import { useGridScroll } from './useGridScroll.ts';
import { openViewer } from './viewerMode.ts';

const GAP_PIXELS = 4;
const HEADER_PIXELS = 44;
const LEFT_PIXELS = 16;
/** Room for the scroll bar, and for its density and dates where there is space. */
const RIGHT_PIXELS = 72;
const RIGHT_NARROW_PIXELS = 20;
const NARROW_BELOW_PIXELS = 560;
const CONTAINER_ID = 'photo-grid';
const NOTHING = new Uint16Array(0);
const SteadyScrubber = steady(DateScrubber);
const SteadyNote = steady(NewPhotosNote);

export type GridViewProps = {
  readonly result: PackedResult;
  readonly request: SearchRequest;
  /** Photos of the whole result: while `result` has fewer, the rest of them is on its way. */
  readonly total: number;
};

/** A result that has photos: rows, dates, selection and keyboard. */
export const GridView = memo(function GridView({ result, request, total }: GridViewProps) {
  const { t } = useTranslation();
  const zoom = useViewPart('zoom');
  const viewerId = useViewPart('viewerId');
  const container = useRef<HTMLDivElement>(null);
  const size = useElementSize(container);
  const viewportPixels = size?.height ?? 0;
  const dated = request.sort === 'taken';
  const { ids, days, aspects } = result;
  const isWhole = ids.length >= total;
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
    return asPartOf(layoutGrid({ ...sizes, days: groups, headerPixels: HEADER_PIXELS }), total);
  }, [aspects, days, dated, width, right, zoom, total]);

  const dates = useMemo(() => (dated ? datesOf(days) : null), [dated, days]);
  const [jumping, setJumping] = useState(false);

  const shown = useRef({ ids, request });
  const scroll = useGridScroll(container, layout, viewportPixels, (before) => {
    const { ids: idsBefore, request: requestBefore } = shown.current;
    // Another question begins at its top; the lens only thins out what is there.
    if (!sameOrder(requestBefore, request)) return 0;
    return topAfterChange(
      { ...before, ids: idsBefore },
      { layout, ids },
      viewportPixels,
      getSelection().focus,
    );
  });
  // After the placing, also when two questions have one answer and nothing had to be placed.
  useLayoutEffect(() => {
    shown.current = { ids, request };
  }, [ids, request]);
  useGridPlace({ layout, ids, request, scroll, viewportPixels });
  const onKeyDown = useGridKeys({
    container,
    layout,
    ids,
    isWhole,
    request,
    scroll,
    viewportPixels,
  });

  useEffect(() => {
    // What is not among the first photos may still be among the rest.
    if (!isWhole) return;
    const kept = keepExisting(getSelection(), ids);
    if (kept !== getSelection()) setSelection(kept);
  }, [ids, isWhole]);

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

  const jumpTo = (index: number): void => {
    const id = ids[index];
    if (id === undefined) return;
    scroll.scrollTo(topForPhoto(layout, index, viewportPixels));
    setSelection(moveFocus(getSelection(), id));
  };

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

  const askForDate = useCallback(() => setJumping(true), []);
  return (
    <div className={styles['frame']}>
      <div
        ref={container}
        id={CONTAINER_ID}
        className={styles['container']}
        role="listbox"
        aria-multiselectable="true"
        aria-label={t('grid.label')}
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
        <GridRows
          container={container}
          layout={layout}
          ids={ids}
          days={dated ? days : null}
          total={total}
          scroll={scroll}
          viewportPixels={viewportPixels}
          left={LEFT_PIXELS}
          right={right}
          onJump={askForDate}
        />
      </div>
      <SteadyNote
        isWhole={isWhole}
        layout={layout}
        ids={ids}
        request={request}
        scroll={scroll}
        viewportPixels={viewportPixels}
      />
      <SteadyScrubber
        isWhole={isWhole}
        layout={layout}
        scroll={scroll}
        viewportPixels={viewportPixels}
        controls={CONTAINER_ID}
        dates={dates}
      />
      <JumpToDate
        open={jumping}
        onOpenChange={setJumping}
        days={dates?.days ?? null}
        left={LEFT_PIXELS}
        onJump={jumpTo}
        focusPhotos={() => container.current?.focus({ preventScroll: true })}
      />
    </div>
  );
});

function photoIdAt(event: MouseEvent): number | null {
  const target = event.target instanceof Element ? event.target : null;
  const id = Number(target?.closest<HTMLElement>('[data-photo-id]')?.dataset['photoId']);
  return Number.isInteger(id) && id > 0 ? id : null;
}

/** Whether a click was on a part of a photo that answers to it in its own way. */
function isOn(mark: 'data-tick' | 'data-reveal', event: MouseEvent): boolean {
  return event.target instanceof Element && event.target.closest(`[${mark}]`) !== null;
}
