/** Every row of every error table, over the wire: code, class, and no secret anywhere in the error. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADAPTERS } from '../../../../main/tagging/services/registry.ts';
import { classOf, knownCodes } from '../../../../shared/serviceErrors/index.ts';
import { SERVICE_IDS, type ServiceId } from '../../../../shared/services.ts';
import { type Answer, openWire, type Wire } from '../../../helpers/wire.ts';
import {
  everythingOf,
  failureOf,
  HUAWEI,
  patience,
  pictureOf,
  SECRETS,
  serviceOf,
  TENCENT,
} from './fixture.ts';

let wire: Wire;
beforeAll(async () => {
  wire = await openWire();
});
afterAll(() => wire.close());

/** The keys as a careless server would print them. */
function indiscreet(id: ServiceId): string {
  const { secretId, accessKey, secretKey } = accounts[ADAPTERS[id].account];
  return [secretId, accessKey, secretKey].join(' ');
}
const accounts = { tencent: TENCENT, huawei: HUAWEI };

async function refuse(id: ServiceId, answer: Answer) {
  wire.answer(answer);
  const account = { ...accounts[ADAPTERS[id].account], endpoint: wire.origin };
  return failureOf(serviceOf(id, account).tag([pictureOf()], patience()));
}

/** How a service says a code. */
function answerOf(id: ServiceId, code: string): Answer {
  const status = /^http\.(\d+)$/.exec(code)?.[1];
  if (status !== undefined) return { status: Number(status), body: '<html>no</html>' };
  if (id === 'huawei-tagging') {
    return { status: 400, body: { error_code: code, error_msg: `no: ${indiscreet(id)}` } };
  }
  if (id === 'tencent-terrorism') {
    return { body: { errorcode: Number(code), errormsg: `no: ${indiscreet(id)}` } };
  }
  return { body: { code: Number(code), message: `no: ${indiscreet(id)}` } };
}

describe.each(SERVICE_IDS)('%s', (id) => {
  const own = knownCodes(id).filter((code) => /^(-?\d+|http\.\d+|\w+\.\d+)$/.test(code));

  it.each(own)('code %s', async (code) => {
    const error = await refuse(id, answerOf(id, code));
    // fetch itself handles these statuses, so they have codes of ours.
    const ours: Readonly<Record<string, string>> = {
      'http.301': 'redirected',
      'http.302': 'redirected',
      'http.303': 'redirected',
      'http.407': 'proxy',
    };
    expect(error.code).toBe(ours[code] ?? code);
    // With keys there is nothing to renew.
    const expected = id === 'huawei-tagging' && classOf(id, code) === 'sign-again' ? 'stop' : null;
    expect(error.errorClass).toBe(expected ?? classOf(id, code));
    expect(error).toMatchObject({ sent: true, known: true });
    const everything = everythingOf(error);
    for (const secret of SECRETS) expect(everything).not.toContain(secret);
  });

  it('shows an unknown code verbatim, tried again', async () => {
    const code = id === 'huawei-tagging' ? 'NEW.4242' : '4242';
    const error = await refuse(id, answerOf(id, code));
    expect(error).toMatchObject({ code, errorClass: 'retry', known: false, sent: true });
    expect(error.message).toContain(code);
    const status = await refuse(id, { status: 418, body: '' });
    expect(status).toMatchObject({ code: 'http.418', known: false });
  });

  it('believes the status where the code is unknown and the status stops or slows down', async () => {
    const code = id === 'huawei-tagging' ? 'NEW.4242' : '4242';
    const { body } = answerOf(id, code);
    expect(await refuse(id, { status: 403, body })).toMatchObject({
      code: 'http.403',
      errorClass: 'stop',
    });
    const slow = await refuse(id, { status: 429, body, headers: { 'Retry-After': '4' } });
    expect(slow).toMatchObject({ code: 'http.429', errorClass: 'wait', retryAfterMs: 4000 });
    expect(slow.message).toContain(code);
  });
});

describe('Tencent', () => {
  const ids = SERVICE_IDS.filter((id) => ADAPTERS[id].account === 'tencent');

  it.each(ids)('%s stops when the account is in arrears', async (id) => {
    const message = 'account abnormal,errorno is:2';
    const error = await refuse(id, {
      body: { code: 3, errorcode: 3, message, errormsg: message },
    });
    expect(error).toMatchObject({ code: '3.account_abnormal', errorClass: 'stop', known: true });
  });

  it('takes codes as text, and an error status with code 0 for the status', async () => {
    expect(await refuse('tencent-tag', { body: { code: '15' } })).toMatchObject({
      code: '15',
      errorClass: 'wait',
    });
    const error = await refuse('tencent-tag', { status: 500, body: { code: 0, tags: [] } });
    expect(error).toMatchObject({ code: 'http.500', errorClass: 'retry' });
  });

  it('never prints the signature that an indiscreet server sends back', async () => {
    for (const id of ids) {
      wire.answer(({ headers }) => ({
        body: { code: 14, message: `bad ${headers.authorization}` },
      }));
      const account = { ...TENCENT, endpoint: wire.origin };
      const error = await failureOf(serviceOf(id, account).tag([pictureOf()], patience()));
      const sent = wire.arrived.at(-1)?.headers.authorization ?? '-';
      expect(everythingOf(error)).not.toContain(sent);
      expect(everythingOf(error)).not.toContain(sent.slice(0, 40));
    }
  });
});
