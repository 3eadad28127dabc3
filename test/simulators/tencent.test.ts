import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  ask,
  askTencent,
  draw,
  formOf,
  plainPicture,
  signTencent,
  TENCENT_PATHS,
  TENCENT_SERVICES,
} from './clients.ts';
import { startTencent, TENCENT_TEST_ACCOUNT, type TencentSimulator } from './tencent.ts';
import type { TencentService } from './types.ts';

const PICTURE_URL = 'http://pictures.test/one.jpg';
const { appId } = TENCENT_TEST_ACCOUNT;
let simulator: TencentSimulator;
let picture: Buffer;

beforeAll(async () => {
  picture = await plainPicture();
  simulator = await startTencent({ downloads: new Map([[PICTURE_URL, picture]]) });
});
beforeEach(() => simulator.calm());
afterAll(() => simulator.close());

const last = () => simulator.requests.at(-1);
const idField = (service: TencentService): string =>
  service === 'tencent-tag' ? 'appid' : 'app_id';

describe.each(TENCENT_SERVICES)('%s', (service) => {
  it('takes base64 in JSON and notes what came', async () => {
    const { status, json, headers } = await askTencent(simulator, service, picture);
    expect(status).toBe(200);
    expect(json.code ?? json.errorcode).toBe(0);
    expect(headers.get('x-request-id')).toBe(last()?.requestId);
    expect(headers.get('date')).not.toBeNull();
    expect(last()).toMatchObject({ service, verdict: 'accepted', status: 200, code: null });
    expect(last()?.pictures).toMatchObject([
      { width: 120, height: 80, sizeBytes: picture.length, fileName: null },
    ]);
    expect(last()?.headerNames).toContain('authorization');
    expect(JSON.stringify(last())).not.toContain(TENCENT_TEST_ACCOUNT.secretId);
  });

  it('takes a URL, which wins over a picture', async () => {
    const fields = { [idField(service)]: appId, image: 'AAAA', url: PICTURE_URL };
    const { json } = await askTencent(simulator, service, picture, { fields });
    expect(json.code ?? json.errorcode).toBe(0);
  });

  it.each([
    ['another account in body and signature', { app: '1' }, '6'],
    ['no picture', { image: undefined }, service === 'tencent-tag' ? '-1300' : '-1301'],
    ['an empty picture', { image: '' }, '-1300'],
    [
      'a data: prefix',
      { image: 'data:image/jpeg;base64,AAAA' },
      service === 'tencent-tag' ? '-1400' : '-1102',
    ],
    ['a bad url', { url: 'nowhere' }, '-1505'],
    ['a url without a picture', { url: 'http://pictures.test/none.jpg' }, '-1308'],
    ['a url too long', { url: `http://pictures.test/${'a'.repeat(2000)}` }, '-1304'],
    ['a field nobody knows', { filename: 'IMG_1.jpg' }, '21'],
    ['a picture in a list', { image: ['AAAA'] }, '21'],
  ])('refuses %s', async (_, changes, code) => {
    const { app, ...rest } = changes as Record<string, unknown>;
    const fields = { [idField(service)]: app ?? appId, image: picture.toString('base64'), ...rest };
    const { json } = await askTencent(simulator, service, picture, { fields });
    expect(json.code ?? json.errorcode).toBe(Number(code));
    expect(last()).toMatchObject({ verdict: 'refused', code });
  });

  it('refuses wrong pictures by their own codes', async () => {
    const isOldest = service === 'tencent-tag';
    const wrong = [
      [await draw().gif().toBuffer(), isOldest ? -1400 : -1102],
      [picture.subarray(0, 300), isOldest ? -1404 : -1102],
      [
        await draw()
          .withExif({ IFD0: { Make: 'X' } })
          .jpeg()
          .toBuffer(),
        21,
      ],
      [await plainPicture({ width: 4200, height: 20 }), 21],
    ] as const;
    for (const [file, code] of wrong) {
      const { json } = await askTencent(simulator, service, file);
      expect(json.code ?? json.errorcode).toBe(code);
    }
  });

  it('refuses wrong signatures', async () => {
    const wrong = [
      [null, 4],
      ['x', 5],
      [signTencent({ a: '1' }), 10],
      [signTencent({ k: 'TESTnobody' }), 11],
      [signTencent({}, 'TESTwrong'), 14],
      [signTencent({ e: 1_600_000_000, t: 1_500_000_000 }), 9],
    ] as const;
    for (const [authorization, code] of wrong) {
      const { json, status } = await askTencent(simulator, service, picture, { authorization });
      expect([status, json.code ?? json.errorcode]).toEqual([200, code]);
    }
    simulator.behave({ tencentRefusalStatus: 401 });
    const { json, status } = await askTencent(simulator, service, picture, { authorization: null });
    expect([status, json.code ?? json.errorcode]).toEqual([401, 4]);
  });

  it('refuses bodies over 6 MB and bodies that are no JSON', async () => {
    const large = Buffer.alloc(4_600_000);
    const answer = await askTencent(simulator, service, large);
    expect(answer.json?.code ?? answer.status).toBe(service === 'tencent-tag' ? 23 : 413);
    const url = simulator.url + TENCENT_PATHS[service];
    const headers = { Authorization: signTencent(), 'Content-Type': 'application/json' };
    expect((await ask(url, { method: 'POST', headers, body: '{"a":1,}' })).status).toBe(400);
    expect((await ask(url, { method: 'POST', headers, body: '[]' })).status).toBe(400);
    const text = { ...headers, 'Content-Type': 'text/plain' };
    expect((await ask(url, { method: 'POST', headers: text, body: '{}' })).status).toBe(400);
  });

  it('wants Content-Length and POST', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const url = simulator.url + TENCENT_PATHS[service];
      const sent = request(url, { method: 'POST' }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject);
      sent.write('{}');
      sent.end();
    });
    expect(status).toBe(411);
    const url = simulator.url + TENCENT_PATHS[service];
    expect((await ask(url, { method: 'GET' })).status).toBe(424);
    expect((await ask(`${url}x`, { method: 'POST', body: '' })).status).toBe(404);
  });
});

describe('forms', () => {
  it.each(['tencent-tag', 'tencent-classify', 'tencent-porn'] as const)(
    '%s takes one',
    async (service) => {
      const form = formOf({ image: picture }, idField(service));
      const { json } = await askTencent(simulator, service, picture, { form });
      expect(json.code).toBe(0);
      expect(last()?.pictures).toMatchObject([{ fileName: 'picture.jpg', width: 120 }]);
      expect(last()?.mediaType).toBe('multipart/form-data');
    },
  );

  it('tencent-terrorism takes none', async () => {
    const form = formOf({ image: picture });
    expect((await askTencent(simulator, 'tencent-terrorism', picture, { form })).status).toBe(400);
  });

  it('tencent-porn takes several only when batching is on', async () => {
    const pink = await plainPicture({ ground: '#c828c8' });
    const batch = () => ({ form: formOf({ 'image[01]': pink, 'image[00]': picture }) });
    const refused = await askTencent(simulator, 'tencent-porn', picture, batch());
    expect(refused.json.code).toBe(21);
    simulator.behave({ batching: true }, 'tencent-porn');
    const { json } = await askTencent(simulator, 'tencent-porn', picture, batch());
    const best = json.data.map(
      ({ items }) => items.reduce((a, b) => (a.probability > b.probability ? a : b)).level_name,
    );
    expect(best).toEqual(['normal', 'porn']);
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`image[${i}]`, picture]));
    const tooMany = await askTencent(simulator, 'tencent-porn', picture, { form: formOf(many) });
    expect(tooMany.json.code).toBe(19);
  });
});

describe('answers', () => {
  it('are in Chinese from the oldest, in joined English from the second', async () => {
    const tags = (await askTencent(simulator, 'tencent-tag', picture)).json.tags;
    expect(tags[0]?.tag_name).toMatch(/^\p{Script=Han}+$/u);
    expect(Number.isInteger(tags[0]?.tag_confidence)).toBe(true);
    const { json } = await askTencent(simulator, 'tencent-classify', picture);
    expect(json.data[0]?.items[0]?.label_name).toMatch(/^[A-Z][a-z]+$/);
    expect(json.data[0]?.items).toHaveLength(tags.length);
  });

  it('come in both documented shapes', async () => {
    simulator.behave({ dataShape: 'object', classifyField: 'level_name' });
    const { json } = await askTencent(simulator, 'tencent-classify', picture);
    expect(json.data.items[0]?.level_name).toMatch(/^[A-Z]/);
    expect(json.data.items[0]?.label_name).toBeUndefined();
  });

  it('say eight terrors with both confidences, five levels that add up', async () => {
    const red = await plainPicture({ ground: '#a01414' });
    const { tags } = (await askTencent(simulator, 'tencent-terrorism', red)).json;
    expect(tags).toHaveLength(8);
    const blood = tags.find((tag) => tag.tag_name === 'blood');
    expect(blood?.tag_confidence_f).toBeGreaterThan(0.89);
    expect(blood?.tag_confidence).toBe(Math.floor(100 * (blood?.tag_confidence_f ?? 0)));
    const { data } = (await askTencent(simulator, 'tencent-porn', red)).json;
    const sum = data[0]?.items.reduce((total, { probability }) => total + probability, 0);
    expect(sum).toBeCloseTo(1, 9);
  });
});
