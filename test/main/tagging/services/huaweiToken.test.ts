import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Service } from '../../../../main/tagging/types.ts';
import { type Answer, type Arrived, openWire, type Wire } from '../../../helpers/wire.ts';
import {
  everythingOf,
  failureOf,
  HUAWEI_TOKEN,
  patience,
  pictureOf,
  SECRETS,
  serviceOf,
  worldOf,
} from './fixture.ts';

const OK: Answer = { body: { result: { tags: [] } } };
const REFUSED: Answer = {
  status: 401,
  body: { error_code: 'APIG.0301', error_msg: 'token expires' },
};

let service: Wire;
let iam: Wire;
let nowMs = Date.now();
beforeEach(async () => {
  service = await openWire();
  iam = await openWire();
  nowMs = Date.now();
  service.answer(OK);
  giveTokens();
});
afterEach(async () => {
  await service.close();
  await iam.close();
});

/** Tokens TESTTOKEN-1, TESTTOKEN-2, … */
function giveTokens(body: unknown = {}, headers: Readonly<Record<string, string>> = {}): void {
  let count = 0;
  iam.answer(() => {
    count += 1;
    return { status: 201, headers: { 'X-Subject-Token': `TESTTOKEN-${count}`, ...headers }, body };
  });
}

function make(): Service {
  const account = { ...HUAWEI_TOKEN, endpoint: service.origin, iamEndpoint: iam.origin };
  return serviceOf('huawei-tagging', account, {}, worldOf({ now: () => nowMs }));
}

const ask = (asked: Service) => asked.tag([pictureOf()], patience());
const tokensOf = (arrived: readonly Arrived[]) =>
  arrived.map(({ headers }) => headers['x-auth-token']);

describe('the token', () => {
  it('is asked for as documented, and sent instead of a signature', async () => {
    await ask(make());
    const [login] = iam.arrived;
    expect(login).toMatchObject({ method: 'POST', path: '/v3/auth/tokens' });
    expect(JSON.parse(login?.body.toString() ?? '')).toEqual({
      auth: {
        identity: {
          methods: ['password'],
          password: {
            user: {
              name: 'testuser',
              password: 'testpassword-0001',
              domain: { name: 'testdomain' },
            },
          },
        },
        scope: { project: { name: 'test-region-1' } },
      },
    });
    expect(service.arrived[0]?.headers).toMatchObject({ 'x-auth-token': 'TESTTOKEN-1' });
    expect(service.arrived[0]?.headers.authorization).toBeUndefined();
  });

  it('is shared by all who wait for it, and kept', async () => {
    const asked = make();
    await Promise.all([ask(asked), ask(asked), ask(asked)]);
    await ask(asked);
    expect(iam.arrived).toHaveLength(1);
    expect(new Set(tokensOf(service.arrived))).toEqual(new Set(['TESTTOKEN-1']));
  });

  it('lives 24 hours where nothing else is said', async () => {
    const asked = make();
    await ask(asked);
    nowMs += 23.8 * 3_600_000;
    await ask(asked);
    expect(iam.arrived).toHaveLength(1);
    nowMs += 0.2 * 3_600_000;
    await ask(asked);
    expect(tokensOf(service.arrived)).toEqual(['TESTTOKEN-1', 'TESTTOKEN-1', 'TESTTOKEN-2']);
  });

  it('lives as long as the answer says, by the clock of the server', async () => {
    const serverMs = Date.UTC(2019, 1, 12, 6, 52, 13);
    const Date_ = new Date(serverMs).toUTCString();
    giveTokens({ token: { expires_at: '2019-02-12T07:52:13.855000Z' } }, { Date: Date_ });
    const asked = make();
    await ask(asked);
    nowMs += 50 * 60_000;
    await ask(asked);
    expect(iam.arrived).toHaveLength(1);
    nowMs += 8 * 60_000;
    await ask(asked);
    expect(iam.arrived).toHaveLength(2);
  });

  it('is renewed once when it is refused', async () => {
    const asked = make();
    await ask(asked);
    service.answer(({ headers }) => (headers['x-auth-token'] === 'TESTTOKEN-1' ? REFUSED : OK));
    const failures = await Promise.all([failureOf(ask(asked)), failureOf(ask(asked))]);
    for (const failure of failures) {
      expect(failure).toMatchObject({ code: 'APIG.0301', errorClass: 'sign-again', sent: true });
    }
    await Promise.all([ask(asked), ask(asked)]);
    expect(iam.arrived).toHaveLength(2);
    // Long after, the same again is a new story.
    service.answer(REFUSED);
    expect(await failureOf(ask(asked))).toMatchObject({ errorClass: 'sign-again' });
  });

  it.each([
    'APIG.0301',
    'APIGW.0301',
    'ModelArts.0203',
    'ModelArts.4101',
    'ModelArts.4102',
    'ModelArts.4103',
  ])('stops the service when the new one is refused as well: %s', async (error_code) => {
    service.answer({ status: 400, body: { error_code, error_msg: 'no' } });
    const asked = make();
    expect(await failureOf(ask(asked))).toMatchObject({
      code: error_code,
      errorClass: 'sign-again',
    });
    const second = await Promise.all([failureOf(ask(asked)), failureOf(ask(asked))]);
    expect(second.map(({ errorClass }) => errorClass)).toEqual(['stop', 'stop']);
    expect(tokensOf(service.arrived)).toEqual(['TESTTOKEN-1', 'TESTTOKEN-2', 'TESTTOKEN-2']);
    // The person resumes: one new token, with one more try.
    expect(await failureOf(ask(asked))).toMatchObject({ errorClass: 'sign-again' });
  });
});

describe('a token that cannot be had', () => {
  it('is no call, and says what to do', async () => {
    const error_msg = 'The username or password testpassword-0001 is wrong.';
    for (const status of [400, 401, 403]) {
      iam.answer({ status, body: { error_msg, error_code: 'IAM.0001' } });
      const error = await failureOf(ask(make()));
      expect(error).toMatchObject({ code: 'token_refused', errorClass: 'stop', sent: false });
      for (const secret of SECRETS) expect(everythingOf(error)).not.toContain(secret);
    }
    iam.answer({ status: 404, body: { error: { message: 'nothing here', code: 404 } } });
    expect(await failureOf(ask(make()))).toMatchObject({ code: 'http.404', errorClass: 'stop' });
    iam.answer({ status: 500, body: '' });
    expect(await failureOf(ask(make()))).toMatchObject({ code: 'http.500', errorClass: 'retry' });
    iam.answer({ status: 429, headers: { 'Retry-After': '2' } });
    expect(await failureOf(ask(make()))).toMatchObject({ errorClass: 'wait', retryAfterMs: 2000 });
    iam.answer({ status: 201, body: {} });
    expect(await failureOf(ask(make()))).toMatchObject({ code: 'garbage_answer', sent: false });
    expect(service.arrived).toHaveLength(0);
  });

  it('is asked for again by the next call', async () => {
    iam.answer({ status: 500 });
    const asked = make();
    await failureOf(ask(asked));
    giveTokens();
    await ask(asked);
    expect(tokensOf(service.arrived)).toEqual(['TESTTOKEN-1']);
  });

  it('times out, and is given up when nobody waits any more', async () => {
    iam.answer(() => new Promise(() => undefined));
    const slow = await failureOf(make().tag([pictureOf()], patience(100)));
    expect(slow).toMatchObject({ code: 'timed_out', sent: false });

    const asked = make();
    const first = new AbortController();
    const options = { signal: first.signal, timeoutMs: 5000 };
    const waiting = failureOf(asked.tag([pictureOf()], options));
    first.abort();
    expect(await waiting).toMatchObject({ code: 'cancelled', sent: false });
    giveTokens();
    await ask(asked);
    expect(tokensOf(service.arrived)).toEqual(['TESTTOKEN-1']);
  });

  it('goes on for the others when one gives up', async () => {
    const gate = Promise.withResolvers<void>();
    iam.answer(async () => {
      await gate.promise;
      return { status: 201, headers: { 'X-Subject-Token': 'TESTTOKEN-1' }, body: {} };
    });
    const asked = make();
    const cancel = new AbortController();
    const leaving = failureOf(asked.tag([pictureOf()], { signal: cancel.signal, timeoutMs: 5000 }));
    const staying = ask(asked);
    cancel.abort();
    expect((await leaving).code).toBe('cancelled');
    gate.resolve();
    await staying;
    expect(iam.arrived).toHaveLength(1);
  });
});
