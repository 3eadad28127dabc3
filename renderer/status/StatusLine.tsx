import { CircleAlert, Pause, Play, Timer } from 'lucide-react';
import { useState } from 'react';
import { useRoots } from '../folders/queries.ts';
import { watchText } from '../folders/watchText.ts';
import { useFormat } from '../i18n/format.ts';
import { useTranslation } from '../i18n/index.ts';
import { useSettings } from '../settings/queries.ts';
import { useFacets } from '../sidebar/queries.ts';
import { setView } from '../state/view.ts';
import { TaggingStatus } from '../tagging/TaggingStatus.tsx';
import { Name } from '../ui/Name.tsx';
import { Popover } from '../ui/Popover.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import { progressText } from './progressText.ts';
import { setPaused, useProgress } from './queries.ts';
import styles from './StatusLine.module.css';

/** The line at the bottom: what Tagroll is doing, and what needs a look. */
export function StatusLine() {
  return (
    <footer className={styles['line']}>
      <Work />
      <span className={styles['space']} />
      <TimedFolders />
      <Problems />
      <TaggingStatus />
    </footer>
  );
}

function Work() {
  const { t } = useTranslation();
  const format = useFormat();
  const progress = useProgress();
  const { facets } = useFacets();
  if (!progress) return null;
  const total = facets?.counts.all ?? null;
  const { main, details, part, canPause } = progressText(progress, t, format, total);
  const paused = progress.phase === 'paused';
  const Icon = paused ? Play : Pause;
  return (
    <>
      {part !== null && <ProgressBar label={t('status.progress')} value={part} />}
      <span className={styles['text']}>{[main, ...details].join(' · ')}</span>
      {canPause && (
        <button type="button" className={styles['button']} onClick={() => void setPaused(!paused)}>
          <Icon size={12} aria-hidden="true" />
          {paused ? t('status.resume') : t('status.pause')}
        </button>
      )}
    </>
  );
}

/** Folders whose changes do not arrive by themselves, with the reason. */
function TimedFolders() {
  const { t } = useTranslation();
  const format = useFormat();
  const settings = useSettings();
  const roots = useRoots();
  const [open, setOpen] = useState(false);
  const timed = roots?.filter((root) => root.watch === 'timed' && root.state === 'online') ?? [];
  if (timed.length === 0) return null;
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={t('status.watchTitle')}
      side="top"
      align="end"
      trigger={
        <button type="button" className={styles['button']}>
          <Timer size={12} aria-hidden="true" />
          {t('status.watch', { count: timed.length })}
        </button>
      }
    >
      <ul className={styles['timed']}>
        {timed.map((root) => (
          <li key={root.id}>
            <p className={styles['path']}>
              <Name>{root.path}</Name>
            </p>
            <p className={styles['reason']}>{watchText(root, settings, t, format)}</p>
          </li>
        ))}
      </ul>
    </Popover>
  );
}

function Problems() {
  const { t } = useTranslation();
  const progress = useProgress();
  const count = progress ? progress.failed + progress.unsupported : 0;
  if (count === 0) return null;
  return (
    <button
      type="button"
      className={styles['button']}
      onClick={() => setView({ section: 'problems', viewerId: null }, { push: true })}
    >
      <CircleAlert size={12} aria-hidden="true" />
      {t('status.problems', { count })}
    </button>
  );
}
