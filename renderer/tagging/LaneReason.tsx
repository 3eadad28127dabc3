import { Clock, TriangleAlert } from 'lucide-react';
import type { LaneState } from '../../shared/services.ts';
import { useLanguage, useTranslation } from '../i18n/index.ts';
import { reasonFor } from '../i18n/reasons.ts';
import { openService } from '../state/dialogs.ts';
import { Button } from '../ui/Button.tsx';
import { resumeLane } from './queries.ts';
import styles from './Tagging.module.css';

/** Why a service waits or stopped, and the way on. */
export function LaneReason({ lane }: { readonly lane: LaneState }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { service, phase, reason } = lane;
  if (!reason || (phase !== 'stopped' && phase !== 'waiting')) return null;
  const { sentence, nextStep } = reasonFor(service, reason, language);
  const stopped = phase === 'stopped';
  const Icon = stopped ? TriangleAlert : Clock;
  return (
    <div className={styles['reason']} data-phase={phase} role={stopped ? 'alert' : undefined}>
      <Icon size={16} aria-hidden="true" />
      <div className={styles['reasonText']}>
        <p>{sentence}</p>
        {nextStep && <p className={styles['next']}>{nextStep}</p>}
      </div>
      {stopped && (
        <span className={styles['reasonActions']}>
          <Button variant="quiet" onClick={() => openService(service)}>
            {t('tagging.serviceSettings')}
          </Button>
          <Button variant="accent" onClick={() => void resumeLane(service)}>
            {t('tagging.resume')}
          </Button>
        </span>
      )}
    </div>
  );
}
