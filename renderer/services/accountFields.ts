import { ACCOUNT_FIELDS, type AccountId } from '../../shared/services.ts';
import type { Translate } from '../i18n/index.ts';

type FieldOf<Account extends AccountId> =
  | (typeof ACCOUNT_FIELDS)[Account]['plain'][number]
  | (typeof ACCOUNT_FIELDS)[Account]['secret'][number];

export type AccountFieldName = FieldOf<'tencent'> | FieldOf<'huawei'>;

/** How the form of an account is laid out. */
export type AccountForm = {
  /** In the order in which a person fills them in. */
  readonly fields: readonly AccountFieldName[];
  /** For those who need them; folded away. */
  readonly rare: readonly AccountFieldName[];
};

/** The form for an account; Huawei's depends on how one proves who one is. */
export function accountForm(account: AccountId, authentication: string): AccountForm {
  if (account === 'tencent') {
    return { fields: ['appId', 'secretId', 'secretKey'], rare: ['bucket', 'endpoint'] };
  }
  if (authentication === 'token') {
    return {
      fields: ['user', 'password', 'domain', 'projectId', 'region'],
      rare: ['endpoint', 'iamEndpoint'],
    };
  }
  return { fields: ['accessKey', 'secretKey', 'projectId', 'region'], rare: ['endpoint'] };
}

export function isSecret(account: AccountId, field: AccountFieldName): boolean {
  const secrets: readonly string[] = ACCOUNT_FIELDS[account].secret;
  return secrets.includes(field);
}

/** What the console of its maker calls a field. */
export function fieldLabel(account: AccountId, field: AccountFieldName, t: Translate): string {
  return account === 'huawei' && field === 'secretKey'
    ? t('services.fields.huaweiSecretKey')
    : t(`services.fields.${field}`);
}

/** The same for a name from the engine; the name itself where the form does not have it. */
export function missingLabel(account: AccountId, field: string, t: Translate): string {
  const known: readonly string[] = [
    ...ACCOUNT_FIELDS[account].plain,
    ...ACCOUNT_FIELDS[account].secret,
  ];
  return known.includes(field) ? fieldLabel(account, field as AccountFieldName, t) : field;
}
