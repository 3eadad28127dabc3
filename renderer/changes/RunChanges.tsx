import { useQuery } from '@tanstack/react-query';
import { useFormat } from '../i18n/format.ts';
import { useTranslation } from '../i18n/index.ts';
import { asServiceId } from '../services/queries.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Changes.module.css';
import { openRunChanges } from './openRunChanges.ts';
import { type Run, runsQuery } from './queries.ts';

/** Runs that tagged photos again and what they changed, for the tagging pane. Nothing before there is one. */
export function RunChanges() {
  const { t } = useTranslation();
  const { data: runs } = useQuery(runsQuery);
  if (!runs || runs.length === 0) return null;
  return (
    <section className={styles['runs']} aria-labelledby="run-changes">
      <h2 id="run-changes" className={styles['runsTitle']}>
        {t('changes.runs')}
      </h2>
      <ul>
        {runs.map((run) => (
          <RunItem key={run.id} run={run} />
        ))}
      </ul>
    </section>
  );
}

function RunItem({ run }: { readonly run: Run }) {
  const { t } = useTranslation();
  const format = useFormat();
  const service = asServiceId(run.service);
  const name = service ? t(`services.names.${service}`) : run.service;
  const time = format.instant(run.startedAtMs);
  const changed = run.photosChanged;
  return (
    <li className={styles['run']}>
      <span className={styles['runText']}>
        <span>{name}</span>
        <span className={styles['quiet']}>
          {time} · {changed === 0 ? t('changes.none') : t('changes.changed', { count: changed })}
        </span>
      </span>
      {changed > 0 && (
        <Button
          aria-label={`${t('changes.see')}: ${name}, ${time}`}
          onClick={() => openRunChanges(run.id)}
        >
          {t('changes.see')}
        </Button>
      )}
    </li>
  );
}
