import { ArrowLeft, ArrowRight } from 'lucide-react';
import { useTranslation } from '../i18n/index.ts';
import { goBack, goForward, useSteps } from '../state/viewHistory.ts';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './HistoryButtons.module.css';
import { stepKeys } from './navigationKeys.ts';

/** Back and forward, as in a browser. */
export function HistoryButtons() {
  const { t } = useTranslation();
  const { canGoBack, canGoForward } = useSteps();
  const [backKeys = ''] = stepKeys('back');
  const [forwardKeys = ''] = stepKeys('forward');
  // Not `disabled`, which would take the focus away from whoever just went back as far as there is.
  return (
    <div className={styles['buttons']}>
      <IconButton
        label={t('navigation.back')}
        hint={canGoBack ? undefined : t('navigation.noBack')}
        keys={backKeys}
        icon={<ArrowLeft size={16} aria-hidden="true" />}
        aria-disabled={!canGoBack}
        onClick={goBack}
      />
      <IconButton
        label={t('navigation.forward')}
        hint={canGoForward ? undefined : t('navigation.noForward')}
        keys={forwardKeys}
        icon={<ArrowRight size={16} aria-hidden="true" />}
        aria-disabled={!canGoForward}
        onClick={goForward}
      />
    </div>
  );
}
