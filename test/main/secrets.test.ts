import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Logger } from '../../main/log.ts';
import { createSecretStore, type SecretStore, type Vault } from '../../main/secrets.ts';

const KEY = 'TESTsecretKEY0001';
const hasModes = process.platform !== 'win32';

let base = '';
let folder = '';
let agreed = false;
let logged: string[] = [];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'tagroll-secrets-'));
  folder = join(base, 'data', 'keys');
  agreed = false;
  logged = [];
});
afterEach(() => rm(base, { recursive: true }));

const note = (message: string, data?: object): void => {
  logged.push(`${message} ${JSON.stringify(data)}`);
};
const logger: Logger = { info: note, warn: note, error: note };
const mode = (path: string): number => statSync(path).mode & 0o777;
const plainPath = (): string => join(folder, 'secrets-plain.json');
const vaultPath = (): string => join(folder, 'secrets.json');

function open(vault: Vault | null = null, onValue?: (value: string) => void): SecretStore {
  return createSecretStore({
    place: { folder, vault },
    keepInFile: () => agreed,
    logger,
    ...(onValue ? { onValue } : {}),
  });
}

/** Turns letters around: enough to see that the file does not hold the value. */
function fakeVault(changes: Partial<Vault> & { generation?: number } = {}): Vault {
  const turn = (text: string): string => [...text].reverse().join('');
  const { generation = 1, ...others } = changes;
  return {
    protection: async () => 'keychain',
    encrypt: async (text) => `${generation}:${turn(text)}`,
    decrypt: async (encrypted) => {
      const [made = '', text = ''] = encrypted.split(':');
      return { text: turn(text), isOld: Number(made) < generation };
    },
    ...others,
  };
}

describe('without a keychain', () => {
  it('keys live in memory, and nothing is written', async () => {
    const store = open();
    expect(await store.protection()).toBe('memory');
    await store.set('tencent.secretKey', KEY);
    await store.set('huawei.password', 'TESTpassword');
    expect(await store.get('tencent.secretKey')).toBe(KEY);
    expect(await store.names()).toEqual(['tencent.secretKey', 'huawei.password']);
    await store.set('tencent.secretKey', null);
    expect(await store.get('tencent.secretKey')).toBeNull();
    expect(await store.names()).toEqual(['huawei.password']);
    expect(existsSync(folder)).toBe(false);
    expect(await open().names()).toEqual([]);
  });

  it('a file that only this user may read keeps them, if the person agreed', async () => {
    agreed = true;
    const store = open();
    expect(await store.protection()).toBe('file');
    await store.set('tencent.secretKey', KEY);
    await store.set('tencent.secretId', 'TESTid');
    expect(readdirSync(folder)).toEqual(['secrets-plain.json']);
    if (hasModes) {
      expect([mode(folder), mode(plainPath())]).toEqual([0o700, 0o600]);
    }
    const later = open();
    expect(await later.get('tencent.secretKey')).toBe(KEY);
    expect(await later.names()).toEqual(['tencent.secretId', 'tencent.secretKey']);
  });

  it('the agreement moves what is in memory to the file, and its end takes the file away', async () => {
    const store = open();
    await store.set('tencent.secretKey', KEY);
    agreed = true;
    store.agreementChanged();
    expect(await store.protection()).toBe('file');
    expect(readFileSync(plainPath(), 'utf8')).toContain(KEY);
    await store.set('huawei.accessKey', 'TESTaccess');
    agreed = false;
    store.agreementChanged();
    await store.close();
    expect(readdirSync(folder)).toEqual([]);
    expect(await store.protection()).toBe('memory');
    expect(await store.get('tencent.secretKey')).toBe(KEY);
    expect(await store.get('huawei.accessKey')).toBe('TESTaccess');
  });

  it('another library that never agreed leaves the file alone', async () => {
    agreed = true;
    await open().set('tencent.secretKey', KEY);
    agreed = false;
    const other = open();
    other.agreementChanged();
    expect(await other.get('tencent.secretKey')).toBeNull();
    await other.close();
    expect(existsSync(plainPath())).toBe(true);
  });

  it.runIf(hasModes)('a file that others could read is closed to them', async () => {
    agreed = true;
    await open().set('tencent.secretKey', KEY);
    chmodSync(plainPath(), 0o644);
    expect(await open().get('tencent.secretKey')).toBe(KEY);
    expect(mode(plainPath())).toBe(0o600);
    chmodSync(folder, 0o755);
    await open().set('tencent.secretId', 'TESTid');
    expect(mode(folder)).toBe(0o700);
    expect(logged.join()).toContain('could be read by others');
  });

  it.each([
    ['half a file', `{"version":1,"values":{"tencent.secretKey":"${KEY}`],
    ['another version', `{"version":2,"values":{"tencent.secretKey":"${KEY}"}}`],
    ['no values', `["${KEY}"]`],
    ['an empty file', ''],
  ])('%s is moved aside, and told without what is in it', async (_what, text) => {
    agreed = true;
    mkdirSync(folder, { recursive: true });
    writeFileSync(plainPath(), text, { mode: 0o600 });
    const store = open();
    expect(await store.get('tencent.secretKey')).toBeNull();
    expect(readFileSync(`${plainPath()}.damaged`, 'utf8')).toBe(text);
    await store.set('tencent.secretKey', 'TESTanother');
    expect(await store.get('tencent.secretKey')).toBe('TESTanother');
    expect(logged.join()).toContain('damaged');
    expect(logged.join()).not.toContain(KEY);
    agreed = false;
    store.agreementChanged();
    await store.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('two Tagrolls write to one file without losing what the other wrote', async () => {
    agreed = true;
    const one = open();
    const other = open();
    await one.set('tencent.secretId', 'TESTid');
    await other.set('tencent.secretKey', KEY);
    expect(await one.names()).toEqual(['tencent.secretId', 'tencent.secretKey']);
  });

  it('changes at the same time are all kept', async () => {
    agreed = true;
    const store = open();
    await Promise.all([
      store.set('tencent.secretId', 'TESTid'),
      store.set('tencent.secretKey', KEY),
      store.set('huawei.accessKey', 'TESTaccess'),
    ]);
    expect(await store.names()).toHaveLength(3);
  });

  it('a file that cannot be written is named, with the next step and without the key', async () => {
    agreed = true;
    mkdirSync(base, { recursive: true });
    writeFileSync(join(base, 'data'), 'a file where a folder should be');
    const store = open();
    const failure = await store.set('tencent.secretKey', KEY).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'internal' });
    expect(String(failure)).toContain(plainPath());
    expect(JSON.stringify(failure)).not.toContain(KEY);
    expect(await store.get('tencent.secretKey')).toBeNull();
  });

  it('without a place, an agreement changes nothing', async () => {
    agreed = true;
    const store = createSecretStore({ place: null, keepInFile: () => agreed, logger });
    await store.set('tencent.secretKey', KEY);
    expect([await store.protection(), await store.get('tencent.secretKey')]).toEqual([
      'memory',
      KEY,
    ]);
  });

  it('every value is told to who keeps it out of the log', async () => {
    agreed = true;
    const told: string[] = [];
    await open(null, (value) => told.push(value)).set('tencent.secretKey', KEY);
    expect(told).toContain(KEY);
    const later: string[] = [];
    await open(null, (value) => later.push(value)).get('tencent.secretId');
    expect(later).toEqual([KEY]);
  });
});

describe('with a keychain', () => {
  it('only what it encrypted is written', async () => {
    const store = open(fakeVault());
    expect(await store.protection()).toBe('keychain');
    await store.set('tencent.secretKey', KEY);
    expect(readFileSync(vaultPath(), 'utf8')).not.toContain(KEY);
    if (hasModes) expect([mode(folder), mode(vaultPath())]).toEqual([0o700, 0o600]);
    expect(await open(fakeVault()).get('tencent.secretKey')).toBe(KEY);
    await store.set('tencent.secretKey', null);
    expect(await open(fakeVault()).names()).toEqual([]);
  });

  it('one that protects nothing is said to be so', async () => {
    const store = open(fakeVault({ protection: async () => 'unprotected' }));
    expect(await store.protection()).toBe('unprotected');
  });

  it.each([
    ['cannot encrypt', async () => null],
    [
      'does not answer',
      async () => {
        throw new Error('no answer');
      },
    ],
  ])('one that %s leaves memory', async (_what, protection) => {
    const store = open(fakeVault({ protection }));
    expect(await store.protection()).toBe('memory');
    await store.set('tencent.secretKey', KEY);
    expect(await store.get('tencent.secretKey')).toBe(KEY);
    expect(existsSync(vaultPath())).toBe(false);
  });

  it('a key that cannot be decrypted is as if it were not there, and stays until it is replaced', async () => {
    await open(fakeVault()).set('tencent.secretKey', KEY);
    const decrypt = async (): Promise<never> => {
      throw new Error('the keychain was reset');
    };
    const store = open(fakeVault({ decrypt }));
    expect(await store.get('tencent.secretKey')).toBeNull();
    expect(await store.names()).toEqual([]);
    await store.set('huawei.accessKey', 'TESTaccess');
    expect(await open(fakeVault()).names()).toEqual(['tencent.secretKey', 'huawei.accessKey']);
    expect(logged.join()).toContain('tencent.secretKey');
    expect(logged.join()).not.toContain(KEY);
  });

  it('what an old key encrypted is encrypted anew', async () => {
    await open(fakeVault()).set('tencent.secretKey', KEY);
    expect(await open(fakeVault({ generation: 2 })).get('tencent.secretKey')).toBe(KEY);
    const text = readFileSync(vaultPath(), 'utf8');
    expect(text).toContain('"2:');
    expect(text).not.toContain('"1:');
  });

  it('each value is decrypted once', async () => {
    await open(fakeVault()).set('tencent.secretKey', KEY);
    let times = 0;
    const usual = fakeVault();
    const store = open({
      ...usual,
      decrypt: (encrypted) => {
        times += 1;
        return usual.decrypt(encrypted);
      },
    });
    await store.get('tencent.secretKey');
    await store.names();
    await store.get('tencent.secretKey');
    expect(times).toBe(1);
  });

  it('an agreement to a file is not made use of', async () => {
    const store = open(fakeVault());
    await store.set('tencent.secretKey', KEY);
    agreed = true;
    store.agreementChanged();
    await store.close();
    expect(await store.protection()).toBe('keychain');
    expect(readdirSync(folder)).toEqual(['secrets.json']);
  });
});
