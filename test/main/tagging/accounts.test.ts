import { describe, expect, it } from 'vitest';
import {
  createAccounts,
  SERVICE_VARIABLES,
  type ServiceEnvironment,
  serviceSettingsDiffer,
} from '../../../main/tagging/accounts.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';

const STORED: Record<string, string> = {
  'tencent.secretId': 'TESTstoredId',
  'tencent.secretKey': 'TESTstoredKey',
};
const TENCENT: Partial<Settings> = { 'tencent.appId': '1250000001', 'tencent.bucket': 'photos' };
const USER = {
  TAGROLL_HUAWEI_USER: 'TESTuser',
  TAGROLL_HUAWEI_PASSWORD: 'TESTpassword',
  TAGROLL_HUAWEI_DOMAIN: 'TESTdomain',
};
const KEYS = { TAGROLL_HUAWEI_ACCESS_KEY: 'TESTak', TAGROLL_HUAWEI_SECRET_KEY: 'TESTsk' };

function accountsOf(options: {
  settings?: Partial<Settings>;
  secrets?: Record<string, string>;
  environment?: ServiceEnvironment;
  onSecret?: (value: string) => void;
}) {
  const { settings = {}, secrets = {}, environment = {}, onSecret } = options;
  return createAccounts({
    settings: () => ({ ...DEFAULT_SETTINGS, ...settings }),
    secrets: { get: async (name) => secrets[name] ?? null },
    environment,
    ...(onSecret ? { onSecret } : {}),
  });
}

describe('the values of an account', () => {
  it('are what is stored; empty fields are left out', async () => {
    const accounts = accountsOf({ settings: TENCENT, secrets: STORED });
    expect(await accounts.values('tencent')).toEqual({
      appId: '1250000001',
      bucket: 'photos',
      secretId: 'TESTstoredId',
      secretKey: 'TESTstoredKey',
    });
    expect(await accounts.values('huawei')).toEqual({ authentication: 'keys' });
    expect(accounts.fromEnvironment('tencent')).toEqual([]);
  });

  it("are the engine's environment before, and the call's before that", async () => {
    const accounts = accountsOf({
      settings: TENCENT,
      secrets: STORED,
      environment: {
        TAGROLL_TENCENT_APP_ID: '1250000002',
        TAGROLL_TENCENT_SECRET_KEY: 'TESTengineKey',
        TAGROLL_TENCENT_BUCKET: '',
      },
    });
    const override = {
      TAGROLL_TENCENT_SECRET_KEY: ' TESTcallKey ',
      TAGROLL_TENCENT_ENDPOINT: 'http://127.0.0.1:1234',
    };
    expect(await accounts.values('tencent', override)).toEqual({
      appId: '1250000002',
      bucket: 'photos',
      endpoint: 'http://127.0.0.1:1234',
      secretId: 'TESTstoredId',
      secretKey: 'TESTcallKey',
    });
    expect(accounts.fromEnvironment('tencent', override).toSorted()).toEqual([
      'appId',
      'endpoint',
      'secretKey',
    ]);
    expect((await accounts.values('tencent'))['secretKey']).toBe('TESTengineKey');
  });

  it('come from every documented variable and from no other', async () => {
    const environment = Object.fromEntries(
      [...SERVICE_VARIABLES, 'TAGROLL_HUAWEI_TOKEN', 'HUAWEI_REGION'].map((name) => [name, name]),
    );
    const accounts = accountsOf({ environment });
    const values = await accounts.values('huawei');
    const name = (rest: string): string => `TAGROLL_HUAWEI_${rest}`;
    expect(values).toEqual({
      authentication: 'keys',
      projectId: name('PROJECT_ID'),
      region: name('REGION'),
      endpoint: name('ENDPOINT'),
      user: name('USER'),
      domain: name('DOMAIN'),
      iamEndpoint: name('IAM_ENDPOINT'),
      accessKey: name('ACCESS_KEY'),
      secretKey: name('SECRET_KEY'),
      password: name('PASSWORD'),
    });
    expect(Object.keys(await accounts.values('tencent'))).toHaveLength(5);
    expect(SERVICE_VARIABLES).toHaveLength(15);
  });

  it('tell every secret of an environment to who keeps it out of the log', async () => {
    const told: string[] = [];
    const accounts = accountsOf({ environment: USER, onSecret: (value) => told.push(value) });
    await accounts.values('huawei', KEYS);
    expect(told).toEqual(expect.arrayContaining(['TESTpassword', 'TESTak', 'TESTsk']));
    expect(told).not.toContain('TESTuser');
  });

  it("an environment's region is not sent to the stored address of another one", async () => {
    const settings: Partial<Settings> = {
      'huawei.region': 'cn-north-4',
      'huawei.endpoint': 'https://image.cn-north-4.example',
      'huawei.iamEndpoint': 'https://iam.cn-north-4.example',
    };
    const accounts = accountsOf({ settings });
    const other = await accounts.values('huawei', { TAGROLL_HUAWEI_REGION: 'ap-southeast-1' });
    expect(other).toEqual({ authentication: 'keys', region: 'ap-southeast-1' });
    const same = await accounts.values('huawei', { TAGROLL_HUAWEI_REGION: 'cn-north-4' });
    expect(same).toMatchObject({ endpoint: 'https://image.cn-north-4.example' });
  });
});

describe('how Huawei is signed in to', () => {
  const stored = { 'huawei.accessKey': 'TESTak', 'huawei.secretKey': 'TESTsk' };
  const user: Partial<Settings> = { 'huawei.user': 'TESTuser', 'huawei.domain': 'TESTdomain' };
  const token: Partial<Settings> = { ...user, 'huawei.authentication': 'token' };
  const password = { 'huawei.password': 'TESTpassword' };

  it.each([
    ['keys, where there is nothing', {}, {}, {}, 'keys'],
    ['keys, where there are keys and a user', user, { ...stored, ...password }, {}, 'keys'],
    ['the token, where there are no keys but a user', user, password, {}, 'token'],
    ['the token, where the setting says so', token, { ...stored, ...password }, {}, 'token'],
    ["the environment's keys before the setting", token, password, KEYS, 'keys'],
    ["the environment's user before stored keys", {}, stored, USER, 'token'],
    ["the environment's keys before its user", {}, {}, { ...USER, ...KEYS }, 'keys'],
  ])('is by %s', async (_what, settings, secrets, environment, wanted) => {
    const here = accountsOf({ settings, secrets, environment });
    expect((await here.values('huawei'))['authentication']).toBe(wanted);
    const there = accountsOf({ settings, secrets });
    expect((await there.values('huawei', environment))['authentication']).toBe(wanted);
  });
});

describe('whether a service could be asked', () => {
  it('depends on its account alone', async () => {
    const accounts = accountsOf({ settings: TENCENT, secrets: STORED });
    expect(await accounts.isConfigured('tencent-tag')).toBe(true);
    expect(await accounts.isConfigured('huawei-tagging')).toBe(false);
    const project = { TAGROLL_HUAWEI_PROJECT_ID: 'TESTproject' };
    expect(await accounts.isConfigured('huawei-tagging', { ...KEYS, ...project })).toBe(true);
    expect(await accounts.isConfigured('huawei-tagging', { ...USER, ...project })).toBe(true);
  });
});

describe('the long side of uploads', () => {
  it('is what the nearest environment says', () => {
    const accounts = accountsOf({ environment: { TAGROLL_UPLOAD_LONG_SIDE: '1024' } });
    expect(accounts.uploadLongSide()).toBe(1024);
    expect(accounts.uploadLongSide({ TAGROLL_UPLOAD_LONG_SIDE: '4096' })).toBe(4096);
    expect(accountsOf({}).uploadLongSide({ TAGROLL_UPLOAD_LONG_SIDE: '' })).toBeNull();
  });

  it.each(['large', '-5', '10.5', '0', '1e3', '999999999'])('cannot be %s', (text) => {
    const ask = (): unknown => accountsOf({}).uploadLongSide({ TAGROLL_UPLOAD_LONG_SIDE: text });
    expect(ask).toThrow('TAGROLL_UPLOAD_LONG_SIDE must be a whole number');
  });
});

describe('settings that a service shows', () => {
  it('are its own and its account’s', () => {
    const differ = (change: Partial<Settings>): boolean =>
      serviceSettingsDiffer(DEFAULT_SETTINGS, { ...DEFAULT_SETTINGS, ...change });
    expect(differ({ 'tencent.appId': '1' })).toBe(true);
    expect(differ({ 'huawei-tagging.capCalls': 5 })).toBe(true);
    expect(differ({ 'secrets.keepInFile': true })).toBe(true);
    expect(differ({ lens: 51, theme: 'dark' })).toBe(false);
  });
});
