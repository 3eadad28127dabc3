import { useQuery } from '@tanstack/react-query';
import { CircleCheck, RefreshCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useRoots } from '../folders/queries.ts';
import { useTranslation } from '../i18n/index.ts';
import { setView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ProblemSection } from './ProblemSection.tsx';
import styles from './Problems.module.css';
import { problemGroups } from './problemGroups.ts';
import { MOST_PROBLEMS, PAGE, problemsQuery, retryProblems } from './queries.ts';

/** Photos without a picture, by reason, each with what to do. */
export function Problems() {
  const { t } = useTranslation();
  const [limit, setLimit] = useState(PAGE);
  const { data } = useQuery(problemsQuery(limit));
  const isAnyAway = useRoots()?.some((root) => root.state === 'offline') ?? false;
  const problems = data?.problems;
  const groups = useMemo(() => problemGroups(problems ?? []), [problems]);
  if (!data) return null;
  if (data.total === 0) {
    return (
      <EmptyState
        icon={<CircleCheck size={32} strokeWidth={1.5} />}
        text={t(isAnyAway ? 'problems.noneAtHand' : 'problems.none')}
        action={
          <Button onClick={() => setView({ section: 'photos', query: '' }, { push: true })}>
            {t('problems.back')}
          </Button>
        }
      />
    );
  }
  const hidden = data.total - data.problems.length;
  const failed = groups.some((group) => group.code !== 'unsupported');
  return (
    <div className={styles['problems']}>
      <header className={styles['header']}>
        <h1 className={styles['title']}>{t('problems.summary', { count: data.total })}</h1>
        {failed && (
          <Button icon={<RefreshCw size={14} />} onClick={() => void retryProblems(null)}>
            {t('problems.retryAll')}
          </Button>
        )}
      </header>
      {groups.map((group) => (
        <ProblemSection key={group.code} group={group} />
      ))}
      {hidden > 0 && limit < MOST_PROBLEMS && (
        <Button onClick={() => setLimit((before) => Math.min(MOST_PROBLEMS, before * 4))}>
          {t('problems.showMore')}
        </Button>
      )}
    </div>
  );
}
