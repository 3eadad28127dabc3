import { useEffect } from 'react';
import { getView, onView } from '../state/view.ts';
import { saveSetting } from './queries.ts';

const SAVE_AFTER_MS = 800;

/** Keeps the lens and the zoom where the person left them, for the next start. */
export function useSaveView(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let { threshold, zoom } = getView();
    const save = (): void => {
      timer = null;
      ({ threshold, zoom } = getView());
      void saveSetting('lens', threshold);
      void saveSetting('zoom', zoom);
    };
    const stop = onView((view) => {
      if (view.threshold === threshold && view.zoom === zoom) return;
      if (timer) clearTimeout(timer);
      timer = setTimeout(save, SAVE_AFTER_MS);
    });
    return () => {
      stop();
      if (timer) {
        clearTimeout(timer);
        save();
      }
    };
  }, []);
}
