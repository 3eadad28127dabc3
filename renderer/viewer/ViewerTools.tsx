import { Heart, Maximize, Minus, PanelRight, Plus } from 'lucide-react';
import type { RefObject } from 'react';
import { setFavorite } from '../grid/actions.ts';
import { enterFullViewer } from '../grid/viewerMode.ts';
import { useTranslation } from '../i18n/index.ts';
import type { MaybeSensitive } from '../sensitive/veil.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { MoreMenu } from './MoreMenu.tsx';
import { togglePanel } from './panel.ts';
import type { StageHandle } from './Stage.tsx';
import styles from './ViewerWindow.module.css';

export type ViewerToolsProps = {
  readonly photo: MaybeSensitive;
  /** Sensitive, and not uncovered. */
  readonly veiled: boolean;
  readonly favorite: boolean;
  /** Of the actual size; null while it is unknown. */
  readonly percent: number | null;
  readonly stage: RefObject<StageHandle | null>;
  readonly panelOpen: boolean;
  /** Without a picture there is nothing to zoom. */
  readonly hasPicture: boolean;
};

/** "1:1" as an icon. */
function OneToOne() {
  return (
    <svg className={styles['actual']} viewBox="0 0 16 16" width={16} height={16} aria-hidden="true">
      <path d="M2 5 4 3.5V12.5M11.5 5 13.5 3.5V12.5M8 6v.01M8 10.5v.01" />
    </svg>
  );
}

/** The viewer's buttons. */
export function ViewerTools(props: ViewerToolsProps) {
  const { photo, veiled, favorite, percent, stage, panelOpen, hasPicture } = props;
  const { t } = useTranslation();
  return (
    <div className={styles['tools']} role="toolbar" aria-label={t('viewer.title')}>
      {hasPicture && !veiled && <ZoomTools stage={stage} percent={percent} />}
      <IconButton
        label={t('viewer.favorite')}
        keys="f"
        pressed={favorite}
        icon={<Heart size={16} fill={favorite ? 'currentColor' : 'none'} />}
        onClick={() => void setFavorite([photo.id], !favorite)}
      />
      <IconButton
        label={t('viewer.panel')}
        keys="i"
        pressed={panelOpen}
        icon={<PanelRight size={16} />}
        onClick={() => {
          enterFullViewer();
          togglePanel(panelOpen);
        }}
      />
      <MoreMenu photo={photo} veiled={veiled} hasPicture={hasPicture} />
    </div>
  );
}

function ZoomTools({ stage, percent }: Pick<ViewerToolsProps, 'stage' | 'percent'>) {
  const { t } = useTranslation();
  return (
    <>
      <IconButton
        label={t('viewer.zoomOut')}
        keys="-"
        icon={<Minus size={16} />}
        onClick={() => stage.current?.zoomOut()}
      />
      <span className={styles['percent']}>
        {percent === null ? '' : t('viewer.zoomLevel', { percent })}
      </span>
      <IconButton
        label={t('viewer.zoomIn')}
        keys="+"
        icon={<Plus size={16} />}
        onClick={() => stage.current?.zoomIn()}
      />
      <IconButton
        label={t('viewer.fit')}
        keys="0"
        icon={<Maximize size={16} />}
        onClick={() => stage.current?.fit()}
      />
      <IconButton
        label={t('viewer.actualSize')}
        keys="1"
        icon={<OneToOne />}
        onClick={() => stage.current?.actualSize()}
      />
    </>
  );
}
