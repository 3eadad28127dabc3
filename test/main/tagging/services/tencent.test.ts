import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADAPTERS } from '../../../../main/tagging/services/registry.ts';
import type { ServiceId } from '../../../../shared/services.ts';
import type { Settings } from '../../../../shared/settings.ts';
import { type Arrived, openWire, readMultipart, type Wire } from '../../../helpers/wire.ts';
import { failureOf, JPEG, patience, pictureOf, serviceOf, TENCENT, worldOf } from './fixture.ts';

const BASE64 = Buffer.from(JPEG).toString('base64');
const V1 = {
  code: 0,
  message: 'success',
  tags: [
    { tag_name: '天空', tag_confidence: 27 },
    { tag_name: '女孩', tag_confidence: 47 },
  ],
};
const V2 = {
  code: 0,
  message: 'ok',
  data: [
    {
      items: [
        { label_name: 'Person', probability: 0.9545053839683533 },
        { label_name: 'Sportsequipment', probability: 0.7610472440719603 },
      ],
    },
  ],
};
const PORN = {
  code: 0,
  message: 'ok',
  data: [
    {
      items: [
        { level_name: 'porn', probability: 0.000008085176887107082 },
        { level_name: 'sexy', probability: 0.8175094127655029 },
        { level_name: 'normal', probability: 0.000656917633023113 },
      ],
    },
  ],
};
const TERRORISM = {
  tags: [
    { tag_name: 'terrorists', tag_confidence: 0, tag_confidence_f: 0.0000015469587424377096 },
    { tag_name: 'knife', tag_confidence: 99, tag_confidence_f: 0.9999994039535522 },
  ],
  errorcode: 0,
  errormsg: 'ok',
};

let wire: Wire;
beforeEach(async () => {
  wire = await openWire();
});
afterEach(() => wire.close());

function make(id: ServiceId, settings: Partial<Settings> = {}) {
  return serviceOf(id, { ...TENCENT, endpoint: wire.origin }, settings);
}

function lastArrived(): Arrived {
  const last = wire.arrived.at(-1);
  if (last === undefined) throw new Error('Nothing arrived.');
  return last;
}

const cases = [
  {
    id: 'tencent-tag',
    transport: 'json',
    path: '/v1/detection/imagetag_detect',
    key: 'appid',
    answer: V1,
  },
  {
    id: 'tencent-tag',
    transport: 'multipart',
    path: '/v1/detection/imagetag_detect',
    key: 'appid',
    answer: V1,
  },
  {
    id: 'tencent-classify',
    transport: 'json',
    path: '/imagetag/picture_classify',
    key: 'app_id',
    answer: V2,
  },
  {
    id: 'tencent-classify',
    transport: 'multipart',
    path: '/imagetag/picture_classify',
    key: 'app_id',
    answer: V2,
  },
  {
    id: 'tencent-terrorism',
    transport: 'json',
    path: '/image/terrorism',
    key: 'app_id',
    answer: TERRORISM,
  },
  {
    id: 'tencent-porn',
    transport: 'json',
    path: '/porn/picture_detect',
    key: 'app_id',
    answer: PORN,
  },
  {
    id: 'tencent-porn',
    transport: 'multipart',
    path: '/porn/picture_detect',
    key: 'app_id',
    answer: PORN,
  },
] as const;

describe.each(cases)('$id as $transport', ({ id, transport, path, key, answer }) => {
  const settings = id === 'tencent-terrorism' ? {} : { [`${id}.transport`]: transport };

  it('sends the documented request and keeps the reply as it came', async () => {
    wire.answer({ body: answer });
    const service = make(id, settings);
    const [first] = await service.tag([pictureOf()], patience());
    const request = lastArrived();
    expect(request).toMatchObject({ method: 'POST', path });
    expect(request.headers['content-length']).toBe(String(request.body.length));
    expect(service.bodyBytes([JPEG.length])).toBe(request.body.length);
    if (transport === 'json') {
      expect(request.headers['content-type']).toBe('application/json');
      expect(JSON.parse(request.body.toString())).toEqual({ [key]: '1250000000', image: BASE64 });
    } else {
      const form = await readMultipart(request);
      expect([...form.keys()]).toEqual([key, 'image']);
      expect(form.get(key)).toBe('1250000000');
      const image = form.get('image') as File;
      expect(new Uint8Array(await image.arrayBuffer())).toEqual(JPEG);
      expect([image.name, image.type]).toEqual(['picture.jpg', 'image/jpeg']);
    }
    expect(Buffer.from(first?.body ?? []).toString()).toBe(JSON.stringify(answer));
    const stored = service.readTags(first?.body ?? JPEG, {
      widthPixels: 1,
      heightPixels: 1,
      content: { left: 0, top: 0, width: 1, height: 1 },
    });
    expect(stored).toEqual(first?.tags);
    expect(stored.length).toBeGreaterThan(1);
  });

  it('signs with the recommended layout', async () => {
    wire.answer({ body: answer });
    await make(id, settings).tag([pictureOf()], patience());
    const bytes = Buffer.from(lastArrived().headers.authorization ?? '', 'base64');
    const plain = bytes.subarray(20).toString();
    expect(plain).toMatch(
      /^a=1250000000&b=&k=TESTSECRETID0{18,}1&e=\d{10}&t=\d{10}&r=\d{1,10}&f=$/,
    );
    const mac = createHmac('sha1', TENCENT['secretKey'] ?? '')
      .update(plain)
      .digest();
    expect(bytes.subarray(0, 20)).toEqual(mac);
  });

  it('asks about an address instead', async () => {
    wire.answer({ body: answer });
    const url = 'https://example.test/照片.jpg';
    await make(id, settings).tag([{ url, widthPixels: 10, heightPixels: 10 }], patience());
    expect(lastArrived().headers['content-type']).toBe('application/json');
    expect(JSON.parse(lastArrived().body.toString())).toEqual({ [key]: '1250000000', url });
  });

  it('knows the largest picture, and never sends a larger body', async () => {
    const service = make(id, settings);
    expect(service.bodyBytes([service.maxJpegBytes])).toBeLessThanOrEqual(6_000_000);
    expect(service.bodyBytes([service.maxJpegBytes + 1])).toBeGreaterThan(6_000_000);
    const jpeg = new Uint8Array(service.maxJpegBytes + 1);
    const error = await failureOf(service.tag([pictureOf({ jpeg })], patience()));
    expect(error).toMatchObject({ code: 'picture_too_large', errorClass: 'skip', sent: false });
    expect(wire.arrived).toHaveLength(0);
  });

  it('takes an answer without tags, and refuses what is no answer', async () => {
    const service = make(id, settings);
    for (const body of [
      { code: 0, message: 'ok' },
      { errorcode: 0, tags: null, data: null },
      { code: '0', tags: [{}], data: {} },
    ]) {
      wire.answer({ body });
      const [first] = await service.tag([pictureOf()], patience());
      expect(first?.tags).toEqual([]);
    }
    for (const body of [{}, [], 'null', '"text"', '7', { status: 'fine' }]) {
      wire.answer({ body });
      const error = await failureOf(service.tag([pictureOf()], patience()));
      expect(error).toMatchObject({ code: 'garbage_answer', errorClass: 'retry', sent: true });
    }
  });

  it('signs again after the signature expired', async () => {
    const service = make(id, settings);
    const refused = { code: 9, errorcode: 9, message: 'expired' };
    wire.answer({ body: refused });
    const error = await failureOf(service.tag([pictureOf()], patience()));
    expect(error).toMatchObject({ code: '9', errorClass: 'sign-again', sent: true, known: true });
    wire.answer({ body: answer });
    await service.tag([pictureOf()], patience());
    await service.tag([pictureOf()], patience());
    const [first, second, third] = wire.arrived.map(({ headers }) => headers.authorization);
    expect(second).not.toBe(first);
    expect(third).toBe(second);
  });
});

describe('the mapping of', () => {
  const tagsOf = async (id: ServiceId, body: unknown) => {
    wire.answer({ body });
    const [first] = await make(id).tag([pictureOf()], patience());
    return first?.tags;
  };

  it('version 1: Chinese words, merged, the best first, bad ones passed over', async () => {
    const tags = [
      ...V1.tags,
      { tag_name: '天空', tag_confidence: 60 },
      { tag_name: ' ', tag_confidence: 99 },
      { tag_name: '没有', tag_confidence: null },
      { tag_confidence: 5 },
      { tag_name: '字', tag_confidence: '12' },
      { tag_name: '过多', tag_confidence: 400 },
      { tag_name: 'x'.repeat(500), tag_confidence: 9 },
      null,
    ];
    const names = await tagsOf('tencent-tag', { ...V1, tags });
    const word = (raw: string, confidence: number) => {
      return { raw, names: { zh: raw }, type: 'thing', confidence, boxes: [] };
    };
    expect(names).toEqual([word('过多', 100), word('天空', 60), word('女孩', 47), word('字', 12)]);
  });

  it('version 2: English labels by either name, in a list or alone', async () => {
    const expected = [
      { raw: 'Person', names: { en: 'Person' }, type: 'thing', boxes: [] },
      { raw: 'Sportsequipment', names: { en: 'Sportsequipment' }, type: 'thing', boxes: [] },
    ];
    const items = [
      { level_name: 'Person', probability: 0.9545053839683533 },
      { level_name: 'Sportsequipment', probability: '0.7610472440719603' },
      { probability: 1 },
      { level_name: 'Cat', probability: 'NaN' },
    ];
    const answers = [V2, { ...V2, data: { items } }, { ...V2, data: items }];
    for (const answer of answers) {
      const tags = await tagsOf('tencent-classify', answer);
      expect(tags).toMatchObject(expected);
      expect(tags?.map(({ confidence }) => confidence)).toEqual([
        95.45053839683533, 76.10472440719603,
      ]);
    }
    expect(
      await tagsOf(
        'tencent-classify',
        '{"code":0,"data":[{"items":[{"label_name":"A","probability":NaN},{"label_name":"B","probability":0.5}]}]}',
      ),
    ).toMatchObject([{ raw: 'B', confidence: 50 }]);
  });

  it('terrorism: the float before the whole number, with both names', async () => {
    const tags = await tagsOf('tencent-terrorism', {
      ...TERRORISM,
      tags: [
        ...TERRORISM.tags,
        { tag_name: 'fire', tag_confidence: 12 },
        { tag_name: 'crowd', tag_confidence: 13, tag_confidence_f: 'NaN' },
        { tag_name: 'smoke', tag_confidence: 1, tag_confidence_f: 0.0199 },
        { tag_name: 'flag' },
      ],
    });
    expect(tags?.map(({ raw, names, confidence }) => [raw, names.zh, confidence])).toEqual([
      ['knife', '刀', 99.99994039535522],
      ['crowd', '人群', 13],
      ['fire', '火', 12],
      ['smoke', undefined, 1.99],
      ['terrorists', '恐怖分子', 0.00015469587424377096],
    ]);
    expect(new Set(tags?.map(({ type }) => type))).toEqual(new Set(['sensitivity']));
  });

  it('porn: five labels with both names', async () => {
    const tags = await tagsOf('tencent-porn', PORN);
    expect(tags?.map(({ raw, names, type }) => [raw, names.en, names.zh, type])).toEqual([
      ['sexy', 'sexy', '性感', 'sensitivity'],
      ['normal', 'normal', '正常', 'sensitivity'],
      ['porn', 'porn', '色情', 'sensitivity'],
    ]);
    expect(tags?.[0]?.confidence).toBeCloseTo(81.75094127655029, 10);
  });
});

describe('batches of the porn service', () => {
  const batching = { 'tencent-porn.batch': true } as const;
  const entry = (probability: number) => ({ items: [{ level_name: 'porn', probability }] });
  const pictures = (count: number) =>
    Array.from({ length: count }, (_, index) => pictureOf({ jpeg: Uint8Array.of(index, 1, 2) }));

  it('are off, and only possible as multipart', () => {
    expect(make('tencent-porn').picturesPerCall).toBe(1);
    expect(make('tencent-porn', batching).picturesPerCall).toBe(20);
    const asJson = make('tencent-porn', { ...batching, 'tencent-porn.transport': 'json' });
    expect(asJson.picturesPerCall).toBe(1);
  });

  it('hold up to twenty pictures, answered in their order', async () => {
    const data = Array.from({ length: 20 }, (_, index) => entry(index / 100));
    wire.answer({ headers: { 'X-Request-Id': 'r-1' }, body: { code: 0, message: 'ok', data } });
    const service = make('tencent-porn', batching);
    const answers = await service.tag(pictures(20), patience());
    const request = lastArrived();
    expect(request.body.length).toBe(service.bodyBytes(Array(20).fill(3)));
    const form = await readMultipart(request);
    const names = [...form.keys()].slice(1);
    expect(names[0]).toBe('image[00]');
    expect(names[19]).toBe('image[19]');
    expect([...names].sort()).toEqual(names);
    expect(answers).toHaveLength(20);
    for (const [index, answer] of answers.entries()) {
      expect(answer.tags).toMatchObject([{ raw: 'porn', confidence: index }]);
      expect(answer.requestId).toBe('r-1');
      expect(JSON.parse(Buffer.from(answer.body).toString()).data).toEqual([entry(index / 100)]);
    }
  });

  it('of one picture are an ordinary request', async () => {
    wire.answer({ body: PORN });
    await make('tencent-porn', batching).tag(pictures(1), patience());
    expect([...(await readMultipart(lastArrived())).keys()]).toEqual(['app_id', 'image']);
  });

  it('are refused when the answers are not as many as the pictures', async () => {
    const service = make('tencent-porn', batching);
    for (const data of [[entry(1)], { items: [] }, [entry(1), entry(1), entry(1)], undefined]) {
      wire.answer({ body: { code: 0, message: 'ok', data } });
      const error = await failureOf(service.tag(pictures(2), patience()));
      expect(error).toMatchObject({ code: 'batch_mismatch', errorClass: 'skip', sent: true });
    }
  });

  it('obey the limit as a whole, and the number', async () => {
    const service = make('tencent-porn', batching);
    const half = pictureOf({ jpeg: new Uint8Array(3_000_000) });
    const error = await failureOf(service.tag([half, half], patience()));
    expect(error).toMatchObject({ code: 'picture_too_large', sent: false });
    await expect(service.tag(pictures(21), patience())).rejects.toThrow(RangeError);
    await expect(service.tag([], patience())).rejects.toThrow(RangeError);
    await expect(make('tencent-porn').tag(pictures(2), patience())).rejects.toThrow(RangeError);
  });
});

describe('a wrong clock', () => {
  const nowMs = Date.UTC(2024, 2, 1, 10, 0, 0);
  const askAt = (code: number, serverMs: number) => {
    wire.answer({ headers: { Date: new Date(serverMs).toUTCString() }, body: { code } });
    const account = { ...TENCENT, endpoint: wire.origin };
    const service = serviceOf('tencent-tag', account, {}, worldOf({ now: () => nowMs }));
    return failureOf(service.tag([pictureOf()], patience()));
  };

  it('is named when it explains the refusal', async () => {
    for (const code of [9, 14, 13, 5]) {
      const behind = await askAt(code, nowMs + 20 * 60_000);
      expect(behind).toMatchObject({ code: 'clock', errorClass: 'stop', sent: true });
      expect(behind.message).toContain('20 minutes behind');
    }
    expect((await askAt(9, nowMs - 3 * 3_600_000)).message).toContain('3 hours ahead');
  });

  it('is not named otherwise', async () => {
    expect((await askAt(9, nowMs + 60_000)).code).toBe('9');
    expect((await askAt(11, nowMs + 20 * 60_000)).code).toBe('11');
  });
});

it('names every service in both languages, with limits and a note', () => {
  for (const adapter of Object.values(ADAPTERS)) {
    expect(adapter.names.en).toMatch(/^[A-Z]/);
    expect(adapter.names.zh).toMatch(/\p{Script=Han}/u);
    expect(adapter.limits.maxSidePixels).toBe(4096);
    expect(adapter.note).not.toBe('');
  }
  expect(ADAPTERS['huawei-tagging']).toMatchObject({ standing: 'closing', closesOn: '2026-12-30' });
});
