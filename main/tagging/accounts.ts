/**
 * The values of an account: a call's own environment wins over the engine's, which wins over what is
 * stored. Nothing of an environment is ever stored or logged.
 */
import { TagrollError } from '../../shared/errors.ts';
import {
  ACCOUNT_FIELDS,
  ACCOUNT_OF,
  type AccountId,
  type SecretName,
  type ServiceId,
} from '../../shared/services.ts';
import { SETTING_KEYS, type SettingKey, type Settings } from '../../shared/settings.ts';
import type { SecretStore } from '../secrets.ts';
import { ADAPTERS } from './services/registry.ts';
import type { AccountValues } from './types.ts';

/** Variables by name. */
export type ServiceEnvironment = Readonly<Record<string, string>>;

export type Accounts = {
  /** What is in force; empty fields are left out. */
  values(account: AccountId, override?: ServiceEnvironment): Promise<AccountValues>;
  /** Fields whose value comes from an environment. */
  fromEnvironment(account: AccountId, override?: ServiceEnvironment): readonly string[];
  /** Long side of uploads in pixels that the environment asks for; null: it does not. Throws `usage`. */
  uploadLongSide(override?: ServiceEnvironment): number | null;
  /** Whether the service could be asked. */
  isConfigured(service: ServiceId, override?: ServiceEnvironment): Promise<boolean>;
};

/** The variable of each field that has one. */
const VARIABLES: Readonly<Record<AccountId, Readonly<Record<string, string>>>> = {
  tencent: {
    appId: 'TAGROLL_TENCENT_APP_ID',
    bucket: 'TAGROLL_TENCENT_BUCKET',
    endpoint: 'TAGROLL_TENCENT_ENDPOINT',
    secretId: 'TAGROLL_TENCENT_SECRET_ID',
    secretKey: 'TAGROLL_TENCENT_SECRET_KEY',
  },
  huawei: {
    projectId: 'TAGROLL_HUAWEI_PROJECT_ID',
    region: 'TAGROLL_HUAWEI_REGION',
    endpoint: 'TAGROLL_HUAWEI_ENDPOINT',
    user: 'TAGROLL_HUAWEI_USER',
    domain: 'TAGROLL_HUAWEI_DOMAIN',
    iamEndpoint: 'TAGROLL_HUAWEI_IAM_ENDPOINT',
    accessKey: 'TAGROLL_HUAWEI_ACCESS_KEY',
    secretKey: 'TAGROLL_HUAWEI_SECRET_KEY',
    password: 'TAGROLL_HUAWEI_PASSWORD',
  },
};

const LONG_SIDE_VARIABLE = 'TAGROLL_UPLOAD_LONG_SIDE';
/** Pixels. */
const SMALLEST_LONG_SIDE = 16;
const LARGEST_LONG_SIDE = 100_000;

/** Every variable that the engine knows: doors pick these and no others. */
export const SERVICE_VARIABLES: readonly string[] = [
  ...Object.values(VARIABLES).flatMap((fields) => Object.values(fields)),
  LONG_SIDE_VARIABLE,
];

export function createAccounts(options: {
  readonly settings: () => Settings;
  readonly secrets: Pick<SecretStore, 'get'>;
  readonly environment: ServiceEnvironment;
  /** Hears every secret value of an environment, so that it can be kept out of what is written. */
  readonly onSecret?: (value: string) => void;
}): Accounts {
  const { settings, secrets } = options;

  const layersOf = (
    account: AccountId,
    override: ServiceEnvironment = {},
  ): readonly AccountValues[] =>
    [override, options.environment].map((environment) => {
      const layer = readLayer(account, environment);
      for (const field of ACCOUNT_FIELDS[account].secret) {
        const value = layer[field];
        if (value !== undefined) options.onSecret?.(value);
      }
      return layer;
    });

  const stored = async (account: AccountId): Promise<AccountValues> => {
    const values: Record<string, string> = {};
    for (const field of ACCOUNT_FIELDS[account].plain) {
      const value = settings()[`${account}.${field}` as SettingKey];
      if (typeof value === 'string' && value !== '') values[field] = value;
    }
    for (const field of ACCOUNT_FIELDS[account].secret) {
      const value = await secrets.get(`${account}.${field}` as SecretName);
      if (value !== null && value !== '') values[field] = value;
    }
    return values;
  };

  const values = async (
    account: AccountId,
    override?: ServiceEnvironment,
  ): Promise<AccountValues> => {
    const layers = layersOf(account, override);
    const kept = await stored(account);
    const merged = [...layers, kept].reduceRight(overlay, {});
    return account === 'huawei'
      ? { ...merged, authentication: authenticationOf(layers, merged) }
      : merged;
  };

  return {
    values,
    fromEnvironment(account, override) {
      const [own = {}, engines = {}] = layersOf(account, override);
      return Object.keys({ ...engines, ...own });
    },
    uploadLongSide(override = {}) {
      const text = nonEmpty(
        override[LONG_SIDE_VARIABLE] ?? options.environment[LONG_SIDE_VARIABLE],
      );
      if (text === undefined) return null;
      const pixels = Number(text);
      if (/^\d+$/.test(text) && pixels >= SMALLEST_LONG_SIDE && pixels <= LARGEST_LONG_SIDE) {
        return pixels;
      }
      throw new TagrollError(
        'usage',
        `${LONG_SIDE_VARIABLE} must be a whole number of pixels from ${SMALLEST_LONG_SIDE} to ${LARGEST_LONG_SIDE}; set it anew or leave it out.`,
      );
    },
    async isConfigured(service, override) {
      const account = await values(ACCOUNT_OF[service], override);
      return ADAPTERS[service].check(account) === null;
    },
  };
}

/** Whether anything changed that a person sees of services: their account, price, cap, rate. */
export function serviceSettingsDiffer(before: Settings, after: Settings): boolean {
  return SETTING_KEYS.some(
    (key) =>
      /^(tencent|huawei|secrets)[.-]/.test(key) &&
      JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
}

function readLayer(account: AccountId, environment: ServiceEnvironment): AccountValues {
  const values: Record<string, string> = {};
  for (const [field, variable] of Object.entries(VARIABLES[account])) {
    const value = nonEmpty(environment[variable]);
    if (value !== undefined) values[field] = value;
  }
  return values;
}

function nonEmpty(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}

/** An address that belongs to another region is of no use to the one that wins. */
function overlay(below: AccountValues, above: AccountValues): AccountValues {
  if (above['region'] === undefined || above['region'] === below['region']) {
    return { ...below, ...above };
  }
  const { endpoint: _endpoint, iamEndpoint: _iam, ...rest } = below;
  return { ...rest, ...above };
}

/** Keys come first. Who gives only a user in the environment, or has no keys at all, means the token. */
function authenticationOf(
  environment: readonly AccountValues[],
  merged: AccountValues,
): 'keys' | 'token' {
  for (const { accessKey, secretKey, user, password } of environment) {
    if (accessKey !== undefined || secretKey !== undefined) return 'keys';
    if (user !== undefined || password !== undefined) return 'token';
  }
  if (merged['authentication'] === 'token') return 'token';
  const lacks = (...fields: readonly string[]): boolean =>
    fields.every((field) => merged[field] === undefined);
  const hasUser = !lacks('user') && !lacks('password');
  return lacks('accessKey', 'secretKey') && hasUser ? 'token' : 'keys';
}
