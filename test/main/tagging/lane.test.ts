import { afterEach, describe, expect, it } from 'vitest';
import { TagrollError } from '../../../shared/errors.ts';
import {
  type Asked,
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
const words = (fake: Fake): string[] => fake.asked.flatMap((asked) => asked.words);
const concurrency = (count: number) => ({ [`${SERVICE}.concurrency`]: count });

describe('a run', () => {
  it('asks about each picture once, newest first, and keeps what is answered', async () => {
    const fake = make({ words: ['a', 'b', 'a', 'c'], settings: concurrency(1) });
    const summary = await tagAll(fake);
    expect(summary).toMatchObject({ considered: 4, alreadyKnown: 1, calls: 3, photosTagged: 3 });
    expect(summary).toMatchObject({ tagsWritten: 3, failed: [], stopped: null, cost: null });
    expect(words(fake)).toEqual(['a', 'b', 'c']);
    expect(ledger(fake)).toEqual(['answered', 'answered', 'answered']);
    expect(jobs(fake)).toEqual(['done', 'done', 'done']);
    expect(await fake.tagging.begin(request(fake))).toMatchObject({ runId: null, alreadyKnown: 4 });
  });

  it('makes as many calls at once as are allowed, never more', async () => {
    const fake = make({ words: many(30), settings: concurrency(4), answer: () => sleep(5) });
    await tagAll(fake);
    expect(fake.asked.length).toBe(30);
    expect(fake.most).toBe(4);
  });

  it('keeps few pictures in memory', async () => {
    const fake = make({ words: many(40), settings: concurrency(3), answer: () => sleep(3) });
    const { runId } = await fake.tagging.begin(request(fake));
    await sleep(20);
    expect(fake.prepared.length).toBeLessThanOrEqual(fake.asked.length + 3 + 2);
    await fake.tagging.wait(runId ?? 0);
  });

  it('takes photos on screen first', async () => {
    const fake = make({ words: many(8), settings: concurrency(1), answer: () => sleep(2) });
    fake.tagging.setOnScreen([fake.photoIds[6] ?? 0, fake.photoIds[5] ?? 0]);
    await tagAll(fake);
    expect(words(fake).slice(0, 3)).toEqual(['p006', 'p005', 'p000']);
  });

  it('lists photos that cannot be read, and has those that changed read again', async () => {
    const fake = make({ words: ['broken', 'moved', 'fine'] });
    const summary = await tagAll(fake);
    expect(summary.failed.map(({ path, code }) => `${path} ${code}`)).toEqual([
      '/photos/broken damaged',
      '/photos/moved unavailable',
    ]);
    expect(words(fake)).toEqual(['fine']);
    expect(fake.vanished).toEqual([fake.photoIds[1]]);
    expect(booked(fake)).toBe(1);
  });

  it('puts many pictures into a call where the service takes them', async () => {
    const fake = make({ words: many(10), picturesPerCall: 4, settings: concurrency(1) });
    const summary = await tagAll(fake);
    expect(fake.asked.map((asked) => asked.words.length)).toEqual([4, 4, 2]);
    expect(summary.calls).toBe(10);
    expect(booked(fake)).toBe(10);
  });

  it('sends pictures of a refused batch one by one', async () => {
    const answer = ({ words: sent }: Asked): void => {
      if (sent.includes('p001')) throw refusal('skip', 'bad_picture');
    };
    const fake = make({ words: many(3), picturesPerCall: 3, answer });
    const summary = await tagAll(fake);
    expect(summary.photosTagged).toBe(2);
    expect(summary.failed.map((each) => each.code)).toEqual(['bad_picture']);
  });
});

describe('an error', () => {
  it('of the network is tried again without end and costs nothing', async () => {
    let failures = 3;
    const answer = (): void => {
      failures -= 1;
      if (failures >= 0) throw refusal('retry', 'network', { sent: false });
    };
    const fake = make({ words: ['a'], answer, tagging: { random: () => 0 } });
    const summary = await tagAll(fake);
    expect(summary).toMatchObject({ photosTagged: 1, calls: 1 });
    expect(booked(fake)).toBe(1);
    expect(fake.asked.length).toBe(4);
    expect(jobs(fake)).toEqual(['done']);
  });

  it('of the network shows as waiting', async () => {
    const fake = make({
      words: many(5),
      answer: () => {
        throw refusal('retry', 'network', { sent: false });
      },
    });
    await fake.tagging.begin(request(fake));
    await sleep(30);
    const lane = fake.tagging.status().find((each) => each.service === SERVICE);
    expect(lane).toMatchObject({ phase: 'waiting', reason: { code: 'network' }, calls: 0 });
    expect(fake.asked.length).toBeLessThanOrEqual(2);
  });

  it('that may pass is tried five times, then the photo is listed', async () => {
    const answer = (): void => {
      throw refusal('retry', '-1302');
    };
    const fake = make({ words: ['a'], answer, tagging: { random: () => 0.002 } });
    const summary = await tagAll(fake);
    expect(summary.failed).toMatchObject([{ path: '/photos/a', code: '-1302' }]);
    expect(fake.asked.length).toBe(5);
    expect(booked(fake)).toBe(5);
    expect(jobs(fake)).toEqual(['failed -1302 5']);
  });

  it('in no table is tried three times', async () => {
    const answer = (): void => {
      throw refusal('retry', '4711', { known: false });
    };
    const fake = make({ words: ['a'], answer, tagging: { random: () => 0 } });
    const summary = await tagAll(fake);
    expect(summary.failed).toMatchObject([{ code: '4711' }]);
    expect(fake.asked.length).toBe(3);
  });

  it('thrown by mistake does not stop the others', async () => {
    const answer = ({ words: [word] }: Asked): void => {
      if (word === 'a') throw new TypeError('Cannot read properties of undefined');
    };
    const fake = make({ answer, tagging: { random: () => 0 } });
    const summary = await tagAll(fake);
    expect(summary.photosTagged).toBe(2);
    expect(summary.failed).toMatchObject([{ code: 'internal' }]);
  });

  it('of an expired signature is followed by one more call', async () => {
    let isExpired = true;
    const answer = (): void => {
      if (!isExpired) return;
      isExpired = false;
      throw refusal('sign-again', '9');
    };
    const fake = make({ words: ['a'], answer });
    const summary = await tagAll(fake);
    expect(summary).toMatchObject({ photosTagged: 1, calls: 2 });
    expect(ledger(fake)).toEqual(['refused 9', 'answered']);
  });

  it('of a signature that stays wrong stops the service', async () => {
    const answer = (): void => {
      throw refusal('sign-again', '9');
    };
    const fake = make({ words: many(20), settings: concurrency(1), answer });
    const summary = await tagAll(fake);
    expect(summary.stopped).toMatchObject({ code: '9' });
    expect(fake.asked.length).toBe(2);
  });

  it('of the account stops the service: calls under way end, none follows', async () => {
    const fake = make({
      words: many(50),
      settings: concurrency(5),
      answer: async ({ words: [word] }) => {
        if (word === 'p000') throw refusal('stop', '17');
        await sleep(20);
      },
    });
    const summary = await tagAll(fake);
    expect(summary.stopped).toEqual({ code: '17', message: 'The fake service said 17.' });
    await sleep(60);
    expect(fake.asked.length).toBeLessThanOrEqual(5);
    expect(fake.notices).toEqual([
      { code: 'service_stopped', data: { service: SERVICE, code: '17' } },
    ]);
    expect(jobs(fake).filter((job) => job.startsWith('waiting')).length).toBe(50 - 4);
    expect(jobs(fake)[0]).toBe('waiting 17');
    const lane = fake.tagging.status().find((each) => each.service === SERVICE);
    expect(lane).toMatchObject({ phase: 'stopped', reason: { code: '17' }, waiting: 46, done: 4 });
  });

  it('of the account waits for the person, then goes on where it was', async () => {
    let isFixed = false;
    const fake = make({
      words: many(6),
      answer: () => {
        if (!isFixed) throw refusal('stop', '17');
      },
    });
    const { runId } = await fake.tagging.begin(request(fake));
    expect((await fake.tagging.wait(runId ?? 0)).stopped?.code).toBe('17');
    isFixed = true;
    await fake.tagging.resume(SERVICE);
    const summary = await fake.tagging.wait(runId ?? 0);
    expect(summary).toMatchObject({ photosTagged: 6, stopped: null, failed: [] });
  });
});

describe('ten photos in a row', () => {
  it('that end with the same error stop the service, which names it', async () => {
    const fake = make({
      words: many(60),
      settings: concurrency(2),
      answer: () => {
        throw refusal('skip', '-1301');
      },
    });
    const summary = await tagAll(fake);
    expect(summary.stopped?.code).toBe('same_error_repeated');
    expect(summary.stopped?.message).toContain('-1301');
    await sleep(20);
    expect(fake.asked.length).toBeLessThanOrEqual(12);
  });

  it('with an answer in between do not', async () => {
    let calls = 0;
    const fake = make({
      words: many(40),
      settings: concurrency(1),
      answer: () => {
        calls += 1;
        if (calls % 9 !== 0) throw refusal('skip', '-1301');
      },
    });
    const summary = await tagAll(fake);
    expect(summary.stopped).toBeNull();
    expect(summary.photosTagged).toBe(4);
  });

  it('are as many as get into a service that only fails', async () => {
    const fake = make({
      words: many(200),
      settings: concurrency(3),
      answer: () => {
        throw refusal('retry', 'http.500');
      },
      tagging: { random: () => 0.01 },
    });
    const summary = await tagAll(fake);
    expect(summary.stopped?.code).toBe('same_error_repeated');
    expect(new Set(words(fake)).size).toBeLessThanOrEqual(10 + 3);
    expect(fake.asked.length).toBeLessThanOrEqual((10 + 3) * 5);
  });
});

describe('a rate limit', () => {
  it('costs no photo a try and is kept to', async () => {
    let accepted = 0;
    let startMs = 0;
    const fake = make({
      words: many(12),
      settings: concurrency(4),
      answer: ({ atMs }) => {
        startMs ||= atMs;
        if (accepted >= 4 && atMs - startMs < 200) {
          throw refusal('wait', '8', { retryAfterMs: 200 });
        }
        accepted += 1;
      },
      tagging: { random: () => 0 },
    });
    const summary = await tagAll(fake);
    expect(summary).toMatchObject({ photosTagged: 12, failed: [], stopped: null });
    expect(jobs(fake).every((job) => job === 'done')).toBe(true);
    expect(fake.asked.length).toBeLessThanOrEqual(12 + 4);
  });
});

describe('a cap', () => {
  it('in calls holds to the very call, also with many at once', async () => {
    const fake = make({
      words: many(30),
      settings: { ...concurrency(7), 'tencent-tag.capCalls': 17 },
      answer: () => sleep(2),
    });
    const summary = await tagAll(fake);
    expect(summary.stopped?.code).toBe('cap_calls');
    await sleep(20);
    expect(fake.asked.length).toBe(17);
    expect(booked(fake)).toBe(17);
  });

  it('in money, raised by the person, lets the run go on', async () => {
    const fake = make({
      words: many(8),
      settings: { 'tencent-tag.pricePerThousand': 1000, 'tencent-tag.capMoney': 3 },
    });
    const { runId } = await fake.tagging.begin(request(fake));
    const stopped = await fake.tagging.wait(runId ?? 0);
    expect(stopped).toMatchObject({ calls: 3, cost: 3, estimatedCost: 8 });
    expect(stopped.stopped?.code).toBe('cap_money');
    fake.settings = { ...fake.settings, 'tencent-tag.capMoney': 100 };
    fake.tagging.settingsChanged();
    const ended = await fake.tagging.wait(runId ?? 0);
    expect(ended).toMatchObject({ photosTagged: 8, cost: 8, stopped: null });
  });

  it('of the month before holds nothing back', async () => {
    const fake = make({ words: many(3), settings: { 'tencent-tag.capCalls': 2 } });
    await tagAll(fake);
    expect(fake.asked.length).toBe(2);
    await fake.tagging.close();
    fake.db.exec(`UPDATE spending SET month = '2000-01'`);
    const next = make({ db: fake.db, settings: { 'tencent-tag.capCalls': 2 } });
    await next.tagging.start();
    await sleep(30);
    expect(next.asked.length).toBe(1);
  });

  it('of the run ends the run when retries use up its calls', async () => {
    let calls = 0;
    const fake = make({
      words: many(10),
      settings: concurrency(1),
      answer: () => {
        calls += 1;
        if (calls === 2) throw refusal('retry', '-1302');
      },
      tagging: { random: () => 0 },
    });
    const summary = await tagAll(fake, { maxCalls: 4 });
    expect(summary.calls).toBe(4);
    expect(summary.photosTagged).toBe(3);
    expect(fake.asked.length).toBe(4);
    expect(jobs(fake)).toEqual(['done', 'cancelled -1302 1', 'done', 'done']);
  });
});

describe('a library that cannot be written', () => {
  const full = new TagrollError('disk_full', 'There is no room left.', { path: '/library' });

  it('keeps the answers, makes no further call, and goes on when it can be', async () => {
    let isArmed = true;
    const fake: Fake = make({
      words: many(20),
      settings: concurrency(3),
      answer: async () => {
        await sleep(5);
        if (isArmed && fake.asked.length >= 6) fake.broken = full;
      },
    });
    const { runId } = await fake.tagging.begin(request(fake));
    await sleep(80);
    isArmed = false;
    const asked = fake.asked.length;
    expect(asked).toBeLessThanOrEqual(6 + 2);
    expect(ledger(fake).filter((line) => line === 'sent').length).toBeGreaterThan(0);
    const lane = fake.tagging.status().find((each) => each.service === SERVICE);
    expect(lane).toMatchObject({ phase: 'stopped', reason: { code: 'disk_full' } });
    expect(fake.notices).toContainEqual({ code: 'disk_full', data: { path: '/library' } });
    await sleep(30);
    expect(fake.asked.length).toBe(asked);
    fake.broken = null;
    await fake.tagging.resume(SERVICE);
    const summary = await fake.tagging.wait(runId ?? 0);
    expect(summary).toMatchObject({ photosTagged: 20, calls: 20, stopped: null });
    expect(fake.asked.length).toBe(20);
    expect(ledger(fake)).toEqual(Array(20).fill('answered'));
  });
});
