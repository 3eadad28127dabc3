import type { ReactNode } from 'react';
import { CalmContext } from './calmContext.ts';
import { useCalmView } from './useCalmView.ts';

/**
 * All that is inside follows the view when the photos have been drawn: hundreds of lines that are drawn anew
 * would hold up each step of the lens.
 */
export function CalmView({ children }: { readonly children: ReactNode }) {
  return <CalmContext value={useCalmView()}>{children}</CalmContext>;
}
