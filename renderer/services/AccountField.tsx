import type { AccountId, ServiceInfo } from '../../shared/services.ts';
import { type Translate, useTranslation } from '../i18n/index.ts';
import type { AccountFieldName } from './accountFields.ts';
import { FieldRow } from './FieldRow.tsx';
import styles from './Fields.module.css';
import { setAccount } from './queries.ts';
import { useDraft } from './useDraft.ts';

export type AccountFieldProps = {
  readonly account: AccountId;
  readonly field: AccountFieldName;
  /** Any service of the account. */
  readonly service: ServiceInfo;
  readonly label: string;
  readonly empty?: string;
  readonly detail?: string;
};

/** A field of an account that is no secret. One from the environment can be read, not changed. */
export function AccountField(props: AccountFieldProps) {
  const { account, field, service, label, empty, detail } = props;
  const { t } = useTranslation();
  const draft = useDraft(service.fields[field] ?? '', (text) => {
    void setAccount(account, { [field]: text.trim() || null });
    return true;
  });
  if (service.fromEnvironment.includes(field)) {
    return <EnvironmentField label={label} value={service.fields[field] ?? ''} />;
  }
  const invalid = service.invalid?.field === field ? service.invalid.code : null;
  return (
    <FieldRow
      label={label}
      draft={draft}
      problem={invalid && !draft.isDirty ? invalidText(invalid, t) : null}
      {...(empty === undefined ? {} : { empty })}
      {...(detail === undefined ? {} : { detail })}
    />
  );
}

/** A value that was handed over at the start: it wins over what is stored. Secret ones are not shown. */
export function EnvironmentField({
  label,
  value,
}: {
  readonly label: string;
  readonly value: string;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles['row']}>
      <span className={styles['label']}>{label}</span>
      <div className={styles['value']}>
        {value !== '' && (
          <span className={styles['fixed']} data-selectable>
            {value}
          </span>
        )}
        <span className={styles['unit']}>{t('services.fromEnvironment')}</span>
      </div>
    </div>
  );
}

const INVALID_CODES = ['not_an_address', 'not_encrypted', 'not_a_number'] as const;

/** Why a field of an account cannot be used. */
export function invalidText(code: string, t: Translate): string {
  const known = INVALID_CODES.find((other) => other === code);
  return known ? t(`services.invalid.${known}`) : t('services.invalid.other', { code });
}
