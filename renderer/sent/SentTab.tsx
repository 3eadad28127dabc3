import { useQuery } from '@tanstack/react-query';
import { ChevronDown, Download, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { SERVICE_IDS, type ServiceId } from '../../shared/services.ts';
import { useTranslation } from '../i18n/index.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Menu } from '../ui/Menu.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Ledger } from './Ledger.tsx';
import { exportLedger, uploadTotalsQuery } from './queries.ts';
import styles from './SentTab.module.css';
import { Totals } from './Totals.tsx';

/** Everything that ever left this computer: the sums by service, and each picture. */
export function SentTab() {
  const { t } = useTranslation();
  const { data: totals } = useQuery(uploadTotalsQuery);
  const [service, setService] = useState<ServiceId | null>(null);
  const [busy, setBusy] = useState(false);
  if (!totals) return <Skeleton height="240px" />;
  if (totals.length === 0) {
    return (
      <div className={styles['empty']}>
        <EmptyState icon={<ShieldCheck size={32} strokeWidth={1.5} />} text={t('sent.nothing')} />
      </div>
    );
  }
  const used = SERVICE_IDS.filter((id) => totals.some((total) => total.service === id));
  const items = [null, ...used].map((id) => ({
    id: id ?? 'all',
    label: id === null ? t('sent.allServices') : t(`services.names.${id}`),
    checked: id === service,
    onSelect: () => setService(id),
  }));
  const save = async (): Promise<void> => {
    setBusy(true);
    await exportLedger(service);
    setBusy(false);
  };
  return (
    <>
      <p>{t('sent.intro')}</p>
      <Totals totals={totals} />
      <div className={styles['tools']}>
        <Menu items={items} label={t('sent.filter')}>
          <Button>
            {service === null ? t('sent.allServices') : t(`services.names.${service}`)}
            <ChevronDown size={14} aria-hidden="true" />
          </Button>
        </Menu>
        <Button
          variant="quiet"
          busy={busy}
          icon={<Download size={14} />}
          onClick={() => void save()}
        >
          {t('sent.export')}
        </Button>
      </div>
      <Ledger key={service} service={service} />
    </>
  );
}
