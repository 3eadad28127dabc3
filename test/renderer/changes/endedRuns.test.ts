import { describe, expect, it } from 'vitest';
import { endedRuns } from '../../../renderer/changes/endedRuns.ts';
import type { LaneState } from '../../../shared/services.ts';

const lane = (more: Partial<LaneState>): LaneState => ({
  service: 'huawei-tagging',
  phase: 'running',
  reason: null,
  runId: 7,
  waiting: 0,
  inFlight: 0,
  done: 0,
  failed: 0,
  calls: 0,
  cost: null,
  bytesSent: 0,
  currency: 'CNY',
  callsPerSecond: 0,
  secondsLeft: null,
  usage: {
    month: '2026-11',
    calls: 0,
    cost: null,
    currency: 'CNY',
    capCalls: null,
    capMoney: null,
  },
  ...more,
});

describe('the end of a run', () => {
  const atWork = [lane({ waiting: 1 })];
  const run = { service: 'huawei-tagging', runId: 7 };

  it('is when nothing of it waits or is under way', () => {
    expect(endedRuns(atWork, [lane({ inFlight: 1 })])).toEqual([]);
    expect(endedRuns(atWork, [lane({ phase: 'idle', done: 1 })])).toEqual([run]);
  });

  it('is not when a service stopped or was paused with work left', () => {
    expect(endedRuns(atWork, [lane({ phase: 'stopped', waiting: 3 })])).toEqual([]);
  });

  it('is when another run took its place', () => {
    expect(endedRuns(atWork, [lane({ runId: 8, waiting: 2 })])).toEqual([run]);
    expect(endedRuns(atWork, [lane({ runId: 8 })])).toEqual([run, { ...run, runId: 8 }]);
  });

  it('is seen of a run that began and ended between two looks', () => {
    expect(endedRuns([lane({ runId: null })], [lane({})])).toEqual([run]);
    expect(endedRuns([lane({ runId: 6 })], [lane({})])).toEqual([run]);
  });

  it('is nothing at the first look, and nothing that was told before', () => {
    expect(endedRuns([], [lane({})])).toEqual([]);
    expect(endedRuns([lane({})], [lane({})])).toEqual([]);
    expect(endedRuns([lane({ runId: null })], [lane({ runId: null })])).toEqual([]);
  });
});
