import type { ReactNode } from 'react';
import type { ServiceInfo, TagEstimate } from '../../shared/services.ts';
import { useFormat } from '../i18n/format.ts';
import { useTranslation } from '../i18n/index.ts';
import { openService } from '../state/dialogs.ts';
import { Skeleton } from '../ui/Skeleton.tsx';
import styles from './TagDialog.module.css';
import { costText, roughly } from './tagPlan.ts';

export type EstimateFactsProps = {
  readonly service: ServiceInfo;
  /** Null until it is known. */
  readonly estimate: TagEstimate | null;
  /** False while the figures are of other options than those on screen. */
  readonly isCurrent: boolean;
};

/** What would be sent, and what it would cost. */
export function EstimateFacts({ service, estimate, isCurrent }: EstimateFactsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!estimate) return <Skeleton height="120px" />;
  const { considered, alreadyKnown, neverUpload, unavailable, calls, callsLeft } = estimate;
  const lines: (readonly [label: string, value: string])[] = [
    [t('tagging.considered'), format.number(considered)],
  ];
  if (alreadyKnown > 0) lines.push([t('tagging.known'), less(alreadyKnown)]);
  if (neverUpload > 0) lines.push([t('tagging.neverUpload'), less(neverUpload)]);
  if (unavailable > 0) lines.push([t('tagging.unavailable'), less(unavailable)]);
  function less(count: number): string {
    return `− ${format.number(count)}`;
  }
  return (
    <div className={styles['facts']} aria-busy={!isCurrent} data-old={!isCurrent || undefined}>
      <dl className={styles['factsSide']}>
        {lines.map(([label, value]) => (
          <Fact key={label} label={label} value={value} />
        ))}
        <Fact label={t('tagging.calls')} value={format.number(calls)} strong />
      </dl>
      <dl className={styles['factsSide']}>
        <Fact label={t('tagging.cost')} value={costText(estimate, t, format)} strong>
          {estimate.estimatedCost === null && (
            <button
              type="button"
              className={styles['link']}
              onClick={() => openService(service.id)}
            >
              {t('tagging.setPrice')}
            </button>
          )}
        </Fact>
        <Fact
          label={t('tagging.upload')}
          value={
            calls > 0 ? t('tagging.about', { amount: format.size(roughly(estimate.bytes)) }) : '–'
          }
        />
        <Fact
          label={t('tagging.time')}
          value={
            calls > 0 ? t('tagging.about', { amount: format.duration(estimate.seconds) }) : '–'
          }
        />
        <Fact
          label={t('tagging.left')}
          value={
            callsLeft === null ? t('services.noCap') : t('services.calls', { count: callsLeft })
          }
        />
      </dl>
    </div>
  );
}

type FactProps = {
  readonly label: string;
  readonly value: string;
  readonly strong?: boolean;
  /** What can be done about it. */
  readonly children?: ReactNode;
};

function Fact({ label, value, strong, children }: FactProps) {
  return (
    <div className={styles['fact']} data-strong={strong || undefined}>
      <dt>{label}</dt>
      <dd>
        {value}
        {children}
      </dd>
    </div>
  );
}
