import { GridStates } from './GridStates.tsx';
import { GridView } from './GridView.tsx';
import styles from './PhotoGrid.module.css';
import { useShownResult } from './result.ts';
import { SelectionBar } from './SelectionBar.tsx';

/** The photos of the current search. Reads the view and the selection; needs no props. */
export function PhotoGrid() {
  const state = useShownResult();
  const { result, request, total } = state;
  const hasPhotos = result !== null && request !== null && result.ids.length > 0;
  return (
    <section className={styles['grid']} aria-busy={state.loading}>
      {hasPhotos ? (
        <GridView result={result} request={request} total={total} />
      ) : (
        <GridStates state={state} />
      )}
      <SelectionBar />
    </section>
  );
}
