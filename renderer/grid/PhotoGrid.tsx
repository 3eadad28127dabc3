import { useLayoutEffect, useRef } from 'react';
import { GridStates } from './GridStates.tsx';
import { GridView } from './GridView.tsx';
import styles from './PhotoGrid.module.css';
import { onAsked, useShownResult } from './result.ts';
import { SelectionBar } from './SelectionBar.tsx';

/** The photos of the current search. Reads the view and the selection; needs no props. */
export function PhotoGrid() {
  const state = useShownResult();
  const { result, request, total } = state;
  const section = useRef<HTMLElement>(null);
  // That it waits is said without drawing anything, that it waits no more when the photos are in it.
  useLayoutEffect(() => onAsked(() => tellBusy(section.current, true)), []);
  useLayoutEffect(() => tellBusy(section.current, state.loading), [state]);
  const hasPhotos = result !== null && request !== null && result.ids.length > 0;
  return (
    <section className={styles['grid']} ref={section}>
      {hasPhotos ? (
        <GridView result={result} request={request} total={total} />
      ) : (
        <GridStates state={state} />
      )}
      <SelectionBar />
    </section>
  );
}

function tellBusy(element: HTMLElement | null, isBusy: boolean): void {
  const busy = String(isBusy);
  if (element && element.ariaBusy !== busy) element.ariaBusy = busy;
}
