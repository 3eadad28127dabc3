import { beforeAll, describe, expect, it } from 'vitest';
import { formatFor } from '../../../renderer/i18n/format.ts';
import { startTranslation, translate } from '../../../renderer/i18n/index.ts';
import {
  hasWork,
  laneText,
  needsPerson,
  priceOfCalls,
  statusLanes,
} from '../../../renderer/tagging/laneText.ts';
import type { LaneState } from '../../../shared/services.ts';
import { withDocument } from '../withDocument.ts';

beforeAll(() => withDocument(() => startTranslation('en')));

const lane: LaneState = {
  service: 'huawei-tagging',
  phase: 'running',
  reason: null,
  runId: 1,
  waiting: 880,
  inFlight: 5,
  done: 312,
  failed: 7,
  calls: 325,
  cost: 0.975,
  bytesSent: 120_000_000,
  currency: 'CNY',
  callsPerSecond: 4.83,
  secondsLeft: 184,
  usage: {
    month: '2026-11',
    calls: 1204,
    cost: 3.61,
    currency: 'CNY',
    capCalls: null,
    capMoney: 50,
  },
};
const text = (patch: Partial<LaneState>) =>
  laneText({ ...lane, ...patch }, translate, formatFor('en'));

describe('laneText', () => {
  it('says how far the work is, how fast it goes, and what it cost so far', () => {
    const { main, details, part } = text({});
    expect([main, ...details].join(' · ')).toBe(
      '319 of 1,204 photos · 4.8 calls/s · 325 calls · ¥0.98 · 120 MB sent · 3 min left',
    );
    expect(part).toBeCloseTo(319 / 1204);
  });

  it('leaves out pace and time while it stands still, and never shows an unknown cost as 0', () => {
    expect(text({ phase: 'paused', cost: null }).details).toEqual([
      '325 calls',
      'price not set',
      '120 MB sent',
    ]);
  });

  it('measures nothing where there is nothing', () => {
    const none = { waiting: 0, inFlight: 0, done: 0, failed: 0, calls: 0, bytesSent: 0 };
    expect(text(none).part).toBeNull();
  });
});

describe('statusLanes', () => {
  const idle = { ...lane, phase: 'idle', waiting: 0, inFlight: 0 } as const;
  const stopped = { ...lane, service: 'tencent-tag', phase: 'stopped' } as const;

  it('names those at work, the one that waits for the person first', () => {
    expect(statusLanes([lane, idle, stopped])).toEqual([stopped, lane]);
    expect(needsPerson(stopped)).toBe(true);
  });

  it('names those used this month while nothing goes on, and no others', () => {
    const unused = { ...idle, usage: { ...lane.usage, calls: 0 } };
    expect(statusLanes([idle, unused])).toEqual([idle]);
    expect(statusLanes([unused])).toEqual([]);
    expect(hasWork(idle)).toBe(false);
  });
});

describe('priceOfCalls', () => {
  it('is by the thousand, and unknown without a price', () => {
    expect(priceOfCalls(3, 12)).toBeCloseTo(0.036);
    expect(priceOfCalls(null, 12)).toBeNull();
  });
});
