import { useTranslation } from '../../i18n/index.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { setView, useViewPart } from '../../state/view.ts';
import { Button } from '../../ui/Button.tsx';
import { Popover } from '../../ui/Popover.tsx';
import type { DayRuns } from './dayRuns.ts';
import { JumpField } from './JumpField.tsx';
import styles from './JumpToDate.module.css';

export type JumpToDateProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** The days of the result; null while it is not in the order of dates. */
  readonly days: DayRuns | null;
  /** Pixels from the left, where the photos begin. */
  readonly left: number;
  /** Goes to the photo at this place of the result. */
  readonly onJump: (index: number) => void;
  /** Gives the focus back to the photos. */
  readonly focusPhotos: () => void;
};

/** Asks for a date and goes to it, with the key `g` or from the date above the photos. */
export function JumpToDate(props: JumpToDateProps) {
  const { open, onOpenChange, days, onJump } = props;
  const { t } = useTranslation();
  const viewerId = useViewPart('viewerId');
  const sort = useViewPart('sort');
  useShortcut('g', () => onOpenChange(true), {
    group: 'photos',
    enabled: viewerId === null,
    label: t('grid.keys.jump'),
  });
  return (
    <Popover
      open={open}
      onOpenChange={onOpenChange}
      trigger={<div className={styles['place']} style={{ left: props.left }} />}
      placeOnly
      returnFocus={props.focusPhotos}
      label={t('grid.jump.title')}
    >
      {days ? (
        <JumpField
          days={days}
          onJump={(index) => {
            onOpenChange(false);
            onJump(index);
          }}
        />
      ) : (
        <div className={styles['panel']}>
          <p>{t('grid.jump.otherOrder')}</p>
          <Button
            busy={sort === 'taken'}
            onClick={() => setView({ sort: 'taken', ascending: false })}
          >
            {t('grid.jump.sortByDate')}
          </Button>
        </div>
      )}
    </Popover>
  );
}
