import { FolderOpen, RefreshCw } from 'lucide-react';
import { useId } from 'react';
import type { Problem } from '../../shared/model.ts';
import { visibleName } from '../i18n/directions.ts';
import { useLanguage, useTranslation } from '../i18n/index.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Name } from '../ui/Name.tsx';
import styles from './Problems.module.css';
import type { ProblemGroup } from './problemGroups.ts';
import { retryProblems, showInFolder } from './queries.ts';

/** One reason: how many photos it is about, what to do, and which they are. */
export function ProblemSection({ group }: { readonly group: ProblemGroup }) {
  const { t } = useTranslation();
  const id = useId();
  const { code, problems } = group;
  const canRetry = code !== 'unsupported';
  return (
    <section className={styles['section']} aria-labelledby={id}>
      <div className={styles['sectionHead']}>
        <div>
          <h2 id={id} className={styles['sectionTitle']}>
            {t(`problems.codes.${code}.title`, { count: problems.length })}
          </h2>
          <p className={styles['next']}>{t(`problems.codes.${code}.next`)}</p>
        </div>
        {canRetry && (
          <Button
            variant="quiet"
            icon={<RefreshCw size={14} />}
            onClick={() => void retryProblems(problems.map((problem) => problem.photoId))}
          >
            {t('problems.retryGroup')}
          </Button>
        )}
      </div>
      <ul>
        {problems.map((problem) => (
          <ProblemItem key={problem.photoId} problem={problem} canRetry={canRetry} />
        ))}
      </ul>
    </section>
  );
}

function ProblemItem({
  problem,
  canRetry,
}: {
  readonly problem: Problem;
  readonly canRetry: boolean;
}) {
  const { t } = useTranslation();
  // The engine words its reasons in English only.
  const language = useLanguage();
  const { photoId, path, failure } = problem;
  const nameAt = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  const folder = path.slice(0, nameAt);
  const name = path.slice(nameAt);
  return (
    <li className={styles['item']}>
      <span
        className={styles['path']}
        title={visibleName(language === 'en' ? failure.message : path)}
        data-selectable
      >
        <span className={styles['folder']}>
          <Name>{folder}</Name>
        </span>
        <Name>{name}</Name>
      </span>
      {canRetry && (
        <IconButton
          size="small"
          label={t('problems.retryOne')}
          icon={<RefreshCw size={14} aria-hidden="true" />}
          onClick={() => void retryProblems([photoId])}
        />
      )}
      <IconButton
        size="small"
        label={t('problems.show')}
        icon={<FolderOpen size={14} aria-hidden="true" />}
        onClick={() => void showInFolder(photoId)}
      />
    </li>
  );
}
