import type { PhotoDetail } from '../../shared/model.ts';
import { useFormat } from '../i18n/format.ts';
import { useTranslation } from '../i18n/index.ts';
import { cameraText } from '../inspector/cameraText.ts';
import { coordinatesText } from '../inspector/captureText.ts';
import { Name } from '../ui/Name.tsx';
import styles from './WouldSend.module.css';

/** What stays on this computer of what the file says. */
export function TakenOut({ photo }: { readonly photo: PhotoDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { latitude, longitude, takenAt, takenAtSource, camera, lens, name } = photo;
  const isOwnDate = takenAt !== null && takenAtSource !== 'mtime';
  const place =
    latitude !== null && longitude !== null ? coordinatesText(latitude, longitude) : null;
  const facts: readonly (readonly [name: string, value: string | null])[] = [
    [t('inspector.place'), place],
    [t('inspector.date'), isOwnDate ? format.wallClock(takenAt) : null],
    [t('inspector.camera'), cameraText(camera)],
    [t('inspector.lens'), lens],
    [t('inspector.name'), name],
  ];
  return (
    <section>
      <h3 className={styles['title']}>{t('sent.takenOut')}</h3>
      <dl className={styles['facts']}>
        {facts.map(([term, value]) =>
          value === null ? null : (
            <div key={term} className={styles['fact']}>
              <dt>{term}</dt>
              <dd>
                <Name>{value}</Name>
              </dd>
            </div>
          ),
        )}
      </dl>
      <p className={styles['note']}>{t('sent.takenOutToo')}</p>
    </section>
  );
}
