import { describe, expect, it } from 'vitest';
import {
  canonicalRequest,
  encodeSegment,
  huaweiAuthorization,
  sdkDate,
} from '../../../../main/tagging/services/huaweiSignature.ts';

const KEYS = {
  accessKey: 'TESTACCESSKEY0000001',
  secretKey: 'testsecretkey0000000000000000000000000001',
};

/** Worked out from the documented formula, with invented keys. */
const VECTORS = [
  {
    note: 'image tagging by base64, four signed headers (what the npm SDK sends)',
    method: 'POST',
    url: 'https://image.cn-north-4.myhuaweicloud.com/v2/0123456789abcdef0123456789abcdef/image/tagging',
    headers: {
      'content-type': 'application/json',
      host: 'image.cn-north-4.myhuaweicloud.com',
      'X-Project-Id': '0123456789abcdef0123456789abcdef',
      'X-Sdk-Date': '20240102T030405Z',
    },
    body: '{"image":"/9j/4AAQSkZJRg==","language":"zh","threshold":60,"limit":50}',
    canonicalRequest:
      'POST\n/v2/0123456789abcdef0123456789abcdef/image/tagging/\n\ncontent-type:application/json\nhost:image.cn-north-4.myhuaweicloud.com\nx-project-id:0123456789abcdef0123456789abcdef\nx-sdk-date:20240102T030405Z\n\ncontent-type;host;x-project-id;x-sdk-date\nbd96a3eed12d63610ac4b05d09b6ad20135a68db7f55e1f241c647f3f645a63e',
    authorization:
      'SDK-HMAC-SHA256 Access=TESTACCESSKEY0000001, SignedHeaders=content-type;host;x-project-id;x-sdk-date, Signature=80f73c23fd06a642c533e63f8c0981efd6ed16ae1e394a1e33b593d417ca553b',
  },
  {
    note: 'non-ASCII body: the hash is over the UTF-8 bytes actually sent',
    method: 'POST',
    url: 'https://image.ae-ad-1.g42cloud.com/v2/0123456789abcdef0123456789abcdef/image/tagging',
    headers: {
      'content-type': 'application/json',
      host: 'image.ae-ad-1.g42cloud.com',
      'X-Project-Id': '0123456789abcdef0123456789abcdef',
      'X-Sdk-Date': '20240102T030405Z',
    },
    body: '{"url":"https://example.com/照片/海边 1.jpg","language":"zh","threshold":60,"limit":5}',
    canonicalRequest:
      'POST\n/v2/0123456789abcdef0123456789abcdef/image/tagging/\n\ncontent-type:application/json\nhost:image.ae-ad-1.g42cloud.com\nx-project-id:0123456789abcdef0123456789abcdef\nx-sdk-date:20240102T030405Z\n\ncontent-type;host;x-project-id;x-sdk-date\nede95f5a61303335bd4a24434dcc16b93cb38ca232c691cad87c21c8c47ad930',
    authorization:
      'SDK-HMAC-SHA256 Access=TESTACCESSKEY0000001, SignedHeaders=content-type;host;x-project-id;x-sdk-date, Signature=8453fc478f4f7b5363b10cc4eb23c44a873e3499ad34b72759f6725eb4f8d639',
  },
  {
    note: 'query string with upper/lower-case names, empty value, space, plus, tilde and Chinese',
    method: 'GET',
    url: 'https://iam.cn-north-4.myhuaweicloud.com/v3/projects?name=cn-north-4&Zeta=1&b=&a%20b=x%20y%2Bz&c=%E4%B8%AD~',
    headers: {
      'content-type': 'application/json',
      host: 'iam.cn-north-4.myhuaweicloud.com',
      'X-Sdk-Date': '20240102T030405Z',
    },
    body: '',
    canonicalRequest:
      'GET\n/v3/projects/\nZeta=1&a%20b=x%20y%2Bz&b=&c=%E4%B8%AD~&name=cn-north-4\ncontent-type:application/json\nhost:iam.cn-north-4.myhuaweicloud.com\nx-sdk-date:20240102T030405Z\n\ncontent-type;host;x-sdk-date\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    authorization:
      'SDK-HMAC-SHA256 Access=TESTACCESSKEY0000001, SignedHeaders=content-type;host;x-sdk-date, Signature=dd80f99ee829c0da8b6c2565a455cacdd3ab65cd1991cd85db7ab8d1bcacdf9a',
  },
  {
    note: 'only host and x-sdk-date signed (the guide: only X-Sdk-Date is compulsory)',
    method: 'POST',
    url: 'https://image.cn-north-4.myhuaweicloud.com/v2/0123456789abcdef0123456789abcdef/image/tagging',
    headers: {
      host: 'image.cn-north-4.myhuaweicloud.com',
      'X-Sdk-Date': '20240102T030405Z',
    },
    body: '{"image":"/9j/4AAQSkZJRg=="}',
    canonicalRequest:
      'POST\n/v2/0123456789abcdef0123456789abcdef/image/tagging/\n\nhost:image.cn-north-4.myhuaweicloud.com\nx-sdk-date:20240102T030405Z\n\nhost;x-sdk-date\na52d28b7be576617b645206e03d50d08163a788ef3e77266c939ff666e0bba66',
    authorization:
      'SDK-HMAC-SHA256 Access=TESTACCESSKEY0000001, SignedHeaders=host;x-sdk-date, Signature=4f2eff7750d1012641e86f3c3ba369cc99e19474fe564a399d966a33ce3146ad',
  },
];

describe('the signature', () => {
  it.each(VECTORS)('is what the formula gives: $note', (vector) => {
    // Their kinds of headers differ; to the signature they are all names with values.
    const headers: Readonly<Record<string, string>> = vector.headers;
    const request = { ...vector, headers, body: Buffer.from(vector.body) };
    expect(canonicalRequest(request).text).toBe(vector.canonicalRequest);
    expect(huaweiAuthorization(request, KEYS)).toBe(vector.authorization);
  });

  it('sorts the values of a repeated name', () => {
    const { text } = canonicalRequest({
      method: 'GET',
      url: 'https://a.test/x?b=2&a=9&b=10',
      headers: { 'X-Sdk-Date': '20240102T030405Z' },
      body: Buffer.alloc(0),
    });
    expect(text.split('\n')[2]).toBe('a=9&b=10&b=2');
  });

  it('writes dates and path segments as documented', () => {
    expect(sdkDate(Date.UTC(2024, 0, 2, 3, 4, 5, 678))).toBe('20240102T030405Z');
    expect(encodeSegment("a b/(c)*!'~-_.照")).toBe('a%20b%2F%28c%29%2A%21%27~-_.%E7%85%A7');
  });
});
