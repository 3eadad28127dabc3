import { Cloud, CloudAlert, Pause } from 'lucide-react';
import type { LaneState } from '../../shared/services.ts';
import { useFormat } from '../i18n/format.ts';
import { useTranslation } from '../i18n/index.ts';
import { usageSummary } from '../services/usageText.ts';
import styles from '../status/StatusLine.module.css';
import { needsPerson, statusLanes } from './laneText.ts';
import { openTaggingPane } from './openTagging.ts';
import { useLanes } from './queries.ts';

/** More of them have no room in the line; the pane has them all. */
const MOST_SHOWN = 2;

/** What the services are doing and what they cost this month. A click shows more. */
export function TaggingStatus() {
  const { t } = useTranslation();
  const lanes = statusLanes(useLanes() ?? []);
  if (lanes.length === 0) return null;
  const hidden = lanes.length - MOST_SHOWN;
  return (
    <>
      {lanes.slice(0, MOST_SHOWN).map((lane) => (
        <Lane key={lane.service} lane={lane} />
      ))}
      {hidden > 0 && (
        <button type="button" className={styles['button']} onClick={openTaggingPane}>
          {t('tagging.moreServices', { count: hidden })}
        </button>
      )}
    </>
  );
}

function Lane({ lane }: { readonly lane: LaneState }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { service, phase, usage } = lane;
  const stopped = needsPerson(lane);
  const Icon = stopped ? CloudAlert : phase === 'paused' ? Pause : Cloud;
  const state = phase === 'stopped' || phase === 'paused' ? t(`tagging.phases.${phase}`) : null;
  return (
    <button
      type="button"
      className={styles['button']}
      data-tone={stopped ? 'warning' : undefined}
      onClick={openTaggingPane}
    >
      <Icon size={12} aria-hidden="true" />
      <span>{t(`services.short.${service}`)}</span>{' '}
      <span className={styles['wide']}>{usageSummary(usage, t, format)}</span>{' '}
      {state && <span>· {state}</span>}
    </button>
  );
}
