import { Pause, Play, X } from 'lucide-react';
import { useId } from 'react';
import type { LaneState, TaggingProblem } from '../../shared/services.ts';
import { useFormat } from '../i18n/format.ts';
import { useTranslation } from '../i18n/index.ts';
import { usageSummary } from '../services/usageText.ts';
import { Button } from '../ui/Button.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import { LaneReason } from './LaneReason.tsx';
import { hasWork, laneText } from './laneText.ts';
import { cancelLane, pauseLane, resumeLane } from './queries.ts';
import { RecentAnswers } from './RecentAnswers.tsx';
import styles from './Tagging.module.css';
import { TaggingProblems } from './TaggingProblems.tsx';

type LaneSectionProps = {
  readonly lane: LaneState;
  readonly problems: readonly TaggingProblem[];
};

/** One service: its progress and figures, what can be done about them, and what it answered. */
export function LaneSection({ lane, problems }: LaneSectionProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const { service, phase, usage } = lane;
  const name = t(`services.names.${service}`);
  const { main, details, part } = laneText(lane, t, format);
  const moving = phase === 'running' || phase === 'waiting';
  return (
    <section className={styles['lane']} aria-labelledby={id}>
      <div className={styles['laneHead']}>
        <h2 id={id} className={styles['laneTitle']}>
          {name}
        </h2>
        <span className={styles['phase']} data-phase={phase}>
          {t(`tagging.phases.${phase}`)}
        </span>
        <LaneActions lane={lane} name={name} />
      </div>
      {part !== null && (
        <>
          <ProgressBar
            wide
            label={`${name}: ${t('tagging.tagged')}`}
            value={part}
            tone={moving || part === 1 ? 'accent' : 'muted'}
          />
          <p className={styles['figures']}>
            <span>{main}</span>
            {details.map((detail) => (
              <span key={detail}>{detail}</span>
            ))}
          </p>
        </>
      )}
      <p className={styles['month']}>
        {t('services.usedLine', {
          month: format.month(usage.month),
          usage: usageSummary(usage, t, format, 'words'),
        })}
      </p>
      <LaneReason lane={lane} />
      <RecentAnswers service={service} />
      <TaggingProblems problems={problems} />
    </section>
  );
}

function LaneActions({ lane, name }: { readonly lane: LaneState; readonly name: string }) {
  const { t } = useTranslation();
  const { service, phase } = lane;
  if (!hasWork(lane)) return null;
  const named = (action: string): string => `${action}: ${name}`;
  return (
    <span className={styles['laneActions']}>
      {phase === 'paused' ? (
        <Button
          icon={<Play size={14} />}
          aria-label={named(t('tagging.resume'))}
          onClick={() => void resumeLane(service)}
        >
          {t('tagging.resume')}
        </Button>
      ) : (
        phase !== 'stopped' && (
          <Button
            icon={<Pause size={14} />}
            aria-label={named(t('tagging.pause'))}
            onClick={() => void pauseLane(service)}
          >
            {t('tagging.pause')}
          </Button>
        )
      )}
      <Button
        variant="quiet"
        icon={<X size={14} />}
        aria-label={named(t('tagging.cancel'))}
        title={t('tagging.cancelDetail')}
        onClick={() => void cancelLane(service)}
      >
        {t('tagging.cancel')}
      </Button>
    </span>
  );
}
