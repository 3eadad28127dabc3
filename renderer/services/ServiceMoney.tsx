import type { ServiceId, ServiceInfo } from '../../shared/services.ts';
import { serviceSetting } from '../../shared/settings.ts';
import { useFormat } from '../i18n/format.ts';
import { useTranslation } from '../i18n/index.ts';
import { saveSetting, useSettings } from '../settings/queries.ts';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import { FieldRow } from './FieldRow.tsx';
import fields from './Fields.module.css';
import { NumberField } from './NumberField.tsx';
import styles from './Services.module.css';
import { usageText } from './usageText.ts';
import { useDraft } from './useDraft.ts';

const CURRENCY = /^[A-Z]{3}$/;

/** What a service cost this month, what it costs, and how much it may. */
export function ServiceMoney({ service }: { readonly service: ServiceInfo }) {
  const { t } = useTranslation();
  const { id, usage } = service;
  return (
    <div className={fields['fields']}>
      <h5 className={fields['legend']}>{t('services.money')}</h5>
      <Usage service={service} />
      <NumberField
        setting={`${id}.pricePerThousand`}
        label={t('services.price')}
        unit={usage.currency}
        empty={t('services.notSet')}
        detail={t('services.priceDetail')}
      />
      <CurrencyField id={id} />
      <NumberField setting={`${id}.freeCallsPerMonth`} label={t('services.freeCalls')} />
      <NumberField
        setting={`${id}.capCalls`}
        label={t('services.capCalls')}
        empty={t('services.noCap')}
      />
      <NumberField
        setting={`${id}.capMoney`}
        label={t('services.capMoney')}
        unit={usage.currency}
        empty={t('services.noCap')}
        detail={t(usage.cost === null ? 'services.capNeedsPrice' : 'services.capDetail')}
      />
    </div>
  );
}

function Usage({ service }: { readonly service: ServiceInfo }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { usage } = service;
  const { cost, bars } = usageText(usage, t, format);
  return (
    <div className={styles['usage']}>
      <p className={styles['usageLine']}>
        <span>{t('services.usedIn', { month: format.month(usage.month) })}</span>
        <span className={styles['quiet']}>
          {t('services.calls', { count: usage.calls })} · {cost}
        </span>
      </p>
      {bars.map(({ kind, text, part, isNear }) => (
        <div key={kind} className={styles['usage']}>
          <ProgressBar wide label={text} value={part} tone={isNear ? 'warning' : 'accent'} />
          <p className={styles['testNote']}>{text}</p>
        </div>
      ))}
    </div>
  );
}

/** The three letters of a currency. */
function CurrencyField({ id }: { readonly id: ServiceId }) {
  const { t } = useTranslation();
  const saved = serviceSetting(useSettings(), id, 'currency');
  const read = (text: string): string => text.trim().toUpperCase();
  const draft = useDraft(saved, (text) => {
    if (!CURRENCY.test(read(text))) return false;
    void saveSetting(`${id}.currency`, read(text));
    return true;
  });
  return (
    <FieldRow
      label={t('services.currency')}
      draft={draft}
      size="short"
      problem={CURRENCY.test(read(draft.text)) ? null : t('services.problems.currency')}
    />
  );
}
