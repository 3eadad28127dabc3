import { useState } from 'react';
import type { AccountId, ServiceInfo } from '../../shared/services.ts';
import { useTranslation } from '../i18n/index.ts';
import { ChoiceGroup } from '../settings/ChoiceGroup.tsx';
import { Disclosure } from '../ui/Disclosure.tsx';
import { AccountField } from './AccountField.tsx';
import { type AccountFieldName, accountForm, fieldLabel, isSecret } from './accountFields.ts';
import fields from './Fields.module.css';
import { setAccount } from './queries.ts';
import { SecretField } from './SecretField.tsx';
import styles from './Services.module.css';

export type AccountCardProps = {
  readonly account: AccountId;
  /** The services that are paid with it. */
  readonly services: readonly ServiceInfo[];
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
};

/** The account of a maker: one form for all of its services. */
export function AccountCard({ account, services, open, onToggle }: AccountCardProps) {
  const { t } = useTranslation();
  const [rareOpen, setRareOpen] = useState(false);
  // They share the account, so each says the same of it.
  const [service] = services;
  if (!service) return null;
  const authentication = service.fields['authentication'] === 'token' ? 'token' : 'keys';
  const form = accountForm(account, authentication);
  const field = (name: AccountFieldName) => {
    const shared = { account, field: name, service, label: fieldLabel(account, name, t) };
    if (isSecret(account, name)) return <SecretField key={name} {...shared} />;
    const detail = fieldDetail(name);
    return <AccountField key={name} {...shared} {...(detail ? { detail: t(detail) } : {})} />;
  };
  return (
    <Disclosure
      open={open}
      onToggle={onToggle}
      title={t('services.account')}
      status={<AccountState service={service} />}
    >
      <ul className={styles['steps']}>
        <li>{t(`services.where.${account}.keys`)}</li>
        <li>{t(`services.where.${account}.other`)}</li>
      </ul>
      {account === 'huawei' && (
        <div>
          <ChoiceGroup
            layout="row"
            label={t('services.fields.authentication')}
            value={authentication}
            choices={(['keys', 'token'] as const).map((value) => ({
              value,
              label: t(`services.authentications.${value}`),
            }))}
            onChange={(value) => void setAccount('huawei', { authentication: value })}
          />
          <p className={fields['choiceNote']}>
            {t(`services.authenticationNotes.${authentication}`)}
          </p>
        </div>
      )}
      <div className={fields['fields']}>{form.fields.map(field)}</div>
      <Disclosure
        look="plain"
        level={5}
        open={rareOpen}
        onToggle={setRareOpen}
        title={t('services.rareFields')}
      >
        <div className={fields['fields']}>{form.rare.map(field)}</div>
      </Disclosure>
    </Disclosure>
  );
}

function AccountState({ service }: { readonly service: ServiceInfo }) {
  const { t } = useTranslation();
  if (service.invalid) {
    return (
      <span className={styles['state']} data-tone="danger">
        {t('services.states.invalid')}
      </span>
    );
  }
  return t(service.configured ? 'services.states.complete' : 'services.states.incomplete');
}

function fieldDetail(field: AccountFieldName) {
  if (field === 'endpoint' || field === 'iamEndpoint') return 'services.endpointDetail';
  return field === 'region' ? 'services.regionDetail' : null;
}
