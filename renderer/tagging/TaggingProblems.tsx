import { useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { TaggingProblem } from '../../shared/services.ts';
import { serviceSetting } from '../../shared/settings.ts';
import { useFormat } from '../i18n/format.ts';
import { useLanguage, useTranslation } from '../i18n/index.ts';
import { reasonFor } from '../i18n/reasons.ts';
import { useSettings } from '../settings/queries.ts';
import { Button } from '../ui/Button.tsx';
import { Disclosure } from '../ui/Disclosure.tsx';
import { priceOfCalls } from './laneText.ts';
import { PhotoThumb } from './PhotoThumb.tsx';
import { retryTagging, tilesQuery } from './queries.ts';
import styles from './Tagging.module.css';
import { costText } from './tagPlan.ts';

/** Photos that a service could not tag, by reason, each with what to do. */
export function TaggingProblems({ problems }: { readonly problems: readonly TaggingProblem[] }) {
  const { t } = useTranslation();
  if (problems.length === 0) return null;
  return (
    <div>
      <h3 className={styles['subtitle']}>{t('tagging.problems')}</h3>
      <ul className={styles['problems']}>
        {problems.map((problem) => (
          <ProblemItem key={problem.code} problem={problem} />
        ))}
      </ul>
    </div>
  );
}

function ProblemItem({ problem }: { readonly problem: TaggingProblem }) {
  const { t } = useTranslation();
  const format = useFormat();
  const language = useLanguage();
  const settings = useSettings();
  const [open, setOpen] = useState(false);
  const { service, code, photos } = problem;
  const { sentence, nextStep } = reasonFor(service, problem, language);
  const price = serviceSetting(settings, service, 'pricePerThousand');
  const estimatedCost = priceOfCalls(price, photos);
  const currency = serviceSetting(settings, service, 'currency');
  // At most: there may be calls left this month that are free.
  const cost = costText({ estimatedCost, currency }, t, format, true);
  return (
    <li className={styles['problem']}>
      <div className={styles['problemHead']}>
        <div className={styles['reasonText']}>
          <p>
            <strong className={styles['count']}>{t('common.photos', { count: photos })}</strong>
            {' · '}
            {sentence}
          </p>
          {nextStep && <p className={styles['next']}>{nextStep}</p>}
          {!sentence.includes(code) && (
            <p className={styles['code']} data-selectable>
              {t('services.code', { code })}
            </p>
          )}
        </div>
        {/* It costs money again, so it says how much. */}
        <Button icon={<RefreshCw size={14} />} onClick={() => void retryTagging(problem)}>
          {t('tagging.retry', { cost })}
        </Button>
      </div>
      <Disclosure
        look="plain"
        open={open}
        onToggle={setOpen}
        title={t('tagging.showPhotos', { count: photos })}
      >
        <ProblemPhotos problem={problem} />
      </Disclosure>
    </li>
  );
}

function ProblemPhotos({ problem }: { readonly problem: TaggingProblem }) {
  const { t } = useTranslation();
  const { data } = useQuery(tilesQuery(problem.photoIds));
  const more = problem.photos - problem.photoIds.length;
  return (
    <>
      <ul className={styles['thumbs']}>
        {data?.map((tile) => (
          <li key={tile.id}>
            <PhotoThumb tile={tile} />
          </li>
        ))}
      </ul>
      {more > 0 && <p className={styles['next']}>{t('tagging.morePhotos', { count: more })}</p>}
    </>
  );
}
