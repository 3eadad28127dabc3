import { ArrowRight, Minus, Plus, TrendingDown, TrendingUp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PhotoTile } from '../../shared/model.ts';
import type { TagChange, TagScore } from '../../shared/services.ts';
import { openViewer } from '../grid/viewerMode.ts';
import { tagName, useLanguage, useTranslation } from '../i18n/index.ts';
import { PhotoPicture } from '../sensitive/PhotoPicture.tsx';
import { useSpokenName } from '../sensitive/veil.ts';
import { closeDialog } from '../state/dialogs.ts';
import { Name } from '../ui/Name.tsx';
import styles from './Changes.module.css';

export type ChangeRowProps = {
  readonly change: TagChange & { readonly tile: PhotoTile | undefined };
};

/** What a run changed on one photo. */
export function ChangeRow({ change }: ChangeRowProps) {
  const { t } = useTranslation();
  const { photoId, added, removed, moved, tile } = change;
  const name = tile?.name ?? '';
  const spoken = useSpokenName({ id: photoId, name, sensitive: tile?.sensitive ?? false });
  return (
    <div className={styles['change']}>
      <button
        type="button"
        className={styles['thumb']}
        aria-label={spoken}
        onClick={() => {
          closeDialog();
          openViewer(photoId);
        }}
      >
        {tile && <PhotoPicture tile={tile} />}
      </button>
      <div className={styles['changeText']}>
        <p className={styles['name']}>
          <Name>{name}</Name>
        </p>
        <Scores title={t('changes.added')} scores={added} icon={<Plus size={14} />} />
        <Scores title={t('changes.removed')} scores={removed} icon={<Minus size={14} />} />
        <MovedScores moved={moved} />
      </div>
    </div>
  );
}

type ScoresProps = {
  readonly title: string;
  readonly scores: readonly TagScore[];
  readonly icon: ReactNode;
};

function Scores({ title, scores, icon }: ScoresProps) {
  const language = useLanguage();
  if (scores.length === 0) return null;
  return (
    <div className={styles['group']}>
      <span className={styles['icon']} role="img" aria-label={title} title={title}>
        {icon}
      </span>
      <ul className={styles['scores']}>
        {scores.map(({ id, names, confidence }) => (
          <li key={id}>
            <Name>{tagName(names, language)}</Name>{' '}
            <span className={styles['score']}>{shown(confidence)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function MovedScores({ moved }: Pick<TagChange, 'moved'>) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (moved.length === 0) return null;
  const rises = moved.some(({ before, confidence }) => confidence > before);
  const Icon = rises ? TrendingUp : TrendingDown;
  return (
    <div className={styles['group']}>
      <span
        className={styles['icon']}
        role="img"
        aria-label={t('changes.moved')}
        title={t('changes.moved')}
      >
        <Icon size={14} />
      </span>
      <ul className={styles['scores']}>
        {moved.map(({ id, names, before, confidence }) => (
          <li key={id}>
            <Name>{tagName(names, language)}</Name>{' '}
            <span className={styles['score']}>
              {shown(before)}
              <ArrowRight size={12} role="img" aria-label={t('changes.to')} />
              {shown(confidence)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Scores that moved by less than one have to look different, too. */
function shown(confidence: number): number {
  return Math.round(confidence * 10) / 10;
}
