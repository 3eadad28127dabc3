import { useEffect } from 'react';
import type { PhotoTile } from '../../shared/model.ts';
import { ASPECT_UNIT } from '../../shared/resultCodec.ts';
import { previewUrl } from '../api/client.ts';
import { useResult } from '../grid/result.ts';
import { tileStore, useTiles } from '../grid/tiles.ts';
import { useVeil } from '../sensitive/veil.ts';

/** Photos on each side whose previews are fetched before they are asked for. */
const PRELOADED = 1;

export type ViewerPhoto = {
  readonly tile: PhotoTile | undefined;
  /** From 0 in the current result; -1 when the photo is not in it. */
  readonly index: number;
  readonly total: number;
  /** Width ÷ height as the result says it; null when unknown. */
  readonly aspect: number | null;
  readonly idAt: (index: number) => number | null;
  /** Where another photo is in the result, from 0; -1 when it is not in it. */
  readonly placeOf: (id: number) => number;
};

const NONE = new Uint32Array(0);

/** The viewer's photo among its neighbours. Their tiles are loaded, and the next previews fetched. */
export function useViewerPhoto(id: number): ViewerPhoto {
  const { result } = useResult();
  const order = result?.ids ?? NONE;
  const index = order.indexOf(id);
  // A photo outside of the result, such as one from the list of problems, is a result of its own.
  const ids = index < 0 ? Uint32Array.of(id) : order;
  const at = Math.max(0, index);
  const isVeiled = useVeil();
  const version = useTiles(ids, at - 3, at + 4, true);

  // biome-ignore lint/correctness/useExhaustiveDependencies: with a new version, the neighbours' tiles may be there
  useEffect(() => {
    const pictures: HTMLImageElement[] = [];
    for (let step = -PRELOADED; step <= PRELOADED; step += 1) {
      const neighbour = step === 0 ? undefined : tileStore.get(order[at + step] ?? 0);
      if (!neighbour?.imageHash || neighbour.failureCode || isVeiled(neighbour)) continue;
      const picture = new Image();
      picture.src = previewUrl(neighbour.id, neighbour.imageHash);
      pictures.push(picture);
    }
    return () => {
      // A preview costs the engine a decode: nobody waits for those that were passed by.
      for (const picture of pictures) if (!picture.complete) picture.removeAttribute('src');
    };
  }, [order, at, version, isVeiled]);

  const packed = index < 0 ? 0 : (result?.aspects[index] ?? 0);
  return {
    tile: tileStore.get(id),
    index,
    total: order.length,
    aspect: packed === 0 ? null : packed / ASPECT_UNIT,
    idAt: (place) => order[place] ?? null,
    placeOf: (other) => order.indexOf(other),
  };
}
