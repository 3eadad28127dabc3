import type { RefObject } from 'react';
import { setFavorite } from '../grid/actions.ts';
import { openTagPanel } from '../grid/tagPanel.ts';
import { closeViewer, enterFullViewer, useViewerMode } from '../grid/viewerMode.ts';
import { useTranslation } from '../i18n/index.ts';
import { type MaybeSensitive, toggleVeil } from '../sensitive/veil.ts';
import { useShortcut } from '../state/shortcuts.ts';
import { togglePanel, usePanelOpen } from './panel.ts';
import type { StageHandle } from './Stage.tsx';

export type ViewerKeysInput = {
  readonly photo: MaybeSensitive;
  readonly favorite: boolean;
  readonly stage: RefObject<StageHandle | null>;
  readonly goPrevious: () => void;
  readonly goNext: () => void;
  readonly goFirst: () => void;
  readonly goLast: () => void;
};

/** The viewer's keyboard. Bound after the grid's, so that its keys win while it is open. */
export function useViewerKeys(input: ViewerKeysInput): void {
  const { photo, favorite, stage } = input;
  const { t } = useTranslation();
  const mode = useViewerMode();
  const isPanelOpen = usePanelOpen();
  const viewer = { group: 'viewer' } as const;
  useShortcut('ArrowLeft', input.goPrevious, { ...viewer, label: t('viewer.previous') });
  useShortcut('ArrowRight', input.goNext, { ...viewer, label: t('viewer.next') });
  useShortcut('ArrowUp', input.goPrevious, viewer);
  useShortcut('ArrowDown', input.goNext, viewer);
  useShortcut('Home', input.goFirst, viewer);
  useShortcut('End', input.goLast, viewer);
  useShortcut('Escape', closeViewer, { ...viewer, label: t('viewer.close') });
  useShortcut('Space', closeViewer, { ...viewer, enabled: mode === 'preview' });
  useShortcut('Enter', () => (mode === 'preview' ? enterFullViewer() : closeViewer()), viewer);
  useShortcut('+', () => stage.current?.zoomIn(), { ...viewer, label: t('viewer.zoomIn') });
  useShortcut('=', () => stage.current?.zoomIn(), viewer);
  useShortcut('-', () => stage.current?.zoomOut(), { ...viewer, label: t('viewer.zoomOut') });
  useShortcut('0', () => stage.current?.fit(), { ...viewer, label: t('viewer.fit') });
  useShortcut('1', () => stage.current?.actualSize(), { ...viewer, label: t('viewer.actualSize') });
  useShortcut(
    'i',
    () => {
      if (mode === 'full') togglePanel(isPanelOpen);
      else {
        enterFullViewer();
        togglePanel(false);
      }
    },
    { ...viewer, label: t('viewer.panel') },
  );
  useShortcut('f', () => void setFavorite([photo.id], !favorite), {
    ...viewer,
    label: t('viewer.favorite'),
  });
  useShortcut('v', () => toggleVeil([photo]), { ...viewer, label: t('sensitive.key') });
  useShortcut('t', () => openTagPanel('add'), { ...viewer, label: t('grid.keys.tag') });
  useShortcut('x', () => openTagPanel('reject'), { ...viewer, label: t('grid.keys.reject') });
  useShortcut('/', () => {
    closeViewer();
    // The search field's own shortcut takes it from here.
    return false;
  });
}
