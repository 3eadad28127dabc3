import { useQuery } from '@tanstack/react-query';
import { CloudUpload } from 'lucide-react';
import { RunChanges } from '../changes/RunChanges.tsx';
import { useTranslation } from '../i18n/index.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { LaneSection } from './LaneSection.tsx';
import { needsPerson, wasUsed } from './laneText.ts';
import { openTagDialog } from './openTagging.ts';
import { taggingProblemsQuery, useLanes } from './queries.ts';
import styles from './Tagging.module.css';

/** What was answered for before costs nothing, so all photos may be asked for. */
const WHOLE_LIBRARY = { query: '', threshold: 0 };

/** The work of the services: how far it is, what it cost, what came back, and what did not. */
export function Tagging() {
  const { t } = useTranslation();
  const lanes = useLanes();
  const { data: problems } = useQuery(taggingProblemsQuery);
  if (!lanes || !problems) return null;
  const shown = lanes.filter(
    (lane) =>
      wasUsed(lane) ||
      lane.phase !== 'idle' ||
      problems.some(({ service }) => service === lane.service),
  );
  const ask = (
    <Button icon={<CloudUpload size={14} />} onClick={() => openTagDialog(WHOLE_LIBRARY)}>
      {t('tagging.openNew')}
    </Button>
  );
  if (shown.length === 0) {
    return (
      <EmptyState
        icon={<CloudUpload size={32} strokeWidth={1.5} />}
        text={t('tagging.none')}
        action={ask}
      />
    );
  }
  const ordered = [...shown].sort((a, b) => Number(needsPerson(b)) - Number(needsPerson(a)));
  return (
    <div className={styles['pane']}>
      <header className={styles['header']}>
        <h1 className={styles['title']}>{t('tagging.title')}</h1>
        {ask}
      </header>
      {ordered.map((lane) => (
        <LaneSection
          key={lane.service}
          lane={lane}
          problems={problems.filter(({ service }) => service === lane.service)}
        />
      ))}
      <RunChanges />
    </div>
  );
}
