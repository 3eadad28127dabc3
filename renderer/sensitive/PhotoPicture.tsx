import { EyeOff, ImageOff } from 'lucide-react';
import type { PhotoTile } from '../../shared/model.ts';
import { thumbnailUrl } from '../api/client.ts';
import { placeholderUrl } from '../grid/placeholder.ts';
import { useTranslation } from '../i18n/index.ts';
import { useAbandonOnLeave } from '../ui/useAbandonOnLeave.ts';
import styles from './Sensitive.module.css';
import { useVeil } from './veil.ts';

/**
 * A photo's thumbnail, filling the element around it. Of a blurred photo the picture itself is never
 * fetched: its place holds the few colours of its placeholder and an eye.
 */
export function PhotoPicture({ tile }: { readonly tile: PhotoTile }) {
  const { t } = useTranslation();
  const veiled = useVeil()(tile);
  const placeholder = placeholderUrl(tile.thumbHash);
  return (
    <span
      className={styles['picture']}
      style={placeholder ? { backgroundImage: `url(${placeholder})` } : undefined}
    >
      {veiled ? (
        <span className={styles['eye']} role="img" aria-label={t('sensitive.blurred')}>
          <EyeOff size={14} aria-hidden="true" />
        </span>
      ) : (
        <Picture tile={tile} hasPlaceholder={placeholder !== null} />
      )}
    </span>
  );
}

type PictureProps = { readonly tile: PhotoTile; readonly hasPlaceholder: boolean };

function Picture({ tile, hasPlaceholder }: PictureProps) {
  const image = useAbandonOnLeave();
  const { id, imageHash, failureCode } = tile;
  if (imageHash === null || failureCode !== null) {
    return hasPlaceholder ? null : <ImageOff size={16} aria-hidden="true" />;
  }
  return (
    <img
      ref={image}
      className={styles['image']}
      src={thumbnailUrl(id, imageHash)}
      alt=""
      loading="lazy"
      draggable={false}
    />
  );
}
