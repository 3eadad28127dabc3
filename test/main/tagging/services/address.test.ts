import { describe, expect, it } from 'vitest';
import { originOf, readAddress } from '../../../../main/tagging/services/address.ts';
import { ADAPTERS } from '../../../../main/tagging/services/registry.ts';
import { SERVICE_IDS } from '../../../../shared/services.ts';
import { HUAWEI, HUAWEI_TOKEN, TENCENT } from './fixture.ts';

describe('an address', () => {
  it.each([
    ['https://example.test', 'https://example.test'],
    ['https://example.test:8443/v2/ignored?x', 'https://example.test:8443'],
    ['https://example.test:443', 'https://example.test'],
    ['image.example.test', 'https://image.example.test'],
    ['HTTPS://Example.Test', 'https://example.test'],
    ['http://localhost:9000', 'http://localhost:9000'],
    ['http://127.0.0.1:9000', 'http://127.0.0.1:9000'],
    ['http://127.9.8.7', 'http://127.9.8.7'],
    ['http://[::1]:9000', 'http://[::1]:9000'],
  ])('%s is used as %s', (typed, origin) => {
    expect(readAddress(typed)).toEqual({ origin });
  });

  it.each([
    ['http://example.test', 'not_encrypted'],
    ['http://127.0.0.1.example.test', 'not_encrypted'],
    ['http://localhost.example.test', 'not_encrypted'],
    ['http://128.0.0.1', 'not_encrypted'],
    ['http://[::2]', 'not_encrypted'],
    ['http://0.0.0.0', 'not_encrypted'],
    ['ftp://example.test', 'not_an_address'],
    ['https://user:secret@example.test', 'not_an_address'],
    ['http://localhost:9000@example.test', 'not_an_address'],
    ['https://', 'not_an_address'],
    ['two words', 'not_an_address'],
  ])('%s is refused: %s', (typed, problem) => {
    expect(readAddress(typed)).toEqual({ problem });
  });

  it('falls back where nothing was typed, and to nothing where it cannot be used', () => {
    expect(originOf(undefined, 'https://usual.test')).toBe('https://usual.test');
    expect(originOf(' ', 'https://usual.test')).toBe('https://usual.test');
    expect(originOf('http://example.test', 'https://usual.test')).toBe('');
  });
});

describe('the accounts', () => {
  it('are checked for what is missing', () => {
    for (const id of SERVICE_IDS) {
      const adapter = ADAPTERS[id];
      expect(adapter.id).toBe(id);
      const missing = adapter.check({})?.missing;
      if (adapter.account === 'tencent') {
        expect(missing).toEqual(['appId', 'secretId', 'secretKey']);
        expect(adapter.check(TENCENT)).toBeNull();
      } else {
        expect(missing).toEqual(['projectId', 'accessKey', 'secretKey']);
        expect(adapter.check(HUAWEI)).toBeNull();
      }
    }
  });

  it('of Huawei take a token when it was chosen, or when nothing else is there', () => {
    const { check } = ADAPTERS['huawei-tagging'];
    expect(check(HUAWEI_TOKEN)).toBeNull();
    expect(check({ authentication: 'token' })?.missing).toEqual([
      'projectId',
      'user',
      'password',
      'domain',
    ]);
    expect(check({ projectId: 'p', user: 'u', password: 'p', domain: 'd' })).toBeNull();
    expect(check({ projectId: 'p', user: 'u', password: 'p', accessKey: 'a' })?.missing).toEqual([
      'secretKey',
    ]);
  });

  it('are checked for what cannot be used', () => {
    const tencent = ADAPTERS['tencent-tag'];
    const huawei = ADAPTERS['huawei-tagging'];
    expect(tencent.check({ ...TENCENT, endpoint: 'http://example.test' })).toEqual({
      missing: [],
      invalid: { field: 'endpoint', code: 'not_encrypted' },
    });
    expect(tencent.check({ ...TENCENT, appId: 'x' })?.invalid).toEqual({
      field: 'appId',
      code: 'not_a_number',
    });
    expect(huawei.check({ ...HUAWEI, endpoint: ': :' })?.invalid?.code).toBe('not_an_address');
    expect(huawei.check({ ...HUAWEI, region: 'evil.test/#' })?.invalid?.field).toBe('region');
    const iam = { ...HUAWEI_TOKEN, iamEndpoint: 'http://example.test' };
    expect(huawei.check(iam)?.invalid).toEqual({ field: 'iamEndpoint', code: 'not_encrypted' });
  });

  it('say where requests go', () => {
    expect(ADAPTERS['tencent-tag'].address({})).toBe('https://service.image.myqcloud.com');
    for (const id of ['tencent-classify', 'tencent-terrorism', 'tencent-porn'] as const) {
      expect(ADAPTERS[id].address({})).toBe('https://recognition.image.myqcloud.com');
      expect(ADAPTERS[id].address({ endpoint: 'http://127.0.0.1:1' })).toBe('http://127.0.0.1:1');
    }
    const { address } = ADAPTERS['huawei-tagging'];
    expect(address({})).toBe('https://image.ae-ad-1.g42cloud.com');
    expect(address({ region: 'ae-ad-1' })).toBe('https://image.ae-ad-1.g42cloud.com');
    expect(address({ region: 'cn-north-4' })).toBe('https://image.cn-north-4.myhuaweicloud.com');
    expect(address({ region: 'cn-north-4', endpoint: 'https://a.test' })).toBe('https://a.test');
  });
});
