import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askHuawei, askTencent, askToken, plainPicture, TENCENT_SERVICES } from './clients.ts';
import {
  HUAWEI_CODES,
  HUAWEI_DOCUMENT_CODES,
  HUAWEI_STATUSES,
  NO_CODE_TOO_FAST,
  SENT_TOO_FAST,
} from './huaweiCodes.ts';
import { type Simulators, startSimulators } from './start.ts';
import { ACCOUNT_ABNORMAL, CODES_ON_PAGE, TENCENT_CODES } from './tencentCodes.ts';

let simulators: Simulators;
let picture: Buffer;

beforeAll(async () => {
  simulators = await startSimulators();
  picture = await plainPicture({ width: 32, height: 32 });
});
beforeEach(() => {
  simulators.tencent.calm();
  simulators.huawei.calm();
});
afterAll(() => simulators.close());

const statusOf = (code: string): number | null =>
  code.startsWith('http.') ? Number(code.slice(5)) : null;

describe.each(TENCENT_SERVICES)('%s', (service) => {
  it('can answer every code there is', async () => {
    const { tencent } = simulators;
    for (const code of Object.keys(TENCENT_CODES)) {
      tencent.next({ kind: 'code', code });
      const { status, json } = await askTencent(tencent, service, picture);
      if (statusOf(code) === null) {
        expect([status, json.code ?? json.errorcode]).toEqual([200, Number(code)]);
        expect(json.message ?? json.errormsg).toBe(TENCENT_CODES[code]);
      } else expect(status).toBe(statusOf(code));
      expect(tencent.requests.at(-1)).toMatchObject({ code, verdict: 'faulted' });
    }
  });

  it('knows the codes of its page', () => {
    const known = Object.keys(TENCENT_CODES);
    expect(CODES_ON_PAGE[service].filter((code) => !known.includes(code))).toEqual([]);
    expect(CODES_ON_PAGE[service]).toHaveLength(service === 'tencent-tag' ? 28 : 15);
  });
});

describe('tencent', () => {
  it('can say that the account owes money', async () => {
    simulators.tencent.next({ kind: 'code', code: '3', message: ACCOUNT_ABNORMAL });
    const { json } = await askTencent(simulators.tencent, 'tencent-tag', picture);
    expect(json).toEqual({ code: 3, message: 'account abnormal,errorno is:2' });
  });
});

describe('huawei-tagging', () => {
  it('can answer every code there is', async () => {
    const { huawei } = simulators;
    expect(HUAWEI_DOCUMENT_CODES).toHaveLength(30);
    expect(HUAWEI_STATUSES.length).toBeGreaterThan(20);
    // A browser's fetch, and Node's, gives 407 to nobody: it has a test of its own.
    const codes = Object.keys(HUAWEI_CODES).filter((code) => code !== 'http.407');
    for (const code of codes) {
      huawei.next({ kind: 'code', code });
      const { status, json } = await askHuawei(huawei, picture);
      const hasCode = statusOf(code) === null && code !== NO_CODE_TOO_FAST;
      expect(json.error_code).toBe(hasCode ? code : undefined);
      expect(json.error_msg).toBe(HUAWEI_CODES[code]);
      expect(status).toBe(statusOf(code) ?? (code === 'APIG.0308' ? 429 : 400));
    }
  });

  it('can be a proxy that wants to know who calls', async () => {
    simulators.huawei.next({ kind: 'code', code: 'http.407' });
    await expect(askHuawei(simulators.huawei, picture)).rejects.toThrow('fetch failed');
    expect(simulators.huawei.requests.at(-1)).toMatchObject({ status: 407, code: 'http.407' });
  });

  it('can refuse without a code, as the document has it', async () => {
    simulators.huawei.next({ kind: 'code', code: NO_CODE_TOO_FAST });
    const { status, json } = await askHuawei(simulators.huawei, picture);
    expect([status, json]).toEqual([400, { error_msg: SENT_TOO_FAST }]);
  });

  it('can take another status, other words and a time to wait', async () => {
    simulators.huawei.next({
      kind: 'code',
      code: 'APIG.0301',
      status: 401,
      message: 'odd',
      retryAfterSeconds: 7,
    });
    const { status, json, headers } = await askHuawei(simulators.huawei, picture);
    expect([status, json.error_msg, headers.get('retry-after')]).toEqual([401, 'odd', '7']);
  });
});

describe('huawei-iam', () => {
  it('can fail', async () => {
    for (const code of ['http.403', 'http.500', 'http.503']) {
      simulators.huawei.next({ kind: 'code', code }, { service: 'huawei-iam' });
      expect((await askToken(simulators.huawei)).status).toBe(statusOf(code));
    }
  });
});
