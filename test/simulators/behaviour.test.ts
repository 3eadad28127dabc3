import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createConduct } from './behaviour.ts';
import { askHuawei, askTencent, plainPicture } from './clients.ts';
import { type Simulators, startSimulators } from './start.ts';

let simulators: Simulators;
let picture: Buffer;

beforeEach(async () => {
  simulators = await startSimulators();
  picture = await plainPicture();
});
afterEach(() => simulators.close());

const tag = (signal?: AbortSignal) =>
  askTencent(simulators.tencent, 'tencent-tag', picture, signal ? { signal } : {});

describe('the rate', () => {
  it('is kept to the call, in any one second', () => {
    let now = 0;
    const conduct = createConduct(() => now);
    conduct.behave({ rate: { perSecond: 5, retryAfterSeconds: null, form: 'gateway' } });
    const passed: number[] = [];
    for (now = 0; now < 3000; now += 50) if (conduct.isWithinRate('tencent-tag')) passed.push(now);
    expect(passed).toEqual([
      ...[0, 50, 100, 150, 200],
      ...[1000, 1050, 1100, 1150, 1200],
      ...[2000, 2050, 2100, 2150, 2200],
    ]);
    expect(conduct.isWithinRate('tencent-porn')).toBe(true);
  });

  it.each([
    ['gateway', 429, 'APIG.0308'],
    ['document', 400, undefined],
  ] as const)('is refused by Huawei as the %s does', async (form, status, code) => {
    const { huawei } = simulators;
    huawei.behave({ rate: { perSecond: 1, retryAfterSeconds: 3, form } });
    const answers = await Promise.all([askHuawei(huawei, picture), askHuawei(huawei, picture)]);
    const refused = answers.find((answer) => answer.status !== 200);
    expect([refused?.status, refused?.json.error_code]).toEqual([status, code]);
    expect(refused?.headers.get('retry-after')).toBe('3');
    expect(huawei.counters()).toMatchObject({ accepted: 1, limited: 1 });
  });

  it('is refused by Tencent with code 15', async () => {
    const { tencent } = simulators;
    tencent.behave({ rate: { perSecond: 1, retryAfterSeconds: null, form: 'gateway' } });
    await tag();
    const { json, headers } = await tag();
    expect([json.code, headers.get('retry-after')]).toEqual([15, null]);
  });
});

describe('what goes wrong', () => {
  it('resets the connection before the answer', async () => {
    simulators.tencent.next({ kind: 'reset', when: 'before' });
    await expect(tag()).rejects.toThrow();
    expect(simulators.tencent.requests[0]).toMatchObject({ verdict: 'faulted', status: null });
    expect((await tag()).json.code).toBe(0);
  });

  it('resets the connection in the middle of the answer', async () => {
    simulators.tencent.next({ kind: 'reset', when: 'during' });
    await expect(tag()).rejects.toThrow();
    expect(simulators.tencent.requests[0]).toMatchObject({ verdict: 'faulted', status: 200 });
  });

  it('hangs until the caller gives up', async () => {
    simulators.tencent.next({ kind: 'hang' });
    await expect(tag(AbortSignal.timeout(300))).rejects.toThrow();
    await expect.poll(() => simulators.tencent.requests[0]?.durationMs).toBeGreaterThan(100);
    expect(simulators.tencent.counters()).toMatchObject({ faulted: 1, underWay: 0 });
  });

  it('closes even while a call hangs', async () => {
    simulators.tencent.behave({ outcome: { kind: 'hang' } });
    const call = tag().catch(() => 'gone');
    await expect.poll(() => simulators.tencent.counters().underWay).toBe(1);
    await simulators.close();
    expect(await call).toBe('gone');
    simulators = await startSimulators();
  });

  it('answers garbage, nothing, a page, or elsewhere', async () => {
    const { tencent } = simulators;
    tencent.next({ kind: 'garbage' });
    tencent.next({ kind: 'empty' });
    tencent.next({ kind: 'wrong-type' });
    tencent.next({ kind: 'redirect', location: 'http://127.0.0.1:9/elsewhere' });
    tencent.next({ kind: 'body', body: { code: 0 }, status: 206 });
    const garbage = await tag();
    expect(garbage.headers.get('content-type')).toContain('json');
    expect(garbage.text).toMatch(/^\{"code":0/);
    expect(garbage.json).toEqual({});
    expect((await tag()).text).toBe('');
    expect((await tag()).headers.get('content-type')).toContain('text/html');
    const moved = await tag();
    expect([moved.status, moved.headers.get('location')]).toEqual([
      302,
      'http://127.0.0.1:9/elsewhere',
    ]);
    const own = await tag();
    expect([own.status, own.json]).toEqual([206, { code: 0 }]);
    expect((await tag()).json.code).toBe(0);
  });

  it('answers without end', async () => {
    simulators.tencent.next({ kind: 'huge', bytes: 5_000_000 });
    expect((await tag()).text.length).toBeGreaterThan(5_000_000);
    simulators.tencent.next({ kind: 'huge', bytes: 500_000_000 });
    const stop = new AbortController();
    const call = tag(stop.signal).catch(() => 'gone');
    await expect.poll(() => simulators.tencent.counters().underWay).toBe(1);
    stop.abort();
    expect(await call).toBe('gone');
    await expect.poll(() => simulators.tencent.counters().underWay).toBe(0);
  });

  it('is planned for one service, several times, or for good', async () => {
    const { tencent } = simulators;
    const porn = () => askTencent(tencent, 'tencent-porn', picture);
    tencent.next({ kind: 'code', code: '16' }, { times: 2, service: 'tencent-porn' });
    expect((await tag()).json.code).toBe(0);
    expect([(await porn()).json.code, (await porn()).json.code]).toEqual([16, 16]);
    expect((await porn()).json.code).toBe(0);
    tencent.behave({ outcome: { kind: 'code', code: '25' } }, 'tencent-tag');
    expect([(await tag()).json.code, (await tag()).json.code]).toEqual([25, 25]);
    expect((await porn()).json.code).toBe(0);
    tencent.calm();
    expect((await tag()).json.code).toBe(0);
  });

  it('does not hide a request that was wrong', async () => {
    simulators.tencent.next({ kind: 'code', code: '16' });
    const { json } = await askTencent(simulators.tencent, 'tencent-tag', picture, {
      authorization: null,
    });
    expect(json.code).toBe(4);
    expect((await tag()).json.code).toBe(16);
  });
});

describe('the record', () => {
  it('counts what came, and how much at once', async () => {
    const { tencent } = simulators;
    tencent.behave({ latencyMs: 200 });
    const other = await plainPicture({ ground: '#802020' });
    await Promise.all([tag(), tag(), askTencent(tencent, 'tencent-porn', other)]);
    expect(tencent.counters()).toMatchObject({
      received: 3,
      accepted: 3,
      picturesAccepted: 2,
      peakConcurrency: 3,
      underWay: 0,
      codes: {},
    });
    expect(tencent.counters('tencent-tag')).toMatchObject({ received: 2, peakConcurrency: 2 });
    expect(tencent.requests.every(({ durationMs }) => (durationMs ?? 0) >= 195)).toBe(true);
    tencent.forget();
    expect(tencent.counters()).toMatchObject({ received: 0, peakConcurrency: 0 });
  });

  it('tells of a caller who went away', async () => {
    simulators.tencent.behave({ latencyMs: 400 });
    await expect(tag(AbortSignal.timeout(100))).rejects.toThrow();
    await expect.poll(() => simulators.tencent.counters().aborted).toBe(1);
    expect(simulators.tencent.counters().accepted).toBe(0);
  });

  it('tells a listener of each request once it is over', async () => {
    const heard: string[] = [];
    simulators.huawei.onRequest(({ service, verdict }) => heard.push(`${service} ${verdict}`));
    await askHuawei(simulators.huawei, picture);
    await expect.poll(() => heard).toEqual(['huawei-tagging accepted']);
  });
});

describe('without checks', () => {
  it('anything is answered, and its bytes are still known', async () => {
    const { tencent, huawei } = simulators;
    tencent.behave({ checks: false });
    huawei.behave({ checks: false });
    const bytes = Buffer.from('no picture at all');
    const wrong = { authorization: null } as const;
    for (const service of ['tencent-tag', 'tencent-porn'] as const)
      expect((await askTencent(tencent, service, bytes, wrong)).json.code).toBe(0);
    const { json } = await askHuawei(huawei, bytes, { secretKey: 'TESTwrong' });
    expect(json.result.tags.length).toBeGreaterThan(0);
    expect(huawei.requests[0]?.pictures).toMatchObject([{ sizeBytes: 17, pixelHash: null }]);
    await delay(1);
    expect(tencent.counters()).toMatchObject({ accepted: 2, refused: 0 });
  });
});
