import { KeyRound, TriangleAlert } from 'lucide-react';
import type { SecretProtection } from '../../shared/services.ts';
import { useTranslation } from '../i18n/index.ts';
import { saveSetting, useSettings } from '../settings/queries.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import styles from './Services.module.css';

/** Where keys are kept, said as it is; where there is no keychain, a file of one's own is offered. */
export function ProtectionNote({ protection }: { readonly protection: SecretProtection }) {
  const { t } = useTranslation();
  const { 'secrets.keepInFile': keepInFile } = useSettings();
  const Icon = protection === 'keychain' ? KeyRound : TriangleAlert;
  return (
    <div className={styles['protection']} data-protection={protection}>
      <Icon size={14} aria-hidden="true" />
      <div className={styles['protectionText']}>
        <p>{t(`services.protection.${protection}`)}</p>
        {(protection === 'memory' || protection === 'file') && (
          <Checkbox
            checked={keepInFile}
            onChange={(checked) => void saveSetting('secrets.keepInFile', checked)}
            detail={t('services.keepInFileDetail')}
          >
            {t('services.keepInFile')}
          </Checkbox>
        )}
      </div>
    </div>
  );
}
