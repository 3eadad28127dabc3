import { Unplug } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { TagrollError } from '../../shared/errors.ts';
import { type Connection, connectToStarted, useConnection } from '../api/client.ts';
import { startEngineAgain, whyStopped } from '../api/transport.ts';
import { errorText, useTranslation } from '../i18n/index.ts';
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
        {state === 'stopped' ? (
          <Stopped />
        ) : (
          <p className={styles['lostDetail']}>{t(`status.${state}Detail`)}</p>
        )}
      </div>
    </div>
  );
}

/** Why the engine stopped for good, and the way on. */
function Stopped() {
  const { t } = useTranslation();
  const [error, setError] = useState<TagrollError | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let isShown = true;
    void whyStopped().then((said) => isShown && setError(said));
    return () => {
      isShown = false;
    };
  }, []);
  const start = async (): Promise<void> => {
    setBusy(true);
    if (await attempt(startEngineAgain)) connectToStarted();
    setBusy(false);
  };
  const isKnown = error !== null && error.code !== 'internal';
  const reason = isKnown ? null : error?.data['reason'];
  return (
    <>
      <p className={styles['lostDetail']}>
        {isKnown ? `${errorText(error)} ${t('status.stoppedNext')}` : t('status.stoppedDetail')}
      </p>
      {typeof reason === 'string' && (
        <p className={styles['lostDetail']}>{t('status.stoppedReason', { reason })}</p>
      )}
      <Button className={styles['lostButton']} busy={busy} onClick={() => void start()}>
        {t('status.startAgain')}
      </Button>
    </>
  );
}
