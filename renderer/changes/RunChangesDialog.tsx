import { useQueries } from '@tanstack/react-query';
import { Check, Undo2 } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslation } from '../i18n/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { LongList } from '../ui/LongList.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { ChangeRow } from './ChangeRow.tsx';
import styles from './Changes.module.css';
import { CHANGES_PAGE, changesQuery, takeBackRun } from './queries.ts';

const ROW_PIXELS = 104;

export type RunChangesDialogProps = { readonly runId: number; readonly onClose: () => void };

/** What a run added, removed and moved, photo by photo, and one step that takes all of it back. */
export function RunChangesDialog({ runId, onClose }: RunChangesDialogProps) {
  const { t } = useTranslation();
  const [range, setRange] = useState({ first: 0, last: 0 });
  const [busy, setBusy] = useState(false);
  const pages = Array.from({ length: range.last - range.first + 1 }, (_, at) => range.first + at);
  const answers = useQueries({ queries: pages.map((page) => changesQuery(runId, page)) });
  const loaded = new Map(pages.map((page, at) => [page, answers[at]?.data]));
  const known = answers.find(({ data }) => data)?.data;
  const total = known?.total ?? 0;
  const undo = known?.undo ?? null;
  const onRange = useCallback((start: number, end: number) => {
    const first = Math.floor(start / CHANGES_PAGE);
    const last = Math.max(first, Math.floor((end - 1) / CHANGES_PAGE));
    setRange((now) => (now.first === first && now.last === last ? now : { first, last }));
  }, []);
  const takeAllBack = async (): Promise<void> => {
    if (undo === null) return;
    setBusy(true);
    await takeBackRun(undo);
    setBusy(false);
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('changes.title')}
      description={known && total > 0 ? t('changes.about', { count: total }) : undefined}
      width="large"
      actions={
        total > 0 && (
          <>
            <Button
              icon={<Undo2 size={14} />}
              busy={busy}
              disabled={undo === null}
              title={undo === null ? t('changes.tooOld') : undefined}
              onClick={() => void takeAllBack()}
            >
              {t('changes.takeBack')}
            </Button>
            <Button variant="accent" onClick={onClose}>
              {t('changes.keep')}
            </Button>
          </>
        )
      }
    >
      {!known && <Skeleton height="240px" />}
      {known && total === 0 && (
        <div className={styles['empty']}>
          <EmptyState icon={<Check size={32} strokeWidth={1.5} />} text={t('changes.noneNow')} />
        </div>
      )}
      {total > 0 && (
        <LongList
          label={t('changes.title')}
          count={total}
          estimatePixels={ROW_PIXELS}
          onRange={onRange}
        >
          {(index) => {
            const page = loaded.get(Math.floor(index / CHANGES_PAGE));
            const change = page?.changes[index % CHANGES_PAGE];
            return change ? <ChangeRow change={change} /> : <div className={styles['waiting']} />;
          }}
        </LongList>
      )}
    </Dialog>
  );
}
