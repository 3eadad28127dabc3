import type { PhotoDetail } from '../../shared/model.ts';
import { thumbnailUrl } from '../api/client.ts';
import { placeholderUrl } from '../grid/placeholder.ts';
import { tileStore } from '../grid/tiles.ts';
import { ShowButton } from '../sensitive/ShowButton.tsx';
import { useVeil } from '../sensitive/veil.ts';
import styles from './Inspector.module.css';

/** The photo at the top of the inspector. Of a blurred one only the colours of its placeholder. */
export function HeadPicture({ photo }: { readonly photo: PhotoDetail }) {
  const veiled = useVeil()(photo);
  const { id, imageHash, width, height } = photo;
  if (veiled) {
    const placeholder = placeholderUrl(tileStore.get(id)?.thumbHash ?? null);
    return (
      <div
        className={styles['veiled']}
        style={placeholder ? { backgroundImage: `url(${placeholder})` } : undefined}
      >
        <ShowButton photoId={id} look="card" />
      </div>
    );
  }
  if (imageHash === null || photo.failure !== null) return null;
  return (
    <img
      key={id}
      className={styles['thumbnail']}
      src={thumbnailUrl(id, imageHash)}
      width={width ?? undefined}
      height={height ?? undefined}
      alt=""
      draggable={false}
    />
  );
}
