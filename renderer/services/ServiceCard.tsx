import { TriangleAlert } from 'lucide-react';
import type { ServiceInfo } from '../../shared/services.ts';
import { useFormat } from '../i18n/format.ts';
import { useLanguage, useTranslation } from '../i18n/index.ts';
import { Button } from '../ui/Button.tsx';
import { Disclosure } from '../ui/Disclosure.tsx';
import { missingLabel } from './accountFields.ts';
import { ServiceMoney } from './ServiceMoney.tsx';
import { ServiceOptions } from './ServiceOptions.tsx';
import styles from './Services.module.css';
import { ServiceTest } from './ServiceTest.tsx';
import { usageSummary } from './usageText.ts';

export type ServiceCardProps = {
  readonly service: ServiceInfo;
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  /** Unfolds the form of the account. */
  readonly onSetUp: () => void;
};

/** One service: what it gives, how it stands, what it costs, how it is asked, and whether it answers. */
export function ServiceCard({ service, open, onToggle, onSetUp }: ServiceCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const language = useLanguage();
  const { id, standing, closesOn, configured } = service;
  const closing = standing === 'closing' && closesOn !== null;
  return (
    <Disclosure
      open={open}
      onToggle={onToggle}
      title={
        <>
          {service.names[language]}
          <span className={styles['badge']} data-tone={closing ? 'warning' : 'quiet'}>
            {closing
              ? t('services.closing', { date: format.date(closesOn) })
              : t(`services.standings.${standing}`)}
          </span>
        </>
      }
      status={<ServiceState service={service} />}
    >
      <div>
        <p className={styles['about']}>{t(`services.about.${id}`)}</p>
        <p className={styles['about']}>{t(`services.standingNotes.${id}`)}</p>
        {service.address !== null && (
          <p className={styles['about']} data-selectable>
            {t('services.goesTo', { address: service.address })}
          </p>
        )}
      </div>
      {!configured && (
        <div className={styles['lacks']}>
          <span className={styles['warning']}>
            <TriangleAlert size={14} aria-hidden="true" />
            {service.invalid
              ? t('services.invalidField', {
                  field: missingLabel(service.account, service.invalid.field, t),
                })
              : t('services.lacks', {
                  fields: service.missing
                    .map((field) => missingLabel(service.account, field, t))
                    .join(t('services.listSeparator')),
                })}
          </span>
          <Button onClick={onSetUp}>{t('services.setUpAccount')}</Button>
        </div>
      )}
      <ServiceTest service={service} />
      <ServiceMoney service={service} />
      <ServiceOptions service={service} />
    </Disclosure>
  );
}

function ServiceState({ service }: { readonly service: ServiceInfo }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!service.configured) return t('services.states.notSetUp');
  if (service.usage.calls === 0) return t('services.states.ready');
  return usageSummary(service.usage, t, format, 'words');
}
