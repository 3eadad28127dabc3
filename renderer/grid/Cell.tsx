import { Check, EyeOff, FileQuestionMark, Heart, Plug } from 'lucide-react';
import { memo, useEffect, useState } from 'react';
import type { PhotoTile } from '../../shared/model.ts';
import { embeddedUrl, previewUrl, thumbnailUrl } from '../api/client.ts';
import { visibleName } from '../i18n/directions.ts';
import { useTranslation } from '../i18n/index.ts';
import { classes } from '../ui/classes.ts';
import { Name } from '../ui/Name.tsx';
import { useAbandonOnLeave } from '../ui/useAbandonOnLeave.ts';
import styles from './Cell.module.css';
import { placeholderUrl } from './placeholder.ts';

export type CellProps = {
  readonly id: number;
  /** Position in the result, from 0. */
  readonly index: number;
  readonly total: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly tile: PhotoTile | undefined;
  readonly label: string;
  readonly selected: boolean;
  readonly focused: boolean;
  /** False while scrolling too fast to see anything: no picture is begun. */
  readonly mayLoad: boolean;
  /** Sensitive, and not uncovered: nothing of it is fetched or drawn but its placeholder. */
  readonly veiled: boolean;
};

/** The element's id of a photo in the grid, for `aria-activedescendant`. */
export function cellElementId(id: number): string {
  return `photo-${id}`;
}

/** One photo of the grid. The grid handles its clicks. */
export const Cell = memo(function Cell(props: CellProps) {
  const { id, index, tile, selected, focused, veiled } = props;
  const placeholder = placeholderUrl(tile?.thumbHash ?? null);
  const away = tile?.state === 'offline' || tile?.state === 'missing';
  const source = pictureUrl(tile);
  return (
    <div
      role="option"
      id={cellElementId(id)}
      className={styles['cell']}
      data-index={index}
      data-photo-id={id}
      data-focused={focused || undefined}
      data-away={away || undefined}
      aria-selected={selected}
      aria-setsize={props.total}
      aria-posinset={index + 1}
      aria-label={props.label}
      tabIndex={-1}
      style={{ left: props.left, top: props.top, width: props.width, height: props.height }}
    >
      <div
        className={styles['picture']}
        style={placeholder ? { backgroundImage: `url(${placeholder})` } : undefined}
      >
        {!veiled && <CellPicture id={id} source={source} mayLoad={props.mayLoad} />}
        {!veiled && tile?.imageHash && isLarge(props) && (
          <SharpPicture
            key={tile.imageHash + id}
            source={previewUrl(id, tile.imageHash)}
            mayLoad={props.mayLoad}
          />
        )}
        {tile && !source && !placeholder && tile.failureCode && (
          <span className={styles['name']} title={visibleName(tile.name)}>
            <Name>{tile.name}</Name>
          </span>
        )}
      </div>
      {veiled && <RevealEye />}
      <span className={styles['tick']} data-tick="">
        <Check size={14} strokeWidth={3} aria-hidden="true" />
      </span>
      <span className={styles['marks']}>
        {tile !== undefined && tile.stackedFiles > 0 && (
          <span className={styles['stack']}>
            {tile.stackedFiles === 1 ? 'RAW' : `RAW ${tile.stackedFiles}`}
          </span>
        )}
        {tile?.state === 'offline' && <Plug size={14} aria-hidden="true" />}
        {tile?.state === 'missing' && <FileQuestionMark size={14} aria-hidden="true" />}
        {tile?.favorite && <Heart size={14} fill="currentColor" aria-hidden="true" />}
      </span>
      {tile?.failureCode && <span className={styles['problem']} />}
    </div>
  );
});

/** Uncovers the photo: the grid handles the click. Its keyboard has a key for it. */
function RevealEye() {
  const { t } = useTranslation();
  return (
    <span className={styles['eye']} data-reveal="" title={t('sensitive.show')}>
      <EyeOff size={16} aria-hidden="true" />
    </span>
  );
}

/** Screen pixels from which a thumbnail of 512 pixels looks soft. */
const LARGE_PIXELS = 760;

function isLarge({ width, height }: CellProps): boolean {
  return Math.max(width, height) * window.devicePixelRatio > LARGE_PIXELS;
}

function pictureUrl(tile: PhotoTile | undefined): string | null {
  if (!tile) return null;
  if (tile.imageHash) return thumbnailUrl(tile.id, tile.imageHash);
  return tile.hasEmbedded ? embeddedUrl(tile.id) : null;
}

type CellPictureProps = {
  readonly id: number;
  readonly source: string | null;
  readonly mayLoad: boolean;
};

/** Fades in over the placeholder; a picture that left is no longer fetched. */
function CellPicture({ id, source, mayLoad }: CellPictureProps) {
  const image = useAbandonOnLeave();
  const [loaded, setLoaded] = useState<{ id: number; source: string } | null>(null);
  // A new picture of the same photo replaces the old one when it is there.
  const visible = loaded?.id === id;
  const wanted = source && (mayLoad || loaded?.source === source) ? source : undefined;
  return (
    <img
      ref={image}
      className={styles['image']}
      data-visible={visible || undefined}
      src={wanted}
      alt=""
      decoding="async"
      draggable={false}
      onLoad={() => {
        if (wanted) setLoaded({ id, source: wanted });
      }}
      onError={() => setLoaded(null)}
    />
  );
}

/** A preview costs the engine a decode: it is asked for once the photo is looked at. */
const SHARP_AFTER_MS = 400;

type SharpPictureProps = { readonly source: string; readonly mayLoad: boolean };

/** The sharper picture of a large cell, over its thumbnail. */
function SharpPicture({ source, mayLoad }: SharpPictureProps) {
  const image = useAbandonOnLeave();
  const [begun, setBegun] = useState(false);
  const [loaded, setLoaded] = useState(false);
  useEffect(() => {
    if (!mayLoad) return;
    const timer = setTimeout(() => setBegun(true), SHARP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [mayLoad]);
  return (
    <img
      ref={image}
      className={classes(styles['image'], styles['sharp'])}
      data-visible={loaded || undefined}
      src={begun ? source : undefined}
      alt=""
      decoding="async"
      draggable={false}
      onLoad={() => setLoaded(true)}
    />
  );
}
