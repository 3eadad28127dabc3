import { CircleAlert, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { errorText, useTranslation } from '../i18n/index.ts';
import { setView, useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { useSlow } from '../ui/Skeleton.tsx';
import styles from './GridStates.module.css';
import type { ResultState } from './resultStore.ts';

/** What the grid shows while it has no photo to show. */
export function GridStates({ state }: { readonly state: ResultState }) {
  const { t } = useTranslation();
  const { query, threshold } = useView();
  if (state.error) {
    return (
      <Centered
        icon={<CircleAlert size={24} />}
        text={errorText(state.error)}
        clears={query !== ''}
      />
    );
  }
  if (state.result === null) return <GridSkeleton />;
  if (query === '') {
    return <Centered icon={<SearchX size={24} />} text={t('grid.emptyLibrary')} clears={false} />;
  }
  const byLens = threshold > 0 && /(^|[\s(-])tag:/i.test(query);
  return (
    <Centered
      icon={<SearchX size={24} />}
      text={byLens ? t('grid.emptyLens', { threshold }) : t('grid.emptyTitle')}
      clears
    />
  );
}

type CenteredProps = {
  readonly icon: ReactNode;
  readonly text: string;
  readonly clears: boolean;
};

function Centered({ icon, text, clears }: CenteredProps) {
  const { t } = useTranslation();
  const clear = (): void => setView({ query: '' }, { push: true });
  return (
    <div className={styles['state']}>
      <EmptyState
        icon={icon}
        text={text}
        action={clears && <Button onClick={clear}>{t('grid.clearQuery')}</Button>}
      />
    </div>
  );
}

/** Widths of a few rows, in shares, that look like photos. */
const SKELETON_ROWS: readonly (readonly number[])[] = [
  [3, 2, 3, 4, 2],
  [4, 3, 2, 3],
  [2, 3, 4, 2, 3],
];

function GridSkeleton() {
  const { t } = useTranslation();
  const slow = useSlow();
  return (
    <div
      className={styles['skeleton']}
      role="status"
      aria-label={t('grid.loading')}
      data-visible={slow || undefined}
    >
      {SKELETON_ROWS.map((shares) => (
        <div key={shares.join()} className={styles['row']}>
          {shares.map((share, at) => (
            // The places never change their order.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <span key={at} className={styles['photo']} style={{ flexGrow: share }} />
          ))}
        </div>
      ))}
    </div>
  );
}
