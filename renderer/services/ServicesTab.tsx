import { useState } from 'react';
import type { AccountId, ServiceId } from '../../shared/services.ts';
import { useTranslation } from '../i18n/index.ts';
import { useDialog } from '../state/dialogs.ts';
import { Skeleton } from '../ui/Skeleton.tsx';
import { AccountCard } from './AccountCard.tsx';
import { ProtectionNote } from './ProtectionNote.tsx';
import { useServices } from './queries.ts';
import { SensitiveCard } from './SensitiveCard.tsx';
import { ServiceCard } from './ServiceCard.tsx';
import styles from './Services.module.css';

const ACCOUNTS: readonly AccountId[] = ['tencent', 'huawei'];

/** What can be unfolded: the form of an account, a service, how sensitive photos are shown. */
type Card = AccountId | ServiceId | 'sensitive';

/** The cloud services by the account that they are paid with. Each is one line until it is unfolded. */
export function ServicesTab() {
  const { t } = useTranslation();
  const data = useServices();
  const dialog = useDialog();
  const asked = dialog?.kind === 'settings' ? dialog.service : undefined;
  const [open, setOpen] = useState<ReadonlySet<Card>>(() => new Set(asked ? [asked] : []));
  const fold = (card: Card) => ({
    open: open.has(card),
    onToggle: (isOpen: boolean) => {
      const next = new Set(open);
      if (isOpen) next.add(card);
      else next.delete(card);
      setOpen(next);
    },
  });
  if (!data) return <Skeleton height="240px" />;
  return (
    <>
      <p>{t('services.intro')}</p>
      <ProtectionNote protection={data.protection} />
      {ACCOUNTS.map((account) => {
        const services = data.services.filter((service) => service.account === account);
        return (
          <section
            key={account}
            className={styles['account']}
            aria-labelledby={`account-${account}`}
          >
            <h3 id={`account-${account}`} className={styles['accountTitle']}>
              {t(`services.accounts.${account}`)}
            </h3>
            <div className={styles['list']}>
              <AccountCard account={account} services={services} {...fold(account)} />
              {services.map((service) => (
                <ServiceCard
                  key={service.id}
                  service={service}
                  onSetUp={() => setOpen(new Set([...open, account]))}
                  {...fold(service.id)}
                />
              ))}
              {services.some(({ kind }) => kind === 'sensitivity') && (
                <SensitiveCard {...fold('sensitive')} />
              )}
            </div>
          </section>
        );
      })}
    </>
  );
}
