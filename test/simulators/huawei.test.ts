import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, askHuawei, askToken, draw, plainPicture } from './clients.ts';
import { HUAWEI_TEST_ACCOUNT, type HuaweiSimulator, startHuawei } from './huawei.ts';

const PICTURE_URL = 'http://pictures.test/one.jpg';
let simulator: HuaweiSimulator;
let picture: Buffer;

beforeAll(async () => {
  const square = await draw({ width: 100, height: 100, ground: 'red' }).png().toBuffer();
  picture = await draw({ width: 400, height: 200, ground: 'white' })
    .composite([{ input: square, left: 200, top: 50 }])
    .jpeg()
    .toBuffer();
  simulator = await startHuawei({ downloads: new Map([[PICTURE_URL, picture]]) });
});
beforeEach(() => simulator.calm());
afterAll(() => simulator.close());

const last = () => simulator.requests.at(-1);

describe('a signed request', () => {
  it('is answered with both names, text confidences and boxes in pixels', async () => {
    const { status, json, headers } = await askHuawei(simulator, picture);
    expect(status).toBe(200);
    const [tag] = json.result.tags;
    expect(tag?.tag).toBe(tag?.i18n_tag.zh);
    expect(tag?.i18n_tag.en).toMatch(/^[a-z ]+$/);
    expect(tag?.type).toBe(tag?.i18n_type.zh);
    expect(tag?.confidence).toMatch(/^\d+\.\d\d$/);
    expect(tag?.instances[0]?.bounding_box).toEqual({
      width: 100,
      height: 100,
      top_left_x: 200,
      top_left_y: 50,
    });
    expect(headers.get('x-request-id')).toBe(last()?.requestId);
    expect(last()?.pictures).toMatchObject([{ width: 400, height: 200 }]);
    expect(JSON.stringify(last())).not.toContain(HUAWEI_TEST_ACCOUNT.accessKey);
  });

  it('gets English, a threshold and a limit', async () => {
    const all = (await askHuawei(simulator, picture)).json.result.tags;
    const fields = { language: 'en', threshold: Number(all[1]?.confidence) };
    const { tags } = (await askHuawei(simulator, picture, { fields })).json.result;
    expect(tags.map(({ tag }) => tag)).toEqual([all[0]?.i18n_tag.en, all[1]?.i18n_tag.en]);
    const one = await askHuawei(simulator, picture, { fields: { limit: 1 } });
    expect(one.json.result.tags).toHaveLength(1);
  });

  it('may name a URL', async () => {
    const fields = { image: '', url: PICTURE_URL };
    expect((await askHuawei(simulator, picture, { fields })).status).toBe(200);
  });

  it.each([
    ['image and url', { url: PICTURE_URL }, 'AIS.0501'],
    ['neither', { image: '' }, 'AIS.0501'],
    ['a bad url', { image: '', url: 'nowhere' }, 'ModelArts.4601'],
    ['a url without a picture', { image: '', url: `${PICTURE_URL}x` }, 'ModelArts.4603'],
    ['another language', { language: 'de' }, 'AIS.0501'],
    ['a threshold of 101', { threshold: 101 }, 'AIS.0501'],
    ['a threshold in words', { threshold: '60' }, 'AIS.0501'],
    ['a limit of 0', { limit: 0 }, 'AIS.0501'],
    ['a limit of 151', { limit: 151 }, 'AIS.0501'],
    ['half a limit', { limit: 1.5 }, 'AIS.0501'],
    ['a field nobody knows', { filename: 'a.jpg' }, 'AIS.0012'],
    ['bad base64', { image: 'data:image/jpeg;base64,AAAA' }, 'AIS.0501'],
    ['base64 over 10 M', { image: 'A'.repeat(10_000_004) }, 'AIS.0504'],
    ['a body over 12 M', { image: 'A'.repeat(12_000_000) }, 'APIG.0201'],
  ])('is refused with %s', async (_, fields, code) => {
    const { status, json } = await askHuawei(simulator, picture, { fields });
    expect(json).toMatchObject({ error_code: code });
    expect(json.error_msg).not.toBe('');
    expect(status).toBe(400);
    expect(last()).toMatchObject({ verdict: 'refused', code });
  });

  it('is refused with a wrong picture', async () => {
    const wrong = [
      [await draw().gif().toBuffer(), 'AIS.0502'],
      [picture.subarray(0, 400), 'AIS.0503'],
      [await plainPicture({ width: 200, height: 14 }), 'AIS.0504'],
      [await plainPicture({ width: 4097, height: 20 }), 'AIS.0504'],
      [
        await draw()
          .withExif({ IFD0: { Make: 'X' } })
          .jpeg()
          .toBuffer(),
        'AIS.0501',
      ],
    ] as const;
    for (const [file, code] of wrong)
      expect((await askHuawei(simulator, file)).json.error_code).toBe(code);
  });

  it.each([
    ['another project', { projectId: 'abc123' }, 'ModelArts.4203'],
    ['no project', { projectId: 'not-one' }, 'ModelArts.4202'],
    ['another project in its header', { headers: { 'X-Project-Id': 'abc' } }, 'ModelArts.4203'],
    ['another access key', { accessKey: 'TESTNOBODY' }, 'APIG.0301'],
    ['another secret key', { secretKey: 'TESTwrong' }, 'APIG.0301'],
    ['a clock 20 minutes off', { date: clock(-20) }, 'APIG.0301'],
    ['broken JSON', { body: '{"image":' }, 'AIS.0014'],
    ['a list', { body: '[]' }, 'AIS.0014'],
  ])('is refused with %s', async (_, call, code) => {
    expect((await askHuawei(simulator, picture, call)).json.error_code).toBe(code);
  });

  it('goes to one address, as JSON', async () => {
    const wrong = await ask(`${simulator.url}/v2.0/image/tagging`, { method: 'POST', body: '{}' });
    expect([wrong.status, wrong.json.error_code]).toEqual([400, 'APIG.0101']);
    const path = `/v2/${HUAWEI_TEST_ACCOUNT.projectId}/image/tagging`;
    expect((await ask(simulator.url + path, {})).json.error_code).toBe('APIG.0101');
  });

  it('may be refused with 401 as well', async () => {
    simulator.behave({ huaweiRefusalStatus: 401 });
    const { status, json } = await askHuawei(simulator, picture, { secretKey: 'TESTwrong' });
    expect([status, json.error_code]).toEqual([401, 'APIG.0301']);
  });

  it('is measured by a clock that can be put off', async () => {
    simulator.behave({ clockOffsetMs: 20 * 60_000 });
    const { json, headers } = await askHuawei(simulator, picture);
    expect(json.error_code).toBe('APIG.0301');
    const offMs = Date.parse(headers.get('date') ?? '') - Date.now();
    expect(Math.round(offMs / 60_000)).toBe(20);
  });
});

describe('a token', () => {
  const token = async (): Promise<string> =>
    (await askToken(simulator)).headers.get('x-subject-token') ?? '';

  it('is handed out for a name and a password, and says when it ends', async () => {
    const { status, json } = await askToken(simulator);
    expect(status).toBe(201);
    const lifeMs = Date.parse(json.token.expires_at ?? '') - Date.now();
    expect(Math.round(lifeMs / 3_600_000)).toBe(24);
    expect((await askHuawei(simulator, picture, { token: await token() })).status).toBe(200);
    expect(last()?.service).toBe('huawei-tagging');
    simulator.behave({ tokenSaysExpiry: false });
    expect((await askToken(simulator)).json.token.expires_at).toBeUndefined();
  });

  it('is refused to others', async () => {
    expect((await askToken(simulator, { password: 'TEST wrong' })).status).toBe(401);
    expect((await askToken(simulator, { region: 'ap-nowhere-1' })).status).toBe(401);
  });

  it('ends', async () => {
    const held = await token();
    simulator.expireTokens();
    const { json } = await askHuawei(simulator, picture, { token: held });
    expect(json.error_code).toBe('APIG.0301');
    expect(last()?.reason).toContain('expires');
    simulator.behave({ tokenLifeMs: -1 });
    const short = await askHuawei(simulator, picture, { token: await token() });
    expect(short.json.error_code).toBe('APIG.0301');
  });

  it('is not invented or empty', async () => {
    const invented = await askHuawei(simulator, picture, { token: 'TESTinvented' });
    expect(invented.json.error_code).toBe('APIG.0301');
    const empty = await askHuawei(simulator, picture, { token: '' });
    expect(empty.json.error_code).toBe('ModelArts.4101');
  });
});

function clock(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString().replace(/[-:]|\.\d+/g, '');
}
