import { describe, expect, it } from 'vitest';
import { HUAWEI_TEST_ACCOUNT } from './huawei.ts';
import { type SignedRequest, verifyHuaweiSignature } from './huaweiSignature.ts';

const NOW = Date.UTC(2027, 0, 15, 8, 0, 0);
/** Computed with another program from the documented formula, for the test account. */
const SIGNATURE = '24d8f55e5a647e5780d0d507cd7c4741fefab348f1e7db1ab2c37c1fc993cd1e';

const REQUEST = {
  method: 'POST',
  path: '/v2/0f00000000000000000000000000beef/image/tagging',
  query: '',
  headers: {
    host: 'image.test',
    'content-type': 'application/json',
    'x-sdk-date': '20270115T080000Z',
    authorization: `SDK-HMAC-SHA256 Access=${HUAWEI_TEST_ACCOUNT.accessKey}, SignedHeaders=content-type;host;x-sdk-date, Signature=${SIGNATURE}`,
  },
  body: Buffer.from('{"image":"照片"}', 'utf8'),
};

function check(request: SignedRequest, nowMs = NOW): () => void {
  return () => verifyHuaweiSignature(request, [HUAWEI_TEST_ACCOUNT], nowMs);
}

function withHeaders(changes: Readonly<Record<string, string | undefined>>): SignedRequest {
  return { ...REQUEST, headers: { ...REQUEST.headers, ...changes } };
}

const authorization = (from: string | RegExp, to: string): SignedRequest =>
  withHeaders({ authorization: REQUEST.headers.authorization.replace(from, to) });

describe('a signed request', () => {
  it('is accepted, up to 15 minutes off', () => {
    expect(check(REQUEST)).not.toThrow();
    expect(check(REQUEST, NOW + 15 * 60_000)).not.toThrow();
    expect(check(REQUEST, NOW - 15 * 60_000)).not.toThrow();
  });

  it.each([
    ['20 minutes late', REQUEST, NOW + 20 * 60_000, 'more than 15 minutes'],
    ['20 minutes early', REQUEST, NOW - 20 * 60_000, 'more than 15 minutes'],
    ['with another body', { ...REQUEST, body: Buffer.from('{}') }, NOW, 'another secret key'],
    ['to another path', { ...REQUEST, path: '/v2/x/image/tagging' }, NOW, 'another secret key'],
    ['with a query', { ...REQUEST, query: 'a=1' }, NOW, 'another secret key'],
    ['to another host', withHeaders({ host: 'image.test:443' }), NOW, 'another secret key'],
    ['without a date', withHeaders({ 'x-sdk-date': undefined }), NOW, 'no X-Sdk-Date'],
    ['with a local date', withHeaders({ 'x-sdk-date': '2027-01-15' }), NOW, 'YYYYMMDD'],
    ['without its signature', withHeaders({ authorization: undefined }), NOW, 'another form'],
    ['with a comma too many', authorization('SHA256 ', 'SHA256, '), NOW, 'another form'],
    ['by somebody unknown', authorization(/Access=\w+/, 'Access=TESTNOBODY'), NOW, 'unknown'],
    ['in the older form', authorization('Access=', 'Credential='), NOW, 'another form'],
    [
      'with unsorted headers',
      authorization('content-type;host', 'host;content-type'),
      NOW,
      'sorted',
    ],
    ['with its date unsigned', authorization(';x-sdk-date', ''), NOW, 'not signed'],
    ['with a header missing', authorization('host;', 'host;x-a;'), NOW, 'x-a is not there'],
    [
      'with its body unsigned',
      withHeaders({ 'x-sdk-content-sha256': 'UNSIGNED-PAYLOAD' }),
      NOW,
      'body is not signed',
    ],
  ])('%s is refused', (_, request, nowMs, reason) => {
    expect(check(request, nowMs)).toThrow(reason);
  });
});
