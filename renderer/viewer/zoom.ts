/** A picture in a window: `zoom` 1 fits it whole, the middle is moved by `x`, `y` pixels. */
export type ViewerZoom = { readonly zoom: number; readonly x: number; readonly y: number };

export type Size = { readonly width: number; readonly height: number };

export const FITTED: ViewerZoom = { zoom: 1, x: 0, y: 0 };

/** How far single pixels are blown up at most. */
const MAX_PIXEL_SCALE = 8;
/** Small pictures may be enlarged at least this far. */
const MIN_MAX_ZOOM = 4;

/** Further than this a small picture is not blown up to fill the window. */
const MAX_FIT_SCALE = 2;

/** The size of a picture that fits whole into a window. `pictureWidth` is null while it is unknown. */
export function fitSize(aspect: number, stage: Size, pictureWidth: number | null): Size {
  const widest = pictureWidth === null ? Infinity : pictureWidth * MAX_FIT_SCALE;
  const width = Math.min(stage.width, stage.height * aspect, widest);
  return { width, height: width / aspect };
}

/**
 * The zoom that shows one picture pixel as one screen pixel. `pixelRatio` = screen pixels per CSS pixel.
 */
export function actualSizeZoom(pictureWidth: number, fitted: Size, pixelRatio: number): number {
  if (fitted.width <= 0) return 1;
  return pictureWidth / pixelRatio / fitted.width;
}

/** Bounds of the zoom; `actualZoom` is null while the picture's size is unknown. */
export function zoomBounds(actualZoom: number | null): {
  readonly min: number;
  readonly max: number;
} {
  const actual = actualZoom ?? 1;
  return { min: Math.min(1, actual), max: Math.max(MIN_MAX_ZOOM, actual * MAX_PIXEL_SCALE) };
}

/**
 * Zooms so that the picture's point under `point` (pixels from the middle of the window) stays there.
 */
export function zoomTo(
  view: ViewerZoom,
  wanted: number,
  point: { readonly x: number; readonly y: number },
  bounds: { readonly min: number; readonly max: number },
): ViewerZoom {
  const zoom = Math.min(bounds.max, Math.max(bounds.min, wanted));
  const ratio = zoom / view.zoom;
  return {
    zoom,
    x: point.x - (point.x - view.x) * ratio,
    y: point.y - (point.y - view.y) * ratio,
  };
}

/** Keeps the picture in the window: no edge comes further in than the window's, and a small one is centred. */
export function clampPan(view: ViewerZoom, fitted: Size, stage: Size): ViewerZoom {
  const roomX = Math.max(0, (fitted.width * view.zoom - stage.width) / 2);
  const roomY = Math.max(0, (fitted.height * view.zoom - stage.height) / 2);
  const x = Math.min(roomX, Math.max(-roomX, view.x));
  const y = Math.min(roomY, Math.max(-roomY, view.y));
  return x === view.x && y === view.y ? view : { zoom: view.zoom, x, y };
}
