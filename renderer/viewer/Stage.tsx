import { ImageOff } from 'lucide-react';
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { PhotoDetail, PhotoTile } from '../../shared/model.ts';
import { embeddedUrl, originalUrl, previewUrl, thumbnailUrl } from '../api/client.ts';
import { placeholderUrl } from '../grid/placeholder.ts';
import { useElementSize } from '../grid/useElementSize.ts';
import { useTranslation } from '../i18n/index.ts';
import { failureText } from '../inspector/failureText.ts';
import { useSlow } from '../ui/Skeleton.tsx';
import { useAbandonOnLeave } from '../ui/useAbandonOnLeave.ts';
import { BoxLayer } from './BoxLayer.tsx';
import styles from './Stage.module.css';
import { useStageZoom } from './useStageZoom.ts';
import { fitSize } from './zoom.ts';

/** Formats that every browser shows by itself. */
const SHOWABLE = new Set(['jpeg', 'png', 'webp', 'gif', 'avif']);
const PREVIEW_PIXELS = 2048;
const EMPTY_SIZE = { width: 0, height: 0 };

/** What the viewer's keys and buttons do to the picture. */
export type StageHandle = {
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly fit: () => void;
  readonly actualSize: () => void;
};

export type StageProps = {
  readonly tile: PhotoTile | undefined;
  /** Sensitive, and not uncovered: only the placeholder is drawn. */
  readonly veiled: boolean;
  /** Null until it is loaded. */
  readonly detail: PhotoDetail | null;
  /** Width ÷ height; null when unknown. */
  readonly aspect: number | null;
  readonly handle: Ref<StageHandle>;
  /** Told whenever the zoom changes: percent of the actual size, null while that is unknown. */
  readonly onZoom: (percent: number | null) => void;
};

/** One photo: placeholder, thumbnail, preview and, zoomed far in, the original, each over the one before. */
export function Stage({ tile, veiled, detail, aspect, handle, onZoom }: StageProps) {
  const stage = useRef<HTMLDivElement>(null);
  const size = useElementSize(stage) ?? EMPTY_SIZE;
  const known = detail?.width && detail.height ? detail.width / detail.height : aspect;
  const fitted = fitSize(known ?? 1.5, size, detail?.width ?? null);
  const zoom = useStageZoom(stage, size, fitted, detail?.width ?? null);
  const { view, actual } = zoom;
  useImperativeHandle(handle, () => zoom);

  const percent = actual === null ? null : Math.round((view.zoom / actual) * 100);
  useEffect(() => onZoom(percent), [onZoom, percent]);

  const width = fitted.width * view.zoom;
  const height = fitted.height * view.zoom;
  const shownPixels = Math.max(width, height) * window.devicePixelRatio;
  const wantsOriginal =
    detail !== null &&
    detail.state === 'ok' &&
    SHOWABLE.has(detail.format ?? '') &&
    shownPixels > PREVIEW_PIXELS * 1.1 &&
    Math.max(detail.width ?? 0, detail.height ?? 0) > PREVIEW_PIXELS;
  const placeholder = placeholderUrl(tile?.thumbHash ?? null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys and buttons of the viewer do the same
    <div
      ref={stage}
      className={styles['stage']}
      data-zoomed={view.zoom > 1 || undefined}
      data-dragging={zoom.dragging || undefined}
      onPointerDown={zoom.onPointerDown}
      onPointerMove={zoom.onPointerMove}
      onPointerUp={zoom.onPointerUp}
      onPointerCancel={zoom.onPointerUp}
      onDoubleClick={zoom.toggle}
    >
      <div
        className={styles['picture']}
        style={{
          width,
          height,
          left: (size.width - width) / 2 + view.x,
          top: (size.height - height) / 2 + view.y,
          backgroundImage: placeholder ? `url(${placeholder})` : undefined,
        }}
      >
        {tile && !veiled && <Layers tile={tile} wantsOriginal={wantsOriginal} />}
        {tile && !veiled && <BoxLayer photoId={tile.id} />}
      </div>
      {tile && <StageMessage tile={tile} format={detail?.format ?? null} veiled={veiled} />}
    </div>
  );
}

type LayersProps = { readonly tile: PhotoTile; readonly wantsOriginal: boolean };

function Layers({ tile, wantsOriginal }: LayersProps) {
  const { t } = useTranslation();
  const [failed, setFailed] = useState<string | null>(null);
  const { id, imageHash, hasEmbedded, failureCode } = tile;
  const standIn = imageHash ? thumbnailUrl(id, imageHash) : hasEmbedded ? embeddedUrl(id) : null;
  const preview = imageHash && !failureCode ? previewUrl(id, imageHash) : null;
  return (
    <>
      {standIn && <Layer key={standIn} source={standIn} name={preview ? '' : tile.name} />}
      {preview && (
        <Layer key={preview} source={preview} name={tile.name} onError={() => setFailed(preview)} />
      )}
      {wantsOriginal && <Layer source={originalUrl(id)} name="" />}
      {failed !== null &&
        failed === preview &&
        tile.state !== 'offline' &&
        tile.state !== 'missing' && (
          <p className={styles['notice']} role="status">
            {t('viewer.loadFailed')}
          </p>
        )}
    </>
  );
}

type LayerProps = {
  readonly source: string;
  readonly name: string;
  readonly onError?: () => void;
};

function Layer({ source, name, onError }: LayerProps) {
  const [loaded, setLoaded] = useState(false);
  const image = useAbandonOnLeave();
  return (
    <img
      ref={image}
      className={styles['layer']}
      data-visible={loaded || undefined}
      src={source}
      alt={name}
      decoding="async"
      draggable={false}
      onLoad={() => setLoaded(true)}
      onError={onError}
    />
  );
}

type StageMessageProps = {
  readonly tile: PhotoTile;
  readonly format: string | null;
  readonly veiled: boolean;
};

/** Why there is no picture, or not the whole one. What there is of it stays free. */
function StageMessage({ tile, format, veiled }: StageMessageProps) {
  const { t } = useTranslation();
  const slow = useSlow();
  const isShown = veiled || tile.imageHash !== null || tile.hasEmbedded;
  if (tile.failureCode && isShown) {
    return (
      <p className={styles['notice']} role="status">
        {failureText(t, tile.failureCode, format)}
      </p>
    );
  }
  if (tile.failureCode) {
    return (
      <div className={styles['message']} role="status">
        <ImageOff size={32} aria-hidden="true" />
        <p>{failureText(t, tile.failureCode, format)}</p>
      </div>
    );
  }
  if (tile.state === 'offline' || tile.state === 'missing') {
    return (
      <p className={styles['notice']} role="status">
        {t(`viewer.${tile.state}`)}
      </p>
    );
  }
  if (!tile.imageHash && !tile.hasEmbedded && slow) {
    return (
      <p className={styles['notice']} role="status">
        {t('viewer.noPicture')}
      </p>
    );
  }
  return null;
}
