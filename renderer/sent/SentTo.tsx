import { useQuery } from '@tanstack/react-query';
import { ImageUp, Info, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import type { PhotoDetail } from '../../shared/model.ts';
import type { Upload } from '../../shared/services.ts';
import { useFormat } from '../i18n/format.ts';
import { useLanguage, useTranslation } from '../i18n/index.ts';
import { asServiceId } from '../services/queries.ts';
import { openDialog } from '../state/dialogs.ts';
import { Button } from '../ui/Button.tsx';
import { photoUploadsQuery } from './queries.ts';
import { RequestId } from './RequestId.tsx';
import styles from './Sent.module.css';
import { costText, pixelsText, statusText } from './uploadText.ts';

const SHOWN_FIRST = 3;

/** What of a photo left this computer: when, to whom, how much, and how it ended. */
export function SentTo({ photo }: { readonly photo: PhotoDetail }) {
  const { t } = useTranslation();
  const { data } = useQuery(photoUploadsQuery(photo.id));
  const [showsAll, setShowsAll] = useState(false);
  if (!data) return null;
  const { uploads, total } = data;
  const shown = showsAll ? uploads : uploads.slice(0, SHOWN_FIRST);
  // A picture that lies at several places is sent once: its tags then came another way.
  const elsewhere = uploads.length === 0 && photo.tags.some(({ source }) => asServiceId(source));
  const NeverIcon = elsewhere ? Info : ShieldCheck;
  return (
    <div className={styles['section']}>
      {uploads.length === 0 && (
        <p className={styles['never']}>
          <NeverIcon size={14} aria-hidden="true" />
          <span>{t(elsewhere ? 'sent.elsewhere' : 'sent.never')}</span>
        </p>
      )}
      <ul className={styles['ofPhoto']}>
        {shown.map((upload) => (
          <UploadItem key={upload.id} upload={upload} />
        ))}
      </ul>
      {total > SHOWN_FIRST && (
        <Button
          variant="quiet"
          className={styles['quiet']}
          aria-expanded={showsAll}
          onClick={() => setShowsAll(!showsAll)}
        >
          {showsAll ? t('sent.fewer') : t('sent.more', { count: total - SHOWN_FIRST })}
        </Button>
      )}
      {photo.imageHash !== null && photo.failure === null && (
        <Button
          variant="quiet"
          className={styles['quiet']}
          icon={<ImageUp size={14} />}
          onClick={() => openDialog({ kind: 'would-send', photoId: photo.id })}
        >
          {t('sent.wouldSendOpen')}
        </Button>
      )}
    </div>
  );
}

function UploadItem({ upload }: { readonly upload: Upload }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const format = useFormat();
  const { sentence, nextStep } = statusText(upload, t, language);
  const figures = [format.instant(upload.atMs), pixelsText(upload), format.size(upload.bytes)];
  return (
    <li className={styles['upload']}>
      <p className={styles['line']}>
        <span>{t(`services.names.${upload.service}`)}</span>
        <span className={styles['when']}>{costText(upload, t, format)}</span>
      </p>
      <p className={styles['figures']}>{figures.filter((text) => text !== null).join(' · ')}</p>
      <p className={styles['status']} data-status={upload.status}>
        {sentence}
        {nextStep && <span className={styles['next']}> {nextStep}</span>}
      </p>
      {upload.requestId && <RequestId id={upload.requestId} />}
    </li>
  );
}
