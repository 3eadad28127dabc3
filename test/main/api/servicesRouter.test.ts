import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../main/engine.ts';
import { createFileLogger, type Logger } from '../../../main/log.ts';
import type { EngineEvent } from '../../../shared/events.ts';

const KEY = 'TESTsecretKEY0001';
const NOW = new Date(2026, 10, 21, 12).getTime();

let base = '';
let engine: Engine;
let logger: Logger;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'tagroll-services-'));
  await open();
});
afterEach(async () => {
  await engine.close();
  await rm(base, { recursive: true });
});

async function open(environment: Record<string, string> = {}): Promise<void> {
  engine = await createEngine({
    libraryPath: join(base, 'library'),
    rendererPath: null,
    now: () => NOW,
    logger: (path, redact) => {
      logger = createFileLogger(path, Date.now, redact);
      return logger;
    },
    revealFile: async () => undefined,
    version: '0',
    live: false,
    environment,
    secrets: { folder: join(base, 'keys'), vault: null },
  });
}

async function reopen(environment: Record<string, string> = {}): Promise<void> {
  await engine.close();
  await open(environment);
}

const client = () => createRouterClient(engine.router);
const service = async (id: string, environment?: Record<string, string>) => {
  const { services } = await client().services.list({ environment });
  const found = services.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};

describe('services', () => {
  it('are five, and say what they lack', async () => {
    const { services, protection } = await client().services.list({});
    expect(protection).toBe('memory');
    expect(services.map(({ id }) => id)).toEqual([
      'tencent-tag',
      'tencent-classify',
      'huawei-tagging',
      'tencent-terrorism',
      'tencent-porn',
    ]);
    expect(services[0]).toMatchObject({
      account: 'tencent',
      kind: 'tags',
      configured: false,
      missing: ['appId', 'secretId', 'secretKey'],
      secretsSet: [],
      fromEnvironment: [],
      address: 'https://service.image.myqcloud.com',
      usage: { month: '2026-11', calls: 0, cost: null, capCalls: null, capMoney: null },
    });
    expect(await service('tencent-porn')).toMatchObject({ kind: 'sensitivity' });
    expect(await service('huawei-tagging')).toMatchObject({
      standing: 'closing',
      closesOn: '2026-12-30',
    });
  });

  it('have their account set, and no key comes back', async () => {
    await client().services.setAccount({
      account: 'tencent',
      values: { appId: ' 1250000001 ', secretId: 'TESTid', secretKey: `${KEY}\n` },
    });
    const listed = await client().services.list({});
    expect(JSON.stringify(listed)).not.toContain('TEST');
    expect(await service('tencent-classify')).toMatchObject({
      configured: true,
      missing: [],
      secretsSet: ['secretId', 'secretKey'],
      fields: { appId: '1250000001' },
    });
    await client().services.setAccount({
      account: 'tencent',
      values: { secretKey: null, appId: null },
    });
    expect(await service('tencent-tag')).toMatchObject({
      missing: ['appId', 'secretKey'],
      fields: {},
    });
  });

  it('forget keys with the process, unless the person agreed to a file', async () => {
    const values = { accessKey: 'TESTaccess', secretKey: KEY };
    await client().services.setAccount({ account: 'huawei', values });
    await reopen();
    expect((await service('huawei-tagging')).secretsSet).toEqual([]);
    await client().settings.set({ key: 'secrets.keepInFile', value: true });
    await client().services.setAccount({ account: 'huawei', values });
    await reopen();
    expect((await service('huawei-tagging')).secretsSet).toEqual(['accessKey', 'secretKey']);
    expect((await client().services.list({})).protection).toBe('file');
    await client().settings.set({ key: 'secrets.keepInFile', value: false });
    await engine.close();
    expect(existsSync(join(base, 'keys', 'secrets-plain.json'))).toBe(false);
    await open();
  });

  it('never write a key into the library, its log or an error', async () => {
    await client().services.setAccount({ account: 'tencent', values: { secretKey: KEY } });
    await client().services.list({ environment: { TAGROLL_HUAWEI_PASSWORD: 'TESTpassword' } });
    logger.error(`something failed with ${KEY} and TESTpassword`);
    await reopen();
    const library = join(base, 'library');
    for (const name of ['library.db', 'library.db-wal', 'tagroll.log']) {
      const path = join(library, name);
      if (existsSync(path)) expect(readFileSync(path, 'latin1')).not.toMatch(/TEST/);
    }
  });

  it('are told from the environment which account to use, of the engine or of the call', async () => {
    await reopen({ TAGROLL_TENCENT_APP_ID: '1250000002', TAGROLL_TENCENT_SECRET_ID: 'TESTid' });
    expect(await service('tencent-tag')).toMatchObject({
      missing: ['secretKey'],
      secretsSet: ['secretId'],
      fromEnvironment: ['appId', 'secretId'],
      fields: { appId: '1250000002' },
    });
    const environment = {
      TAGROLL_TENCENT_SECRET_KEY: KEY,
      TAGROLL_TENCENT_ENDPOINT: 'http://127.0.0.1:4000',
    };
    expect(await service('tencent-tag', environment)).toMatchObject({
      configured: true,
      address: 'http://127.0.0.1:4000',
    });
    expect(await service('tencent-tag')).toMatchObject({ configured: false });
  });

  it('refuse an address that is not encrypted, and say so', async () => {
    const environment = { TAGROLL_TENCENT_ENDPOINT: 'http://service.example' };
    expect(await service('tencent-tag', environment)).toMatchObject({
      configured: false,
      invalid: { field: 'endpoint', code: 'not_encrypted' },
      address: null,
    });
  });

  it('change nothing of an account where one field is wrong', async () => {
    const { setAccount } = client().services;
    await expect(
      setAccount({ account: 'tencent', values: { appId: '1', secretKye: KEY } }),
    ).rejects.toMatchObject({ data: { code: 'usage' } });
    await expect(
      setAccount({ account: 'huawei', values: { user: 'u', authentication: 'magic' } }),
    ).rejects.toMatchObject({ data: { code: 'setting_invalid' } });
    expect((await service('tencent-tag')).fields).toEqual({});
    expect((await service('huawei-tagging')).fields).toEqual({ authentication: 'keys' });
  });

  it('show their caps and prices, and tell windows of a change', async () => {
    const seen: EngineEvent[] = [];
    const stop = new AbortController();
    const events = await client().library.events(undefined, { signal: stop.signal });
    const listening = (async () => {
      for await (const event of events) seen.push(event);
    })();
    await client().settings.set({ key: 'tencent-tag.capCalls', value: 100 });
    await client().settings.set({ key: 'tencent-tag.pricePerThousand', value: 1.5 });
    await expect
      .poll(() => seen.filter(({ type }) => type === 'services-changed').length)
      .toBeGreaterThan(0);
    seen.length = 0;
    await client().services.setAccount({ account: 'tencent', values: { secretId: 'TESTid' } });
    await expect.poll(() => seen.map(({ type }) => type)).toContain('services-changed');
    expect(JSON.stringify(seen)).not.toContain('TEST');
    expect((await service('tencent-tag')).usage).toMatchObject({ capCalls: 100, cost: 0 });
    stop.abort();
    await listening;
  });
});
