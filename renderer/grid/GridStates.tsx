import { CircleAlert, FolderSearch, Images, type LucideIcon, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { askForFolder, useRoots } from '../folders/queries.ts';
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
  const clear = query !== '' && (
    <Button onClick={() => setView({ query: '' }, { push: true })}>{t('grid.clearQuery')}</Button>
  );
  if (state.error) {
    return <Centered icon={CircleAlert} text={errorText(state.error)} action={clear} />;
  }
  if (state.result === null) return <GridSkeleton />;
  if (query === '') return <EmptyLibrary />;
  if (threshold > 0 && ASKS_FOR_TAG.test(query)) {
    const lower = <Button onClick={() => setView({ threshold: 0 })}>{t('grid.lowerLens')}</Button>;
    return <Centered icon={SearchX} text={t('grid.emptyLens', { threshold })} action={lower} />;
  }
  return <Centered icon={SearchX} text={t('grid.emptyTitle')} action={clear} />;
}

/** Folders, but no photo: they have none, or have not been looked through yet. */
function EmptyLibrary() {
  const { t } = useTranslation();
  const roots = useRoots();
  const looking = roots?.some((root) => root.state === 'online' && root.lastScanAtMs === null);
  if (looking) return <Centered icon={FolderSearch} text={t('grid.looking')} />;
  const add = <Button onClick={() => void askForFolder()}>{t('folders.add')}</Button>;
  return <Centered icon={Images} text={t('grid.emptyLibrary')} action={add} />;
}

/** A tag term without a bound of its own: the lens may be why nothing is found. */
const ASKS_FOR_TAG = /(^|[\s(])tag:("[^"]*"|[^\s"<>=]+)(?=[\s)]|$)/i;

type CenteredProps = {
  readonly icon: LucideIcon;
  readonly text: string;
  readonly action?: ReactNode;
};

function Centered({ icon: Icon, text, action }: CenteredProps) {
  return (
    <div className={styles['state']}>
      <EmptyState icon={<Icon size={24} />} text={text} action={action} />
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
            // biome-ignore lint/suspicious/noArrayIndexKey: the places never change their order
            <span key={at} className={styles['photo']} style={{ flexGrow: share }} />
          ))}
        </div>
      ))}
    </div>
  );
}
