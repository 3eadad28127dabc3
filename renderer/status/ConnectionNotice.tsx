import { Unplug } from 'lucide-react';
import { useConnection } from '../api/client.ts';
import { useTranslation } from '../i18n/index.ts';
import { useSlow } from '../ui/Skeleton.tsx';
import styles from './StatusLine.module.css';

/** An engine that is started again in this time is not worth a word. */
const TELL_AFTER_MS = 600;

/** Says that the engine does not answer, or no longer to this window, until it does. */
export function ConnectionNotice() {
  const state = useConnection();
  return state === 'lost' || state === 'refused' ? <Notice state={state} /> : null;
}

function Notice({ state }: { readonly state: 'lost' | 'refused' }) {
  const { t } = useTranslation();
  if (!useSlow(TELL_AFTER_MS)) return null;
  return (
    <div role="alert" className={styles['lost']}>
      <Unplug size={16} aria-hidden="true" />
      <div>
        <p className={styles['lostTitle']}>{t(`status.${state}`)}</p>
        <p className={styles['lostDetail']}>{t(`status.${state}Detail`)}</p>
      </div>
    </div>
  );
}
