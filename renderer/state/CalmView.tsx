import { createContext, type ReactNode, startTransition, useEffect, useState } from 'react';
import { waitForPhotos } from '../api/turns.ts';
import { createRestTimer } from './restTimer.ts';
import type { ViewState } from './viewHash.ts';

/** The view as the parts inside of a `CalmView` see it; null outside. */
export const CalmContext = createContext<ViewState | null>(null);

export type CalmViewProps = {
  readonly getView: () => ViewState;
  readonly onView: (listener: () => void) => () => void;
  readonly children: ReactNode;
};

/** By then the photos of most changes are drawn. */
const AFTER_MS = 60;
/** Those of the others get so much longer. */
const PHOTOS_WITHIN_MS = 150;
/** While change follows change nothing is drawn, but for so long at most. */
const LATEST_MS = 400;

/**
 * What stands beside the photos follows the view when the photos have been drawn: hundreds of lines that
 * are drawn anew would hold up each step of the lens. What is done there has to ask for the view of that
 * moment.
 */
export function CalmView({ getView, onView, children }: CalmViewProps) {
  const [view, setView] = useState(getView);
  useEffect(() => {
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
  }, [getView, onView]);
  return <CalmContext value={view}>{children}</CalmContext>;
}
