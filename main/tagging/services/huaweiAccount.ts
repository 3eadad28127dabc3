/** The fields of a Huawei account: how it signs in, and where its requests go. */
import type { AccountValues, ConfigurationProblem } from '../types.ts';
import { addressProblem, missingFields, originOf } from './address.ts';

/** The region of the document that this service was built from: another operator's. */
const DOCUMENT_REGION = 'ae-ad-1';
const TOKEN_FIELDS = ['user', 'password', 'domain'] as const;
const KEY_FIELDS = ['accessKey', 'secretKey'] as const;

/** Tokens when they were chosen, or when only what they need is there. */
export function usesTokens(account: AccountValues): boolean {
  if (account['authentication'] === 'token') return true;
  const hasAnyKey = missingFields(account, KEY_FIELDS).length < KEY_FIELDS.length;
  return !hasAnyKey && missingFields(account, ['user', 'password']).length === 0;
}

export function checkHuawei(account: AccountValues): ConfigurationProblem | null {
  const isToken = usesTokens(account);
  const missing = missingFields(account, ['projectId', ...(isToken ? TOKEN_FIELDS : KEY_FIELDS)]);
  const region = account['region']?.trim() ?? '';
  const invalid =
    addressProblem(account, 'endpoint') ??
    (isToken ? addressProblem(account, 'iamEndpoint') : null) ??
    (region === '' || /^[a-z0-9]+(-[a-z0-9]+)*$/.test(region)
      ? null
      : ({ field: 'region', code: 'not_an_address' } as const));
  return missing.length === 0 && invalid === null ? null : { missing, invalid };
}

/** Scheme, host and port of the service; empty where what was typed cannot be used. */
export function huaweiAddress(account: AccountValues): string {
  return originOf(account['endpoint'], usualOrigin('image', regionOf(account)));
}

/** Scheme, host and port of IAM, which gives tokens. */
export function iamAddress(account: AccountValues): string {
  return originOf(account['iamEndpoint'], usualOrigin('iam', regionOf(account)));
}

/** The region that was set, else that of the service's address, else the document's. */
export function regionOf(account: AccountValues): string {
  const region = account['region']?.trim() ?? '';
  if (region !== '') return region;
  const ofHost = /^(?:https?:\/\/)?image\.([a-z0-9-]+)\./i.exec(account['endpoint']?.trim() ?? '');
  return ofHost?.[1] ?? DOCUMENT_REGION;
}

function usualOrigin(service: 'image' | 'iam', region: string): string {
  const operator = region === DOCUMENT_REGION ? 'g42cloud' : 'myhuaweicloud';
  return `https://${service}.${region}.${operator}.com`;
}
