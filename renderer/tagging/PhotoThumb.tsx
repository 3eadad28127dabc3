import type { PhotoTile } from '../../shared/model.ts';
import { openViewer } from '../grid/viewerMode.ts';
import { visibleName } from '../i18n/directions.ts';
import { PhotoPicture } from '../sensitive/PhotoPicture.tsx';
import { useSpokenName } from '../sensitive/veil.ts';
import styles from './Tagging.module.css';

/** A small picture that opens its photo. */
export function PhotoThumb({ tile }: { readonly tile: PhotoTile }) {
  const name = useSpokenName(tile);
  return (
    <button
      type="button"
      className={styles['thumb']}
      aria-label={name}
      title={visibleName(tile.name)}
      onClick={() => openViewer(tile.id)}
    >
      <PhotoPicture tile={tile} />
    </button>
  );
}
