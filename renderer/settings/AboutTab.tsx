import { Copy, Keyboard, Scale } from 'lucide-react';
import { useState } from 'react';
import { useFormat } from '../i18n/format.ts';
import { useTranslation } from '../i18n/index.ts';
import { openDialog } from '../state/dialogs.ts';
import { attempt } from '../state/report.ts';
import { showToast } from '../state/toasts.ts';
import { useStatus } from '../status/queries.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { ForgetMissingDialog } from './ForgetMissingDialog.tsx';
import { LicencesDialog } from './LicencesDialog.tsx';
import styles from './Settings.module.css';

/** Which Tagroll this is and where its library lies. */
export function AboutTab() {
  const { t } = useTranslation();
  const format = useFormat();
  const status = useStatus();
  const [forgetting, setForgetting] = useState(false);
  const [showsLicences, setShowsLicences] = useState(false);
  const copy = async (path: string): Promise<void> => {
    const copied = await attempt(() => navigator.clipboard.writeText(path));
    if (copied) showToast({ kind: 'success', text: t('settings.copied') });
  };
  return (
    <>
      <p>{t('settings.aboutText')}</p>
      {status && (
        <dl className={styles['facts']}>
          <dt>{t('settings.version')}</dt>
          <dd data-selectable>{status.version}</dd>
          <dt>{t('settings.libraryPath')}</dt>
          <dd data-selectable className={styles['libraryPath']}>
            {status.libraryPath}
            <IconButton
              size="small"
              label={t('settings.copyPath')}
              icon={<Copy size={14} aria-hidden="true" />}
              onClick={() => void copy(status.libraryPath)}
            />
          </dd>
          <dt>{t('settings.photos')}</dt>
          <dd>{format.number(status.counts.all)}</dd>
          <dt>{t('settings.missing')}</dt>
          <dd>{format.number(status.counts.missing)}</dd>
        </dl>
      )}
      <div className={styles['buttons']}>
        <Button icon={<Keyboard size={14} />} onClick={() => openDialog({ kind: 'shortcuts' })}>
          {t('settings.shortcuts')}
        </Button>
        <Button icon={<Scale size={14} />} onClick={() => setShowsLicences(true)}>
          {t('licences.open')}
        </Button>
        <Button
          disabled={!status || status.counts.missing === 0}
          title={status?.counts.missing === 0 ? t('settings.forgetMissingNone') : undefined}
          onClick={() => setForgetting(true)}
        >
          {t('settings.forgetMissing')}
        </Button>
      </div>
      {showsLicences && <LicencesDialog onClose={() => setShowsLicences(false)} />}
      {forgetting && <ForgetMissingDialog onClose={() => setForgetting(false)} />}
    </>
  );
}
