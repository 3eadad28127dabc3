/** All five adapters against simulators that fail: what is done about it, and that nothing leaks. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorClass, Service, ServicePicture } from '../../../main/tagging/types.ts';
import { SERVICE_IDS, type ServiceId } from '../../../shared/services.ts';
import type { Outcome } from '../../simulators/behaviour.ts';
import { plainPicture } from '../../simulators/clients.ts';
import { HUAWEI_CODES, NO_CODE_TOO_FAST } from '../../simulators/huaweiCodes.ts';
import { type Simulators, startSimulators } from '../../simulators/start.ts';
import { ACCOUNT_ABNORMAL, TENCENT_CODES } from '../../simulators/tencentCodes.ts';
import { failureOf, patience, readyPicture, serviceFrom, wordsOf } from './acceptanceParts.ts';

let simulators: Simulators;
let picture: ServicePicture;

const PICTURE_URL = 'https://pictures.test/照片 1.jpg';

beforeAll(async () => {
  picture = await readyPicture();
  const downloads = new Map([[PICTURE_URL, await plainPicture()]]);
  simulators = await startSimulators({ tencent: { downloads }, huawei: { downloads } });
});
beforeEach(() => {
  for (const simulator of [simulators.tencent, simulators.huawei]) {
    simulator.calm();
    simulator.forget();
  }
});
afterAll(() => simulators.close());

const simulatorOf = (id: ServiceId) =>
  id === 'huawei-tagging' ? simulators.huawei : simulators.tencent;
const ask = (service: Service, timeoutMs?: number) => service.tag([picture], patience(timeoutMs));

function expectNoSecrets(error: unknown): void {
  const words = wordsOf(error);
  const { tencent, huawei } = simulators;
  const secrets = [
    tencent.account.secretId,
    tencent.account.secretKey,
    huawei.account.accessKey,
    huawei.account.secretKey,
    huawei.account.password,
    'Signature=',
    // What the base64 of every Tencent signature ends with, and the start of every token.
    Buffer.from(`k=${tencent.account.secretId}`).toString('base64').slice(4, 20),
  ];
  for (const secret of secrets) expect(words).not.toContain(secret);
}

/** What is to be done, as it was decided from the documents. */
const TENCENT_CLASSES: Readonly<Record<ErrorClass, readonly string[]>> = {
  wait: ['7', '8', '15', 'http.503'],
  'sign-again': ['9', '13'],
  retry: [
    ...['16', '17', '107', '108', '200', '201', '202', '203', '213'],
    ...['http.500', 'http.502', 'http.504'],
  ],
  stop: [
    ...['4', '5', '6', '10', '11', '12', '14', '24', '25'],
    ...['http.401', 'http.403', 'http.404', 'http.424'],
  ],
  skip: [
    ...['3', '18', '19', '20', '21', '23', 'http.400', 'http.411', 'http.413'],
    ...['-1102', '-1300', '-1301', '-1304', '-1308', '-1400', '-1403', '-1404'],
    ...['-1505', '-1506', '-1507', '-5062'],
  ],
};

const HUAWEI_CLASSES: Readonly<Record<ErrorClass, readonly string[]>> = {
  wait: ['APIG.0308', 'http.429', NO_CODE_TOO_FAST],
  'sign-again': [],
  retry: [
    ...['AIS.0003', 'AIS.0201', 'AIS.0505', 'AIS.0506'],
    ...['http.408', 'http.500', 'http.502', 'http.504'],
  ],
  stop: [
    ...['AIS.0002', 'AIS.0004', 'AIS.0005', 'AIS.0007', 'APIG.0101', 'APIG.0301', 'APIG.0303'],
    ...['APIGW.0301', 'ModelArts.0203', 'ModelArts.4101', 'ModelArts.4102', 'ModelArts.4103'],
    ...['ModelArts.4106', 'ModelArts.4107', 'ModelArts.4201', 'ModelArts.4202'],
    ...['ModelArts.4203', 'ModelArts.4204'],
    ...['http.401', 'http.403', 'http.404', 'http.405', 'http.407', 'http.503'],
  ],
  skip: [
    ...['AIS.0010', 'AIS.0011', 'AIS.0012', 'AIS.0013', 'AIS.0014', 'AIS.0015', 'AIS.0020'],
    ...['AIS.0501', 'AIS.0502', 'AIS.0503', 'AIS.0504', 'APIG.0201', 'http.413'],
    ...['ModelArts.4104', 'ModelArts.4105', 'ModelArts.4601', 'ModelArts.4603'],
    ...['ModelArts.4702', 'ModelArts.4703', 'ModelArts.4704', 'ModelArts.4705', 'ModelArts.4706'],
  ],
};

const rowsOf = (classes: Readonly<Record<ErrorClass, readonly string[]>>) =>
  Object.entries(classes).flatMap(([errorClass, codes]) =>
    codes.map((code) => ({ code, errorClass })),
  );

describe('the tables', () => {
  it('leave no documented code out', () => {
    const tencent = rowsOf(TENCENT_CLASSES).map(({ code }) => code);
    expect(Object.keys(TENCENT_CODES).filter((code) => !tencent.includes(code))).toEqual([]);
    const huawei = rowsOf(HUAWEI_CLASSES).map(({ code }) => code);
    const bare = Object.keys(HUAWEI_CODES).filter((code) => !code.startsWith('http.'));
    expect(bare.filter((code) => !huawei.includes(code))).toEqual([]);
  });
});

describe.each(SERVICE_IDS)('%s', (id) => {
  const classes = id === 'huawei-tagging' ? HUAWEI_CLASSES : TENCENT_CLASSES;

  it('does the right thing about every code', async () => {
    const service = await serviceFrom(id, simulators.environment);
    for (const { code, errorClass } of rowsOf(classes)) {
      simulatorOf(id).next({ kind: 'code', code });
      const error = await failureOf(ask(service));
      expect([code, error.errorClass, error.known]).toEqual([code, errorClass, true]);
      expect(error.sent).toBe(true);
      if (code !== NO_CODE_TOO_FAST && code !== 'http.407') expect(error.code).toBe(code);
      if (code !== 'http.407')
        expect(error.requestId).toBe(simulatorOf(id).requests.at(-1)?.requestId);
      expectNoSecrets(error);
    }
    await ask(service);
  });

  it('can name an address instead of a picture', async () => {
    const service = await serviceFrom(id, simulators.environment);
    const named = (url: string) =>
      service.tag([{ url, widthPixels: 120, heightPixels: 80 }], patience());
    const [answer] = await named(PICTURE_URL);
    expect(answer?.tags.length).toBeGreaterThan(2);
    expect((await failureOf(named('https://pictures.test/none.jpg'))).errorClass).toBe('skip');
  });

  it('shows a code that nobody knows as it is', async () => {
    const service = await serviceFrom(id, simulators.environment);
    const code = id === 'huawei-tagging' ? 'AIS.9999' : '4711';
    simulatorOf(id).next({ kind: 'code', code });
    expect(await failureOf(ask(service))).toMatchObject({
      code,
      known: false,
      errorClass: 'retry',
    });
  });

  it.each([
    ['resets before answering', { kind: 'reset', when: 'before' }, 'connection_lost', 'retry'],
    ['resets while answering', { kind: 'reset', when: 'during' }, 'connection_lost', 'retry'],
    ['answers garbage', { kind: 'garbage' }, 'garbage_answer', 'retry'],
    ['answers nothing', { kind: 'empty' }, 'garbage_answer', 'retry'],
    ['answers with a page', { kind: 'wrong-type' }, 'sign_in_page', 'retry'],
    ['answers something else', { kind: 'body', body: { hello: 1 } }, 'garbage_answer', 'retry'],
    ['answers without end', { kind: 'huge', bytes: 20_000_000 }, 'too_large_answer', 'retry'],
    [
      'sends elsewhere',
      { kind: 'redirect', location: 'http://127.0.0.1:9/' },
      'redirected',
      'stop',
    ],
    ['hangs', { kind: 'hang' }, 'timed_out', 'retry'],
  ] satisfies readonly (readonly [string, Outcome, string, ErrorClass])[])(
    '%s',
    async (_, outcome, code, errorClass) => {
      const service = await serviceFrom(id, simulators.environment);
      simulatorOf(id).next(outcome);
      const error = await failureOf(ask(service, outcome.kind === 'hang' ? 400 : 10_000));
      expect(error).toMatchObject({ code, errorClass, sent: true });
      expectNoSecrets(error);
      expect(simulatorOf(id).counters().received).toBe(1);
      expect((await ask(service))[0]?.tags.length).toBeGreaterThan(2);
    },
  );

  it('waits as long as it is told to', async () => {
    const service = await serviceFrom(id, simulators.environment);
    simulatorOf(id).behave({ rate: { perSecond: 1, retryAfterSeconds: 7, form: 'gateway' } });
    await ask(service);
    const error = await failureOf(ask(service));
    expect(error).toMatchObject({ errorClass: 'wait', retryAfterMs: 7000 });
  });

  it('says so when it cannot be reached', async () => {
    const gone = await startSimulators();
    const { environment } = gone;
    await gone.close();
    const error = await failureOf(ask(await serviceFrom(id, environment)));
    expect(error).toMatchObject({ code: 'network', sent: false, errorClass: 'retry' });
  });

  it('stops with wrong keys', async () => {
    const wrong = { TAGROLL_TENCENT_SECRET_KEY: 'TESTno', TAGROLL_HUAWEI_SECRET_KEY: 'TESTno' };
    const service = await serviceFrom(id, { ...simulators.environment, ...wrong });
    const error = await failureOf(ask(service));
    expect(error).toMatchObject({
      errorClass: 'stop',
      code: id === 'huawei-tagging' ? 'APIG.0301' : '14',
    });
    expectNoSecrets(error);
    simulatorOf(id).behave({ tencentRefusalStatus: 401, huaweiRefusalStatus: 401 });
    expect((await failureOf(ask(service))).errorClass).toBe('stop');
  });

  it('blames a clock that is 20 minutes ahead', async () => {
    const now = () => Date.now() + 20 * 60_000;
    const service = await serviceFrom(id, simulators.environment, {}, { now });
    const error = await failureOf(ask(service));
    expect(error).toMatchObject({ code: 'clock', errorClass: 'stop' });
    expect(error.message).toContain('20 minutes ahead');
  });
});

describe('tencent', () => {
  it('stops when the account owes money', async () => {
    const service = await serviceFrom('tencent-tag', simulators.environment);
    simulators.tencent.next({ kind: 'code', code: '3', message: ACCOUNT_ABNORMAL });
    expect(await failureOf(ask(service))).toMatchObject({ errorClass: 'stop' });
  });

  it('blames a clock that is 40 minutes behind', async () => {
    const now = () => Date.now() - 40 * 60_000;
    const service = await serviceFrom('tencent-porn', simulators.environment, {}, { now });
    const error = await failureOf(ask(service));
    expect(error).toMatchObject({ code: 'clock', errorClass: 'stop' });
    expect(error.message).toContain('40 minutes behind');
  });

  it('signs anew before a signature ends, and uses it many times until then', async () => {
    let offMs = 0;
    const now = () => Date.now() + offMs;
    const service = await serviceFrom('tencent-tag', simulators.environment, {}, { now });
    for (const minutes of [0, 10, 20, 29, 31, 60, 24 * 60]) {
      offMs = minutes * 60_000;
      simulators.tencent.behave({ clockOffsetMs: offMs });
      await ask(service);
    }
    expect(simulators.tencent.counters()).toMatchObject({ accepted: 7, refused: 0 });
  });
});

describe('huawei', () => {
  it('blames a clock that is 20 minutes behind', async () => {
    const now = () => Date.now() - 20 * 60_000;
    const service = await serviceFrom('huawei-tagging', simulators.environment, {}, { now });
    const error = await failureOf(ask(service));
    expect(error).toMatchObject({ code: 'clock', errorClass: 'stop' });
  });

  it('stops with the project of somebody else', async () => {
    const environment = { ...simulators.environment, TAGROLL_HUAWEI_PROJECT_ID: 'abc123' };
    const error = await failureOf(ask(await serviceFrom('huawei-tagging', environment)));
    expect(error).toMatchObject({ code: 'ModelArts.4203', errorClass: 'stop' });
  });

  it('waits or leaves out what is too large, as the answer says', async () => {
    const service = await serviceFrom('huawei-tagging', simulators.environment);
    simulators.huawei.next({ kind: 'code', code: 'http.413', retryAfterSeconds: 2 });
    expect(await failureOf(ask(service))).toMatchObject({ errorClass: 'wait', retryAfterMs: 2000 });
  });

  it('slows down on the refusal that has no code', async () => {
    const service = await serviceFrom('huawei-tagging', simulators.environment);
    simulators.huawei.behave({ rate: { perSecond: 1, retryAfterSeconds: null, form: 'document' } });
    await ask(service);
    expect(await failureOf(ask(service))).toMatchObject({ errorClass: 'wait', retryAfterMs: null });
  });
});

describe('huawei with a token', () => {
  const tokensAsked = () => simulators.huawei.counters('huawei-iam').received;
  const withToken = (changes: Readonly<Record<string, string>> = {}) =>
    serviceFrom('huawei-tagging', { ...simulators.huawei.tokenEnvironment, ...changes });

  it('asks for one and shares it', async () => {
    const service = await withToken();
    await Promise.all([ask(service), ask(service), ask(service)]);
    await ask(service);
    expect(tokensAsked()).toBe(1);
    expect(simulators.huawei.counters('huawei-tagging').accepted).toBe(4);
  });

  it.each(['APIG.0301', 'ModelArts.0203', 'ModelArts.4101', 'ModelArts.4102', 'ModelArts.4103'])(
    'gets a new one once after %s',
    async (code) => {
      const service = await withToken();
      await ask(service);
      simulators.huawei.next({ kind: 'code', code }, { service: 'huawei-tagging', times: 2 });
      const first = await failureOf(ask(service));
      expect(first).toMatchObject({ errorClass: 'sign-again', code });
      expect((await failureOf(ask(service))).errorClass).toBe('stop');
      expect(tokensAsked()).toBe(2);
      expectNoSecrets(first);
    },
  );

  it('gets a new one when it has expired', async () => {
    const service = await withToken();
    await ask(service);
    simulators.huawei.expireTokens();
    expect((await failureOf(ask(service))).errorClass).toBe('sign-again');
    await ask(service);
    expect(tokensAsked()).toBe(2);
  });

  it('gets a new one before it ends', async () => {
    simulators.huawei.behave({ tokenLifeMs: 60 * 60_000 });
    let offMs = 0;
    const service = await serviceFrom(
      'huawei-tagging',
      simulators.huawei.tokenEnvironment,
      {},
      { now: () => Date.now() + offMs },
    );
    await ask(service);
    offMs = 59 * 60_000;
    simulators.huawei.behave({ clockOffsetMs: offMs });
    await ask(service);
    expect(tokensAsked()).toBe(2);
    expect(simulators.huawei.counters().refused).toBe(0);
  });

  it('stops with a wrong password, and no picture leaves', async () => {
    const service = await withToken({ TAGROLL_HUAWEI_PASSWORD: 'TEST not it' });
    const error = await failureOf(ask(service));
    expect(error).toMatchObject({ errorClass: 'stop', sent: false });
    expect(wordsOf(error)).not.toContain('TEST not it');
    expect(simulators.huawei.counters('huawei-tagging').received).toBe(0);
  });
});
