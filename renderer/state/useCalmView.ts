import { startTransition, use, useEffect, useState } from 'react';
import { waitForPhotos } from '../api/turns.ts';
import { CalmContext } from './calmContext.ts';
import { createRestTimer } from './restTimer.ts';
import { getView, onView, type ViewState } from './view.ts';

/** By then the photos of most changes are drawn. */
const AFTER_MS = 60;
/** Those of the others get so much longer. */
const PHOTOS_WITHIN_MS = 150;
/** While change follows change nothing is drawn, but for so long at most. */
const LATEST_MS = 400;

/**
 * The view, a moment later: when its photos have been drawn. For what stands beside them, which would hold
 * them up if it were drawn first. What is done there has to ask for the view of that moment.
 */
export function useCalmView(): ViewState {
  const outer = use(CalmContext);
  const [view, setView] = useState(getView);
  const isOwn = outer === null;
  useEffect(() => {
    if (!isOwn) return;
    const follow = (): void => startTransition(() => setView(getView()));
    const timer = createRestTimer(
      () => void waitForPhotos(PHOTOS_WITHIN_MS).then(follow),
      AFTER_MS,
      LATEST_MS,
    );
    // It may have changed since it was drawn.
    follow();
    const stop = onView(timer.touch);
    return () => {
      timer.stop();
      stop();
    };
  }, [isOwn]);
  return outer ?? view;
}
