import { createContext } from 'react';
import type { ViewState } from './viewHash.ts';

/** The view as the parts inside of a `CalmView` see it; null outside. */
export const CalmContext = createContext<ViewState | null>(null);
