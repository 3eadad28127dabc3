import { Copy, FolderOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PhotoDetail } from '../../shared/model.ts';
import { showInFolder } from '../grid/actions.ts';
import { useFormat } from '../i18n/format.ts';
import { useLanguage, useTranslation } from '../i18n/index.ts';
import { showToast } from '../state/toasts.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Name } from '../ui/Name.tsx';
import { PathName } from '../ui/PathName.tsx';
import { cameraText } from './cameraText.ts';
import {
  apertureText,
  coordinatesText,
  exposureText,
  focalLengthText,
  megapixelsText,
  offsetText,
} from './captureText.ts';
import styles from './PhotoFacts.module.css';

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles['fact']}>
      <dt className={styles['term']}>{name}</dt>
      <dd className={styles['value']} data-selectable="">
        {children}
      </dd>
    </div>
  );
}

/** Figures side by side; a line never ends between a number and its unit. */
function joined(figures: readonly (string | null)[]): string {
  return figures
    .filter((figure) => figure !== null)
    .map((figure) => figure.replaceAll(' ', '\u00a0'))
    .join(' · ');
}

/** When, where and with what a photo was taken. What is unknown is left out. */
export function CaptureFacts({ photo }: { readonly photo: PhotoDetail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const format = useFormat();
  const camera = cameraText(photo.camera);
  const settings = [
    photo.exposureSeconds === null ? null : exposureText(photo.exposureSeconds, language),
    photo.fNumber === null ? null : apertureText(photo.fNumber, language),
    photo.iso === null ? null : `ISO ${format.number(photo.iso)}`,
    photo.focalLengthMm === null ? null : focalLengthText(photo.focalLengthMm, language),
  ];
  const date = photo.takenAt === null ? null : format.wallClock(photo.takenAt);
  const { utcOffsetMinutes, takenAtSource } = photo;
  return (
    <dl className={styles['facts']}>
      <Fact name={t('inspector.date')}>
        {date === null ? t('grid.undated') : null}
        {date !== null && takenAtSource === 'mtime' && t('inspector.aboutDate', { date })}
        {takenAtSource !== 'mtime' && date}
        {utcOffsetMinutes !== null && (
          <span className={styles['note']}>{offsetText(utcOffsetMinutes)}</span>
        )}
        {takenAtSource && (
          <span className={styles['note']}>{t(`inspector.dateSources.${takenAtSource}`)}</span>
        )}
      </Fact>
      {camera && (
        <Fact name={t('inspector.camera')}>
          <Name>{camera}</Name>
        </Fact>
      )}
      {photo.lens && (
        <Fact name={t('inspector.lens')}>
          <Name>{photo.lens}</Name>
        </Fact>
      )}
      {settings.some((text) => text !== null) && (
        <Fact name={t('inspector.exposure')}>{joined(settings)}</Fact>
      )}
      {photo.latitude !== null && photo.longitude !== null && (
        <Fact name={t('inspector.place')}>
          {coordinatesText(photo.latitude, photo.longitude)}
          {photo.altitudeMetres !== null && (
            <span className={styles['note']}>
              {t('inspector.altitude', { metres: Math.round(photo.altitudeMetres) })}
            </span>
          )}
        </Fact>
      )}
    </dl>
  );
}

/** A camera's preview under this many pixels is no good for more than a glance. */
const SMALL_PIXELS = 1000;

function isSmall({ width, height }: { readonly width: number; readonly height: number }): boolean {
  return Math.max(width, height) < SMALL_PIXELS;
}

/** The file itself. */
export function FileFacts({ photo }: { readonly photo: PhotoDetail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const format = useFormat();
  const { width, height } = photo;
  const megapixels = width && height ? megapixelsText(width, height, language) : null;
  return (
    <dl className={styles['facts']}>
      <Fact name={t('inspector.name')}>
        <Name>{photo.name}</Name>
      </Fact>
      <Fact name={t('inspector.dimensions')}>
        {joined([
          width && height ? `${width} × ${height}` : null,
          megapixels,
          format.size(photo.sizeBytes),
        ])}
      </Fact>
      {photo.format && (
        <Fact name={t('inspector.format')}>
          {photo.format.toUpperCase()}
          {photo.wrongExtension && (
            <span className={styles['note']}>{t('inspector.wrongExtension')}</span>
          )}
          {photo.shown && (
            <span className={styles['note']}>
              {t(isSmall(photo.shown) ? 'inspector.shownSmall' : 'inspector.shown', photo.shown)}
            </span>
          )}
        </Fact>
      )}
      <Fact name={t('inspector.path')}>
        <span className={styles['path']}>
          <PathName>{photo.path}</PathName>
        </span>
        <span className={styles['buttons']}>
          <IconButton
            size="small"
            label={t('inspector.showInFolder')}
            icon={<FolderOpen size={14} />}
            onClick={() => void showInFolder(photo.id)}
          />
          <IconButton
            size="small"
            label={t('inspector.copyPath')}
            icon={<Copy size={14} />}
            onClick={() => {
              navigator.clipboard.writeText(photo.path).then(
                () => showToast({ text: t('inspector.copied') }),
                () => showToast({ text: t('inspector.copyFailed'), kind: 'error' }),
              );
            }}
          />
        </span>
      </Fact>
      <Fact name={t('inspector.added')}>{format.instant(photo.addedAtMs)}</Fact>
    </dl>
  );
}
