import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import {
  actualSizeZoom,
  clampPan,
  FITTED,
  type Size,
  type ViewerZoom,
  zoomBounds,
  zoomTo,
} from './zoom.ts';

const ZOOM_STEP = 1.5;
/** How much one pixel of wheel movement zooms; pinching sends small values. */
const WHEEL_FACTOR = 0.0018;
const PINCH_FACTOR = 0.01;
const LINE_PIXELS = 16;

export type StageZoom = {
  readonly view: ViewerZoom;
  /** The zoom at one picture pixel a screen pixel; null while the picture's size is unknown. */
  readonly actual: number | null;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly fit: () => void;
  readonly actualSize: () => void;
  /** Between fitted and actual size, at a point of the window. */
  readonly toggle: (point: { readonly clientX: number; readonly clientY: number }) => void;
  readonly dragging: boolean;
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: () => void;
};

/** Zoom and pan of one picture by wheel, pinch, drag and commands. */
export function useStageZoom(
  stage: RefObject<HTMLElement | null>,
  stageSize: Size,
  fitted: Size,
  pictureWidth: number | null,
): StageZoom {
  const [wanted, setWanted] = useState<ViewerZoom>(FITTED);
  const [dragging, setDragging] = useState(false);
  const grabbed = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const actual =
    pictureWidth === null ? null : actualSizeZoom(pictureWidth, fitted, window.devicePixelRatio);
  const view = clampPan(wanted, fitted, stageSize);

  const zoomAt = (
    zoom: number,
    point: { readonly clientX: number; readonly clientY: number } | null,
  ): void => {
    const box = stage.current?.getBoundingClientRect();
    const center =
      box && point
        ? {
            x: point.clientX - box.left - box.width / 2,
            y: point.clientY - box.top - box.height / 2,
          }
        : { x: 0, y: 0 };
    setWanted(clampPan(zoomTo(view, zoom, center, zoomBounds(actual)), fitted, stageSize));
  };

  const latest = useRef({ zoomAt, zoom: view.zoom });
  useEffect(() => {
    latest.current = { zoomAt, zoom: view.zoom };
  });
  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const pixels =
        event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1);
      const factor = Math.exp(-pixels * (event.ctrlKey ? PINCH_FACTOR : WHEEL_FACTOR));
      latest.current.zoomAt(latest.current.zoom * factor, event);
    };
    // Not passive: the page's own zoom has to be kept from happening.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [stage]);

  return {
    view,
    actual,
    zoomIn: () => zoomAt(view.zoom * ZOOM_STEP, null),
    zoomOut: () => zoomAt(view.zoom / ZOOM_STEP, null),
    fit: () => setWanted(FITTED),
    actualSize: () => zoomAt(actual ?? 1, null),
    toggle: (point) => {
      // Pictures that fit at their actual size are doubled instead: the click must do something.
      const target = actual !== null && actual > 1.05 ? actual : 2;
      if (view.zoom === 1) zoomAt(target, point);
      else setWanted(FITTED);
    },
    dragging,
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      grabbed.current = { x: event.clientX - view.x, y: event.clientY - view.y };
      setDragging(true);
    },
    onPointerMove: (event) => {
      if (!grabbed.current) return;
      const moved = {
        zoom: view.zoom,
        x: event.clientX - grabbed.current.x,
        y: event.clientY - grabbed.current.y,
      };
      setWanted(clampPan(moved, fitted, stageSize));
    },
    onPointerUp: () => {
      grabbed.current = null;
      setDragging(false);
    },
  };
}
