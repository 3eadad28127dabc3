import { Unplug } from 'lucide-react';
import { type Connection, useConnection } from '../api/client.ts';
import { startEngineAgain } from '../api/transport.ts';
import { useTranslation } from '../i18n/index.ts';
import { attempt } from '../state/report.ts';
import { Button } from '../ui/Button.tsx';
import { useSlow } from '../ui/Skeleton.tsx';
import styles from './StatusLine.module.css';

/** An engine that is started again in this time is not worth a word. */
const TELL_AFTER_MS = 600;

/** Says that the engine does not answer, or no longer to this window, until it does. */
export function ConnectionNotice() {
  const state = useConnection();
  return state === 'connecting' || state === 'open' ? null : <Notice state={state} />;
}

function Notice({ state }: { readonly state: Exclude<Connection, 'connecting' | 'open'> }) {
  const { t } = useTranslation();
  if (!useSlow(TELL_AFTER_MS)) return null;
  return (
    <div role="alert" className={styles['lost']}>
      <Unplug size={16} aria-hidden="true" />
      <div>
        <p className={styles['lostTitle']}>{t(`status.${state}`)}</p>
        <p className={styles['lostDetail']}>{t(`status.${state}Detail`)}</p>
        {state === 'stopped' && (
          <Button onClick={() => void attempt(startEngineAgain)}>{t('status.startAgain')}</Button>
        )}
      </div>
    </div>
  );
}
