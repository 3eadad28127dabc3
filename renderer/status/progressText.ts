import type { Progress } from '../../shared/model.ts';
import type { Format } from '../i18n/format.ts';
import type { Translate } from '../i18n/index.ts';

/** What the status line says of the work: what is going on, then what is known of its speed. */
export type ProgressText = {
  readonly main: string;
  /** Rate and time left, where they are known. */
  readonly details: readonly string[];
  /** 0..1 while photos are read; null when there is nothing to measure. */
  readonly part: number | null;
  /** Whether there is work that can be paused, or is. */
  readonly canPause: boolean;
};

/** `total` is how many photos the library shows, unreachable ones too; null while that is unknown. */
export function progressText(
  progress: Progress,
  t: Translate,
  format: Format,
  total: number | null = null,
): ProgressText {
  const { phase, found, indexed, pending, photosPerSecond, secondsLeft } = progress;
  const part = found > 0 ? indexed / found : null;
  const numbers = { indexed, found };
  switch (phase) {
    case 'scanning':
      return {
        main: t('status.scanning', { count: found }),
        details: [],
        part: null,
        canPause: true,
      };
    case 'reading':
    case 'indexing': {
      const details: string[] = [];
      if (photosPerSecond > 0) {
        const decimals = photosPerSecond < 10 ? 1 : 0;
        details.push(t('status.rate', { rate: format.number(photosPerSecond, decimals) }));
      }
      if (secondsLeft !== null) {
        details.push(t('status.left', { time: format.duration(secondsLeft) }));
      }
      return { main: t(`status.${phase}`, numbers), details, part, canPause: true };
    }
    case 'paused':
      return { main: t('status.paused', numbers), details: [], part, canPause: true };
    case 'idle':
      if ((total ?? found) === 0) {
        return { main: t('status.empty'), details: [], part: null, canPause: false };
      }
      return pending > 0
        ? { main: t('status.indexing', numbers), details: [], part, canPause: true }
        : {
            main: t('status.idle', { count: total ?? found }),
            details: [],
            part: null,
            canPause: false,
          };
  }
}
