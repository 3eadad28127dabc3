import type { Box } from '../../shared/model.ts';
import { createStore, useStore } from '../state/store.ts';

/** Where in a photo a tag was found. */
export type ShownBoxes = {
  readonly photoId: number;
  readonly tagId: number;
  /** The tag's name on screen. */
  readonly name: string;
  readonly boxes: readonly Box[];
};

type State = {
  /** While the pointer or the keyboard is on the tag. */
  readonly passing: ShownBoxes | null;
  /** Until they are taken away. */
  readonly kept: ShownBoxes | null;
};

const NONE: State = { passing: null, kept: null };
const store = createStore<State>(NONE);

/** Draws the boxes of a tag while it is pointed at; null: no longer. */
export function passBoxes(boxes: ShownBoxes | null): void {
  store.set({ ...store.get(), passing: boxes });
}

/** Keeps the boxes of a tag on the picture, or takes them away. */
export function toggleKeptBoxes(boxes: ShownBoxes): void {
  const { kept } = store.get();
  const isKept = kept?.photoId === boxes.photoId && kept.tagId === boxes.tagId;
  store.set({ passing: null, kept: isKept ? null : boxes });
}

export function clearBoxes(): void {
  store.set(NONE);
}

/** The boxes to draw over a photo; null when there are none. */
export function useBoxes(photoId: number): ShownBoxes | null {
  const { passing, kept } = useStore(store);
  return [passing, kept].find((shown) => shown?.photoId === photoId) ?? null;
}

/** The tag whose boxes are kept on a photo. */
export function useKeptBoxes(photoId: number): number | null {
  const { kept } = useStore(store);
  return kept?.photoId === photoId ? kept.tagId : null;
}

/** A box as parts of the picture in percent, cut off at the picture's edges; null when nothing of it is inside. */
export function boxPlace(box: Box): {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
} | null {
  const left = within(box.x);
  const top = within(box.y);
  const width = within(box.x + box.width) - left;
  const height = within(box.y + box.height) - top;
  if (width <= 0 || height <= 0) return null;
  return { left: left * 100, top: top * 100, width: width * 100, height: height * 100 };
}

function within(value: number): number {
  return Math.min(1, Math.max(0, value));
}
