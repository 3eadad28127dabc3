import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ShieldCheck, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { SERVICE_IDS, type ServiceId } from '../../shared/services.ts';
import { toTagrollError } from '../api/client.ts';
import { tileStore } from '../grid/tiles.ts';
import { useFormat } from '../i18n/format.ts';
import { errorText, useTranslation } from '../i18n/index.ts';
import { usePhotoDetail } from '../inspector/queries.ts';
import { ShowButton } from '../sensitive/ShowButton.tsx';
import { useVeil } from '../sensitive/veil.ts';
import { useServices } from '../services/queries.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Menu } from '../ui/Menu.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { type SentPicture, sentPictureQuery } from './queries.ts';
import { TakenOut } from './TakenOut.tsx';
import { pixelsText } from './uploadText.ts';
import styles from './WouldSend.module.css';

export type WouldSendProps = {
  readonly photoId: number;
  /** The service that is chosen at first. */
  readonly service?: ServiceId | undefined;
  readonly onClose: () => void;
};

/** The exact picture that a service would get of a photo, and what is taken out of it. Nothing is sent. */
export function WouldSend({ photoId, service: asked, onClose }: WouldSendProps) {
  const { t } = useTranslation();
  const services = useServices()?.services;
  const [chosen, setChosen] = useState<ServiceId | null>(asked ?? null);
  const service = chosen ?? services?.find(({ configured }) => configured)?.id ?? SERVICE_IDS[0];
  const { data: photo } = usePhotoDetail(photoId);
  const { data, error, isFetching } = useQuery(sentPictureQuery(photoId, service));
  const picture = data && 'jpeg' in data ? data : null;
  const problem = error
    ? errorText(toTagrollError(error))
    : data && 'failure' in data
      ? t(`inspector.failure.${data.failure}`)
      : null;
  const detail = photo?.id === photoId ? photo : null;
  const sensitive = detail?.sensitive ?? tileStore.get(photoId)?.sensitive ?? true;
  const veiled = useVeil()({ id: photoId, sensitive });
  const items = SERVICE_IDS.map((id) => ({
    id,
    label: t(`services.names.${id}`),
    checked: id === service,
    onSelect: () => setChosen(id),
  }));
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('sent.wouldSend')}
      description={t('sent.wouldSendAbout')}
      width="large"
    >
      <div className={styles['body']}>
        <Menu items={items} label={t('tagging.service')}>
          <Button aria-label={`${t('tagging.service')}: ${t(`services.names.${service}`)}`}>
            {t(`services.names.${service}`)}
            <ChevronDown size={14} aria-hidden="true" />
          </Button>
        </Menu>
        <div className={styles['frame']} aria-busy={isFetching}>
          {problem !== null ? (
            <p className={styles['error']} role="alert">
              <TriangleAlert size={16} aria-hidden="true" />
              <span>{problem}</span>
            </p>
          ) : veiled ? (
            <ShowButton photoId={photoId} look="card" />
          ) : picture ? (
            <Picture jpeg={picture.jpeg} />
          ) : (
            <Skeleton height="100%" />
          )}
        </div>
        {picture && <Facts picture={picture} />}
        {detail && <TakenOut photo={detail} />}
      </div>
    </Dialog>
  );
}

function Picture({ jpeg }: { readonly jpeg: Blob }) {
  const { t } = useTranslation();
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(jpeg);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [jpeg]);
  return <img className={styles['picture']} src={address} alt={t('sent.wouldSend')} />;
}

function Facts({ picture }: { readonly picture: SentPicture }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { width, height, sizeBytes, quality, metadata } = picture.facts;
  const figures = [
    pixelsText({ width: width ?? 0, height: height ?? 0 }),
    format.size(sizeBytes),
    quality === null ? 'JPEG' : t('sent.quality', { quality }),
  ];
  const clean = metadata.length === 0;
  const Icon = clean ? ShieldCheck : TriangleAlert;
  return (
    <>
      <p className={styles['figures']}>{figures.filter((text) => text !== null).join(' · ')}</p>
      <p className={styles['checked']} data-clean={clean}>
        <Icon size={14} aria-hidden="true" />
        <span>{clean ? t('sent.clean') : t('sent.notClean', { found: metadata.join(', ') })}</span>
      </p>
    </>
  );
}
