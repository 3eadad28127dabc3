import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { huaweiAuthorization } from '../../../../main/tagging/services/huaweiSignature.ts';
import type { Settings } from '../../../../shared/settings.ts';
import { type Arrived, openWire, type Wire } from '../../../helpers/wire.ts';
import { failureOf, HUAWEI, JPEG, patience, pictureOf, serviceOf, worldOf } from './fixture.ts';

const PATH = '/v2/0123456789abcdef0123456789abcdef/image/tagging';
/** The document's own example. */
const ANSWER = {
  result: {
    tags: [
      {
        confidence: '37.51',
        instances: [
          {
            confidence: '92.38',
            bounding_box: {
              height: 133.32496056189905,
              top_left_x: 53.134917332575874,
              top_left_y: 254.21347984900842,
              width: 117.5866567171537,
            },
          },
        ],
        tag: '人',
        i18n_tag: { en: 'person', zh: '人' },
        type: '人类',
        i18n_type: { en: 'Human', zh: '人类' },
      },
    ],
  },
};

let wire: Wire;
beforeEach(async () => {
  wire = await openWire();
});
afterEach(() => wire.close());

function make(settings: Partial<Settings> = {}, now: () => number = Date.now) {
  const account = { ...HUAWEI, endpoint: wire.origin };
  return serviceOf('huawei-tagging', account, settings, worldOf({ now }));
}

function lastArrived(): Arrived {
  const last = wire.arrived.at(-1);
  if (last === undefined) throw new Error('Nothing arrived.');
  return last;
}

async function tagsOf(
  tags: unknown,
  picture = pictureOf({ widthPixels: 400, heightPixels: 500 }),
  settings: Partial<Settings> = {},
) {
  wire.answer({ body: { result: { tags } } });
  const [first] = await make(settings).tag([picture], patience());
  return first?.tags ?? [];
}

describe('the request', () => {
  it('is as documented, with every parameter', async () => {
    wire.answer({ headers: { 'X-Request-Id': 'r-1' }, body: ANSWER });
    const service = make({
      'huawei-tagging.language': 'en',
      'huawei-tagging.threshold': 12.5,
      'huawei-tagging.limit': 30,
    });
    const [first] = await service.tag([pictureOf()], patience());
    const request = lastArrived();
    expect(request).toMatchObject({ method: 'POST', path: PATH });
    expect(JSON.parse(request.body.toString())).toEqual({
      image: Buffer.from(JPEG).toString('base64'),
      language: 'en',
      threshold: 12.5,
      limit: 30,
    });
    expect(request.body.length).toBe(service.bodyBytes([JPEG.length]));
    expect(service.parameters).toEqual({ language: 'en', threshold: 12.5, limit: 30 });
    expect(first?.requestId).toBe('r-1');
    expect(Buffer.from(first?.body ?? []).toString()).toBe(JSON.stringify(ANSWER));
  });

  it('asks for all tags in Chinese unless told otherwise', async () => {
    wire.answer({ body: ANSWER });
    await make().tag([pictureOf()], patience());
    const { language, threshold, limit } = JSON.parse(lastArrived().body.toString());
    expect({ language, threshold, limit }).toEqual({ language: 'zh', threshold: 0, limit: 150 });
  });

  it('is signed as it arrives, the port of the host included', async () => {
    wire.answer({ body: ANSWER });
    await make({}, () => Date.UTC(2024, 0, 2, 3, 4, 5)).tag([pictureOf()], patience());
    const { headers, body } = lastArrived();
    expect(headers['x-sdk-date']).toBe('20240102T030405Z');
    expect(headers['x-project-id']).toBe(HUAWEI['projectId']);
    expect(headers.host).toBe(new URL(wire.origin).host);
    expect(headers.host).toMatch(/:\d+$/);
    const signed = Object.fromEntries(
      ['content-type', 'host', 'x-project-id', 'x-sdk-date'].map((name) => [
        name,
        String(headers[name]),
      ]),
    );
    const request = { method: 'POST', url: wire.origin + PATH, headers: signed, body };
    const keys = { accessKey: HUAWEI['accessKey'] ?? '', secretKey: HUAWEI['secretKey'] ?? '' };
    expect(headers.authorization).toBe(huaweiAuthorization(request, keys));
  });

  it('asks about an address instead', async () => {
    wire.answer({ body: ANSWER });
    const url = 'https://example.test/照片/1.jpg';
    const [first] = await make().tag([{ url, widthPixels: 400, heightPixels: 500 }], patience());
    expect(JSON.parse(lastArrived().body.toString())).toEqual({
      url,
      language: 'zh',
      threshold: 0,
      limit: 150,
    });
    expect(first?.tags[0]?.boxes).toHaveLength(1);
  });

  it('never holds more than 10 M of base64', async () => {
    const service = make();
    expect(service.maxJpegBytes).toBe(7_500_000);
    expect(service.bodyBytes([7_500_000])).toBeLessThanOrEqual(12_000_000);
    const jpeg = new Uint8Array(7_500_001);
    const error = await failureOf(service.tag([pictureOf({ jpeg })], patience()));
    expect(error).toMatchObject({ code: 'picture_too_large', sent: false });
    expect(wire.arrived).toHaveLength(0);
    await expect(service.tag([pictureOf(), pictureOf()], patience())).rejects.toThrow(RangeError);
  });
});

describe('the mapping', () => {
  it('of the example: a pair, its type, its box as shares of the picture', async () => {
    const [person] = await tagsOf(ANSWER.result.tags);
    expect(person).toMatchObject({
      raw: '人/person',
      names: { zh: '人', en: 'person' },
      type: 'human',
      confidence: 37.51,
    });
    const [box] = person?.boxes ?? [];
    expect(box?.x).toBeCloseTo(53.134917332575874 / 400, 12);
    expect(box?.y).toBeCloseTo(254.21347984900842 / 500, 12);
    expect(box?.width).toBeCloseTo(117.5866567171537 / 400, 12);
    expect(box?.height).toBeCloseTo(133.32496056189905 / 500, 12);
    expect(box?.confidence).toBe(92.38);
  });

  it('takes boxes back through padding, cuts them off, and drops what lies outside', async () => {
    const box = (left: number, top: number, width: number, height: number) => ({
      confidence: '50',
      bounding_box: { top_left_x: left, top_left_y: top, width, height },
    });
    const instances = [
      box(100, 0, 50, 15),
      box(-20, -20, 440, 100),
      box(0, 0, 400, 4),
      box(10, 5, 0, 3),
      box(Number.NaN, 5, 5, 3),
      { confidence: '50' },
      box(500, 6, 10, 2),
    ];
    const content = { left: 0, top: 5, width: 400, height: 5 };
    const picture = pictureOf({ widthPixels: 400, heightPixels: 15, content });
    const tags = [{ confidence: '80', tag: '线', i18n_tag: { zh: '线', en: 'line' }, instances }];
    const [line] = await tagsOf(tags, picture);
    expect(line?.boxes).toEqual([
      { x: 0.25, y: 0, width: 0.125, height: 1, confidence: 50 },
      { x: 0, y: 0, width: 1, height: 1, confidence: 50 },
    ]);
  });

  it('joins a word that is there twice, and passes over what is no tag', async () => {
    const box = { top_left_x: 0, top_left_y: 0, width: 40, height: 50 };
    const dog = { tag: '狗', i18n_tag: { zh: '狗', en: 'dog' }, type: 'object' };
    const tags = await tagsOf([
      { ...dog, confidence: '60.5', instances: [{ confidence: '60.5', bounding_box: box }] },
      { ...dog, confidence: 90.25, instances: [{ bounding_box: box }] },
      { ...dog, confidence: 'NaN' },
      { confidence: '50' },
      { tag: '', confidence: '50' },
      'text',
      { tag: '海', confidence: '95', instances: null },
    ]);
    expect(
      tags.map(({ raw, confidence, type, boxes }) => [raw, confidence, type, boxes.length]),
    ).toEqual([
      ['海', 95, 'thing', 0],
      ['狗/dog', 90.25, 'object', 2],
    ]);
    expect(tags[1]?.boxes.map(({ confidence }) => confidence)).toEqual([60.5, 90.25]);
  });

  it('puts a word without a pair under its language', async () => {
    const english = { 'huawei-tagging.language': 'en' } as const;
    const names = async (tag: object, settings: Partial<Settings> = {}) =>
      (await tagsOf([{ confidence: '1', ...tag }], pictureOf(), settings))[0]?.names;
    expect(await names({ tag: '海' })).toEqual({ zh: '海' });
    expect(await names({ tag: 'sea' }, english)).toEqual({ en: 'sea' });
    expect(await names({ tag: '海' }, english)).toEqual({ zh: '海' });
    expect(await names({ i18n_tag: { en: 'sea' } })).toEqual({ en: 'sea' });
  });

  it('applies to stored replies', async () => {
    wire.answer({ body: ANSWER });
    const service = make();
    const picture = { widthPixels: 400, heightPixels: 500 };
    const content = { left: 0, top: 0, width: 400, height: 500 };
    const [first] = await service.tag([pictureOf(picture)], patience());
    const body = first?.body ?? JPEG;
    expect(service.readTags(body, { ...picture, content })).toEqual(first?.tags);
    expect(service.readTags(Buffer.from('no JSON'), { ...picture, content })).toEqual([]);
  });

  it('of a result without tags is empty, of no result is no answer', async () => {
    const service = make();
    for (const body of [{ result: { tags: [] } }, { result: {} }, { result: { tags: 'none' } }]) {
      wire.answer({ body });
      expect((await service.tag([pictureOf()], patience()))[0]?.tags).toEqual([]);
    }
    for (const body of [{}, [], 'null', { result: null }]) {
      wire.answer({ body });
      const error = await failureOf(service.tag([pictureOf()], patience()));
      expect(error).toMatchObject({ code: 'garbage_answer', sent: true });
    }
  });
});

describe('a refusal', () => {
  const refusal = async (status: number, body: unknown, headers = {}) => {
    wire.answer({ status, body, headers });
    return failureOf(make().tag([pictureOf()], patience()));
  };

  it('without a code that says "too fast" asks to wait', async () => {
    const error_msg =
      'The request is sent too fast and exceeds the default rate limit of the service.';
    expect(await refusal(400, { error_msg })).toMatchObject({
      code: 'throttled',
      errorClass: 'wait',
      known: true,
    });
    const coded = await refusal(400, { error_code: 'NEW.0001', error_msg });
    expect(coded).toMatchObject({ code: 'throttled', errorClass: 'wait' });
  });

  it('with 413 and a time to wait asks to wait', async () => {
    expect(await refusal(413, '', { 'Retry-After': '3' })).toMatchObject({
      code: 'http.413',
      errorClass: 'wait',
      retryAfterMs: 3000,
    });
    expect(await refusal(413, '')).toMatchObject({ code: 'http.413', errorClass: 'skip' });
  });

  it('of the keys stops, and blames the clock when it is off', async () => {
    const body = { error_code: 'APIG.0301', error_msg: 'verify aksk signature fail' };
    expect(await refusal(401, body)).toMatchObject({ code: 'APIG.0301', errorClass: 'stop' });
    const later = new Date(Date.now() + 20 * 60_000).toUTCString();
    const clock = await refusal(401, body, { Date: later });
    expect(clock).toMatchObject({ code: 'clock', errorClass: 'stop' });
    expect(clock.message).toContain('20 minutes behind');
  });

  it('inside a success is one too', async () => {
    const error = await refusal(200, { error_code: 'AIS.0502', error_msg: 'not supported' });
    expect(error).toMatchObject({ code: 'AIS.0502', errorClass: 'skip', sent: true });
  });
});
