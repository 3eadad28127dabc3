import { useTranslation } from '../i18n/index.ts';
import { Button } from '../ui/Button.tsx';
import type { QueryProblem } from './queryProblem.ts';
import styles from './SearchField.module.css';

type ProblemNoteProps = {
  readonly id: string;
  readonly problem: QueryProblem;
  readonly onUse: (suggestion: string) => void;
};

/** Why a query cannot be understood, under the search field. */
export function ProblemNote({ id, problem, onUse }: ProblemNoteProps) {
  const { t } = useTranslation();
  const { suggestion } = problem;
  return (
    <div className={styles['note']}>
      <p id={id} role="status">
        {problem.sentence}
      </p>
      {suggestion !== null && (
        <Button variant="quiet" onClick={() => onUse(suggestion)}>
          {t('search.didYouMean', { suggestion })}
        </Button>
      )}
    </div>
  );
}
