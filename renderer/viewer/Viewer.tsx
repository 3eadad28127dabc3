import { useRef } from 'react';
import { createPortal } from 'react-dom';
import { useViewPart } from '../state/view.ts';
import { ViewerWindow } from './ViewerWindow.tsx';

/** One photo over the whole window, while the view names one. Needs no props. */
export function Viewer() {
  const viewerId = useViewPart('viewerId');
  const container = useRef(document.body);
  if (viewerId === null) return null;
  return createPortal(<ViewerWindow id={viewerId} />, container.current);
}
