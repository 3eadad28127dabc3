import { afterEach, describe, expect, it } from 'vitest';
import { TEST_PICTURE } from '../../../main/tagging/testPicture.ts';
import {
  booked,
  createFake,
  type Fake,
  type FakeOptions,
  jobs,
  ledger,
  refusal,
  request,
  SERVICE,
  sleep,
  tagAll,
} from './fakeService.ts';

let open: Fake[] = [];
afterEach(async () => {
  await Promise.all(open.map((fake) => fake.tagging.close()));
  open = [];
});
function make(options: FakeOptions = {}): Fake {
  const fake = createFake(options);
  open.push(fake);
  return fake;
}
const many = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `p${String(index).padStart(3, '0')}`);
const laneOf = (fake: Fake) => {
  const lane = fake.tagging.status().find((each) => each.service === SERVICE);
  if (!lane) throw new Error('no lane');
  return lane;
};
async function until(look: () => boolean): Promise<void> {
  for (let turn = 0; turn < 400 && !look(); turn += 1) await sleep(5);
  expect(look()).toBe(true);
}

describe('before a run', () => {
  it('its photos, calls, cost, bytes and time are told, and nothing is sent', async () => {
    const fake = make({
      words: ['a', 'b', 'a', 'c'],
      settings: {
        'tencent-tag.pricePerThousand': 2000,
        'tencent-tag.freeCallsPerMonth': 1,
        'tencent-tag.capCalls': 50,
        'tencent-tag.callsPerSecond': 1,
      },
    });
    const told = await fake.tagging.estimate(request(fake));
    expect(told).toMatchObject({ considered: 4, alreadyKnown: 1, calls: 3, configured: true });
    expect(told).toMatchObject({ estimatedCost: 4, currency: 'CNY', callsLeft: 50, seconds: 3 });
    expect(told.bytes).toBe(3 * (2048 * 1536 * 0.25 + 10));
    expect(fake.asked).toEqual([]);
    await tagAll(fake, { limit: 2 });
    const later = await fake.tagging.estimate(request(fake));
    expect(later).toMatchObject({ alreadyKnown: 3, calls: 1, estimatedCost: 2, bytes: 11 });
    const again = await fake.tagging.estimate(request(fake, { again: true }));
    expect(again).toMatchObject({ calls: 3, estimatedCost: 6 });
  });

  it('an account that is missing is told, and nothing can be started', async () => {
    const fake = make({ configured: () => false });
    expect(await fake.tagging.estimate(request(fake))).toMatchObject({
      configured: false,
      calls: 3,
    });
    await expect(fake.tagging.begin(request(fake))).rejects.toMatchObject({
      code: 'service_not_configured',
      message: expect.stringContaining('secretKey'),
    });
    expect(jobs(fake)).toEqual([]);
  });
});

describe('a run', () => {
  it('can be paused, goes on, and asks nobody twice', async () => {
    const fake = make({ words: many(20), answer: () => sleep(4) });
    const { runId } = await fake.tagging.begin(request(fake));
    await until(() => fake.asked.length >= 4);
    await fake.tagging.pause(SERVICE);
    await sleep(40);
    const asked = fake.asked.length;
    expect(asked).toBeLessThan(20);
    expect(laneOf(fake)).toMatchObject({ phase: 'paused', inFlight: 0, done: asked });
    await fake.tagging.resume(SERVICE);
    expect(await fake.tagging.wait(runId ?? 0)).toMatchObject({ photosTagged: 20, calls: 20 });
  });

  it('can be cancelled: calls under way end, the rest is dropped', async () => {
    const fake = make({ words: many(30), answer: () => sleep(5) });
    const { runId } = await fake.tagging.begin(request(fake));
    await until(() => fake.asked.length >= 3);
    const { photos } = await fake.tagging.cancel(SERVICE);
    expect(photos).toBeGreaterThan(20);
    const summary = await fake.tagging.wait(runId ?? 0);
    expect(summary.photosTagged).toBe(30 - photos);
    expect(fake.asked.length).toBe(30 - photos);
    expect(laneOf(fake).phase).toBe('idle');
  });

  it('takes over what waited in an earlier one, under its own limits', async () => {
    const fake = make({ words: many(10), live: false, answer: () => sleep(5) });
    await fake.tagging.begin(request(fake));
    await until(() => fake.asked.length >= 2);
    await fake.tagging.close();
    const left = 10 - fake.asked.length;
    const next = make({ db: fake.db, live: false });
    await next.tagging.start();
    const summary = await tagAll(next, { maxCalls: 3 });
    expect(summary).toMatchObject({ considered: 10, calls: 3, photosTagged: 3 });
    await sleep(30);
    expect(next.asked.length).toBe(3);
    const rest = await tagAll(next);
    expect(rest.calls).toBe(left - 3);
  });

  it('can be left and waited for again', async () => {
    const fake = make({ words: many(6), answer: () => sleep(5) });
    const { runId } = await fake.tagging.begin(request(fake));
    const leave = new AbortController();
    const left = fake.tagging.wait(runId ?? 0, leave.signal);
    leave.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    expect(await fake.tagging.wait(runId ?? 0)).toMatchObject({ photosTagged: 6 });
    await expect(fake.tagging.wait(12345)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('lists failed photos, which can be tried again', async () => {
    let isBroken = true;
    const fake = make({
      answer: ({ words: [word] }) => {
        if (isBroken && word === 'b') throw refusal('skip', '-1301');
      },
    });
    const summary = await tagAll(fake);
    expect(summary.failed).toMatchObject([{ path: '/photos/b', code: '-1301' }]);
    isBroken = false;
    expect(await fake.tagging.retry(SERVICE, 'other')).toEqual({ photos: 0 });
    expect(await fake.tagging.retry(SERVICE, '-1301')).toEqual({ photos: 1 });
    await until(() => laneOf(fake).phase === 'idle' && laneOf(fake).done === 1);
    expect(fake.asked.length).toBe(4);
  });

  it('tells how it goes', async () => {
    const fake = make({
      words: many(12),
      settings: { 'tencent-tag.pricePerThousand': 1000 },
      answer: () => sleep(10),
    });
    const { runId } = await fake.tagging.begin(request(fake));
    await until(() => fake.asked.length >= 5);
    const lane = laneOf(fake);
    expect(lane).toMatchObject({ phase: 'running', runId, reason: null, currency: 'CNY' });
    expect(lane.calls).toBeGreaterThan(3);
    expect(lane.cost).toBe(lane.calls);
    expect(lane.callsPerSecond).toBeGreaterThan(0);
    expect(lane.secondsLeft).not.toBeNull();
    expect(lane.usage.calls).toBe(lane.calls);
    await fake.tagging.wait(runId ?? 0);
    expect(laneOf(fake)).toMatchObject({ phase: 'idle', waiting: 0, inFlight: 0, done: 12 });
  });
});

describe('after a restart', () => {
  it('what waits goes on, and what was under way is asked again and stays counted', async () => {
    const fake = make({ words: many(9), answer: () => sleep(3) });
    await fake.tagging.begin(request(fake));
    await until(() => fake.asked.length >= 4);
    // As after a kill: nothing is written any more.
    fake.broken = new Error('killed');
    await sleep(30);
    const sent = ledger(fake).filter((line) => line === 'sent').length;
    expect(sent).toBeGreaterThan(0);
    const next = make({ db: fake.db });
    await next.tagging.start();
    await until(() => laneOf(next).phase === 'idle' && laneOf(next).waiting === 0);
    expect(ledger(next).filter((line) => line === 'unknown').length).toBe(sent);
    expect(jobs(next).filter((job) => job.startsWith('done')).length).toBe(9);
    expect(booked(next)).toBe(fake.asked.length + next.asked.length);
    expect(fake.asked.length + next.asked.length).toBe(9 + sent);
    fake.broken = null;
  });

  it('nothing goes on that the person paused, or that stopped', async () => {
    const fake = make({
      words: many(5),
      answer: () => {
        throw refusal('stop', '17');
      },
    });
    await tagAll(fake);
    await fake.tagging.close();
    const next = make({ db: fake.db });
    await next.tagging.start();
    await sleep(30);
    expect(next.asked).toEqual([]);
    expect(laneOf(next)).toMatchObject({ phase: 'stopped', reason: { code: '17' }, waiting: 5 });
    await next.tagging.pause(SERVICE);
    await next.tagging.close();
    const third = make({ db: fake.db });
    await third.tagging.start();
    await sleep(20);
    expect(third.asked).toEqual([]);
  });

  it('a command line that did not start them leaves runs alone', async () => {
    const fake = make({ words: many(8), answer: () => sleep(5) });
    await fake.tagging.begin(request(fake));
    await until(() => fake.asked.length >= 2);
    await fake.tagging.close();
    const next = make({ db: fake.db, live: false });
    await next.tagging.start();
    next.tagging.wake();
    await next.tagging.resume(SERVICE);
    await sleep(30);
    expect(next.asked).toEqual([]);
    expect(laneOf(next).waiting).toBeGreaterThan(0);
  });
});

describe('the end', () => {
  it('waits for calls under way and stores their answers', async () => {
    const fake = make({ words: many(10), answer: () => sleep(60) });
    await fake.tagging.begin(request(fake));
    await until(() => fake.asked.length === 2);
    await fake.tagging.close();
    expect(ledger(fake)).toEqual(['answered', 'answered']);
    expect(fake.asked.length).toBe(2);
    expect(jobs(fake).filter((job) => job === 'waiting').length).toBe(8);
  });

  it('does not wait for ever: what hangs stays counted', async () => {
    const fake = make({
      words: ['a', 'b'],
      answer: (_asked, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(refusal('retry', 'cancelled')));
        }),
    });
    await fake.tagging.begin(request(fake));
    await until(() => fake.asked.length === 2);
    await fake.tagging.close();
    expect(ledger(fake)).toEqual(['sent', 'sent']);
    expect(booked(fake)).toBe(2);
  }, 15_000);
});

describe('a connection test', () => {
  it('is one real call with the built-in picture, booked like any other', async () => {
    const fake = make({ settings: { 'tencent-tag.capCalls': 1 } });
    const answer = await fake.tagging.test(SERVICE);
    expect(answer).toMatchObject({ ok: true, code: null });
    expect(answer.tags[0]?.confidence).toBe(90);
    expect(fake.asked[0]?.words[0]?.length).toBeGreaterThan(1000);
    expect(ledger(fake)).toEqual(['answered']);
    expect(booked(fake)).toBe(1);
    expect(await fake.tagging.test(SERVICE)).toMatchObject({ ok: false, code: 'cap_calls' });
    expect(booked(fake)).toBe(1);
  });

  it('says what the service refused, and counts only what left the computer', async () => {
    const errors = [refusal('stop', '15'), refusal('retry', 'network', { sent: false })];
    const fake = make({
      answer: () => {
        throw errors.shift();
      },
    });
    expect(await fake.tagging.test(SERVICE)).toMatchObject({ ok: false, code: '15', tags: [] });
    expect(await fake.tagging.test(SERVICE)).toMatchObject({ ok: false, code: 'network' });
    expect(ledger(fake)).toEqual(['refused 15']);
    expect(booked(fake)).toBe(1);
  });

  it('sends a JPEG without metadata', () => {
    const { jpeg, widthPixels, heightPixels } = TEST_PICTURE;
    expect([...jpeg.subarray(0, 4)]).toEqual([0xff, 0xd8, 0xff, 0xdb]);
    expect([widthPixels, heightPixels]).toEqual([256, 256]);
  });
});
