import { ShowButton } from '../sensitive/ShowButton.tsx';
import styles from './StageVeil.module.css';

/** Stands before a blurred photo in the viewer. Beside the stage, whose gestures would take the click. */
export function StageVeil({ photoId }: { readonly photoId: number }) {
  return (
    <div className={styles['veil']}>
      <div className={styles['card']}>
        <ShowButton photoId={photoId} look="card" />
      </div>
    </div>
  );
}
