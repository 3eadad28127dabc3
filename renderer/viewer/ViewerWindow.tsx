import { ArrowLeft, ChevronLeft, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { toTagrollError } from '../api/client.ts';
import { TagPanel } from '../grid/TagPanel.tsx';
import { openTagPanel, useTagPanel } from '../grid/tagPanel.ts';
import { closeViewer, useViewerMode } from '../grid/viewerMode.ts';
import { useTranslation } from '../i18n/index.ts';
import { Inspector } from '../inspector/Inspector.tsx';
import { usePhotoDetail } from '../inspector/queries.ts';
import { useVeil } from '../sensitive/veil.ts';
import { setView } from '../state/view.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Name } from '../ui/Name.tsx';
import { clearBoxes } from './boxes.ts';
import { usePanelOpen } from './panel.ts';
import { Stage, type StageHandle } from './Stage.tsx';
import { StageVeil } from './StageVeil.tsx';
import { useViewerKeys } from './useViewerKeys.ts';
import { useViewerPhoto } from './useViewerPhoto.ts';
import { ViewerTools } from './ViewerTools.tsx';
import styles from './ViewerWindow.module.css';

/** The viewer of one photo: picture, tools, neighbours, and the side panel. */
export function ViewerWindow({ id }: { readonly id: number }) {
  const { t } = useTranslation();
  const root = useRef<HTMLDivElement>(null);
  const stage = useRef<StageHandle>(null);
  const [percent, setPercent] = useState<number | null>(null);
  const mode = useViewerMode();
  const panel = useTagPanel();
  const { tile, index, total, aspect, idAt, placeOf } = useViewerPhoto(id);
  const { data, isPlaceholderData, error } = usePhotoDetail(id);
  const detail = data && !isPlaceholderData && data.id === id ? data : null;
  // Either may be a moment behind: what one of them calls sensitive is blurred.
  const photo = { id, sensitive: (tile?.sensitive ?? false) || (detail?.sensitive ?? false) };
  const veiled = useVeil()(photo);
  const showsPanel = usePanelOpen() && mode === 'full';
  const gone = error !== null && detail === null && toTagrollError(error).code === 'not_found';

  useEffect(() => {
    const before = document.activeElement;
    root.current?.focus({ preventScroll: true });
    return () => {
      openTagPanel(null);
      clearBoxes();
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);

  // The button that uncovers a photo goes away with the focus on it.
  useEffect(() => {
    if (!veiled && document.activeElement === document.body) {
      root.current?.focus({ preventScroll: true });
    }
  }, [veiled]);

  // A file behind another photo has that one's neighbours.
  const frontId = detail?.stack.find((file) => file.isFront)?.id;
  const place = index < 0 && frontId !== undefined ? placeOf(frontId) : index;
  const previousId = place > 0 ? idAt(place - 1) : null;
  const nextId = place >= 0 ? idAt(place + 1) : null;
  const go = (to: number | null): void => {
    if (to !== null) setView({ viewerId: to });
  };
  useViewerKeys({
    photo,
    favorite: tile?.favorite ?? false,
    stage,
    goPrevious: () => go(previousId),
    goNext: () => go(nextId),
    goFirst: () => go(place >= 0 ? idAt(0) : null),
    goLast: () => go(place >= 0 ? idAt(total - 1) : null),
  });

  return (
    <div
      ref={root}
      className={styles['viewer']}
      role="dialog"
      aria-modal="true"
      aria-label={tile?.name ?? t('viewer.title')}
      data-theme="dark"
      tabIndex={-1}
      onKeyDown={keepFocusInside}
    >
      <div className={styles['bar']}>
        <IconButton
          label={t('viewer.close')}
          keys="Escape"
          icon={<ArrowLeft size={18} />}
          onClick={closeViewer}
        />
        <h1 className={styles['name']}>
          <Name>{tile?.name ?? ''}</Name>
        </h1>
        {place >= 0 && (
          <span className={styles['position']}>
            {t('viewer.position', { position: place + 1, total })}
          </span>
        )}
        <ViewerTools
          photo={photo}
          veiled={veiled}
          favorite={tile?.favorite ?? false}
          percent={percent}
          stage={stage}
          panelOpen={showsPanel}
          hasPicture={!tile || tile.imageHash !== null || tile.hasEmbedded}
        />
      </div>
      <div className={styles['body']}>
        <div className={styles['stage']}>
          <Stage
            key={id}
            tile={tile}
            veiled={veiled}
            detail={detail}
            aspect={aspect}
            handle={stage}
            onZoom={setPercent}
          />
          {veiled && <StageVeil photoId={id} />}
          {gone && <p className={styles['gone']}>{t('viewer.gone')}</p>}
          {previousId !== null && (
            <button
              type="button"
              className={styles['previous']}
              aria-label={t('viewer.previous')}
              onClick={() => go(previousId)}
            >
              <ChevronLeft size={24} aria-hidden="true" />
            </button>
          )}
          {nextId !== null && (
            <button
              type="button"
              className={styles['next']}
              aria-label={t('viewer.next')}
              onClick={() => go(nextId)}
            >
              <ChevronRight size={24} aria-hidden="true" />
            </button>
          )}
          {panel && (
            <div className={styles['tagPanel']}>
              <TagPanel panel={panel} photoIds={new Set([id])} />
            </div>
          )}
        </div>
        {showsPanel && (
          <aside className={styles['panel']} aria-label={t('viewer.panel')}>
            <Inspector />
          </aside>
        )}
      </div>
    </div>
  );
}

const FOCUSABLE = 'button:not(:disabled), input:not(:disabled), a[href], [tabindex="0"]';

/** Tab goes round inside the viewer: what is behind it cannot be seen. */
function keepFocusInside(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Tab') return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const first = all[0];
  const last = all.at(-1);
  const { activeElement } = document;
  const leaves = event.shiftKey
    ? activeElement === first || activeElement === event.currentTarget
    : activeElement === last;
  if (!leaves) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
