import { Heart } from 'lucide-react';
import type { ReactNode } from 'react';
import type { EvidenceOffer, PhotoDetail } from '../../shared/model.ts';
import { toTagrollError } from '../api/client.ts';
import { adoptEvidence, setFavorite } from '../grid/actions.ts';
import { openViewer } from '../grid/viewerMode.ts';
import { errorText, useTranslation } from '../i18n/index.ts';
import { SentTo } from '../sent/SentTo.tsx';
import { useViewPart } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Name } from '../ui/Name.tsx';
import { PathName } from '../ui/PathName.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { AskService } from './AskService.tsx';
import { failureText } from './failureText.ts';
import { HeadPicture } from './HeadPicture.tsx';
import styles from './Inspector.module.css';
import { CaptureFacts, FileFacts } from './PhotoFacts.tsx';
import { usePhotoDetail } from './queries.ts';
import { hasSensitivity, SensitivityGroup } from './SensitivityGroup.tsx';
import { hasShotFiles, ShotFiles } from './ShotFiles.tsx';
import { TagList } from './TagList.tsx';

/** One photo: its tags, how it was taken, its file, and what is offered for it. */
export function PhotoInspector({ photoId }: { readonly photoId: number }) {
  const { t } = useTranslation();
  const { data: photo, error, isPlaceholderData } = usePhotoDetail(photoId);
  if (error && (!photo || isPlaceholderData)) {
    const failure = toTagrollError(error);
    const text = failure.code === 'not_found' ? t('inspector.gone') : errorText(failure);
    return (
      <div className={styles['panel']}>
        <p className={styles['hint']}>{text}</p>
      </div>
    );
  }
  if (!photo) return <InspectorSkeleton />;
  return (
    <div className={styles['panel']} aria-busy={isPlaceholderData}>
      <Head photo={photo} />
      {photo.failure && (
        <Group title={t('inspector.problem')}>
          <p>{failureText(t, photo.failure.code, photo.format)}</p>
        </Group>
      )}
      {photo.evidenceOffered.length > 0 && (
        <Group title={t('inspector.evidence')}>
          {photo.evidenceOffered.map((offer) => (
            <Evidence key={offer.photoId} offer={offer} photoId={photo.id} />
          ))}
        </Group>
      )}
      <Group title={t('inspector.tags')}>
        <TagList key={photo.id} photo={photo} />
        <AskService photoIds={[photo.id]} />
      </Group>
      {hasSensitivity(photo) && (
        <Group title={t('sensitive.title')}>
          <SensitivityGroup key={`${photo.id} ${photo.sensitive}`} photo={photo} />
        </Group>
      )}
      <Group title={t('inspector.capture')}>
        <CaptureFacts photo={photo} />
      </Group>
      <Group title={t('inspector.file')}>
        <FileFacts photo={photo} />
      </Group>
      {hasShotFiles(photo) && (
        <Group title={t('inspector.shot.title')}>
          <ShotFiles photo={photo} />
        </Group>
      )}
      <Group title={t('sent.title')}>
        <SentTo key={photo.id} photo={photo} />
      </Group>
      {photo.duplicates.length > 0 && (
        <Group title={t('inspector.duplicates')}>
          <ul className={styles['duplicates']}>
            {photo.duplicates.map(({ id, path }) => (
              <li key={id}>
                <button type="button" className={styles['link']} onClick={() => openViewer(id)}>
                  <PathName>{path}</PathName>
                </button>
              </li>
            ))}
          </ul>
        </Group>
      )}
    </div>
  );
}

export function Group({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles['group']}>
      <h2 className={styles['title']}>{title}</h2>
      {children}
    </section>
  );
}

function Head({ photo }: { readonly photo: PhotoDetail }) {
  const { t } = useTranslation();
  const viewerId = useViewPart('viewerId');
  const { favorite } = photo;
  const away = photo.state === 'offline' || photo.state === 'missing';
  // The viewer has the name and the heart in its own bar.
  if (viewerId !== null && !away) return null;
  return (
    <header className={styles['head']}>
      {viewerId === null && <HeadPicture photo={photo} />}
      {viewerId === null && (
        <div className={styles['nameRow']}>
          <h2 className={styles['name']} data-selectable="">
            <Name>{photo.name}</Name>
          </h2>
          <IconButton
            label={t('inspector.favorite')}
            keys="f"
            pressed={favorite}
            icon={<Heart size={16} fill={favorite ? 'currentColor' : 'none'} />}
            onClick={() => void setFavorite([photo.id], !favorite)}
          />
        </div>
      )}
      {away && (
        <p className={styles['hint']}>
          {t(photo.state === 'offline' ? 'viewer.offline' : 'viewer.missing')}
        </p>
      )}
    </header>
  );
}

type EvidenceProps = { readonly offer: EvidenceOffer; readonly photoId: number };

function Evidence({ offer, photoId }: EvidenceProps) {
  const { t } = useTranslation();
  const found = [
    offer.tags > 0 ? t('inspector.evidenceTags', { count: offer.tags }) : null,
    offer.favorite ? t('inspector.evidenceFavorite') : null,
  ].filter((text) => text !== null);
  return (
    <div className={styles['evidence']}>
      <p className={styles['evidenceText']}>
        {t('inspector.evidenceText', { path: offer.path, tags: found.join(' · ') })}
      </p>
      <Button onClick={() => void adoptEvidence(offer.photoId, photoId)}>
        {t('inspector.adopt')}
      </Button>
    </div>
  );
}

function InspectorSkeleton() {
  return (
    <div className={styles['panel']} aria-busy="true">
      <Skeleton height="180px" />
      <Skeleton width="60%" />
      <Skeleton width="80%" />
      <Skeleton width="70%" />
    </div>
  );
}
