import { describe, expect, it } from 'vitest';
import { callPrice, callsLeft, costMicros } from '../../../main/tagging/budget.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';

const priceOf = (settings: Partial<Settings> = {}) =>
  callPrice({ ...DEFAULT_SETTINGS, ...settings }, 'tencent-tag');
const spent = (calls: number, cost = 0) => ({ calls, costMicros: cost * 1e6 });

describe('the price of calls', () => {
  it('is unknown until it is set', () => {
    const price = priceOf();
    expect(price).toMatchObject({ pricePerCallMicros: null, currency: 'CNY', capCalls: null });
    expect(costMicros(price, spent(0), 100)).toBeNull();
    expect(callsLeft(price, spent(1e6))).toBeNull();
  });

  it('is for a thousand, in millionths', () => {
    const price = priceOf({ 'tencent-tag.pricePerThousand': 1.35 });
    expect(price.pricePerCallMicros).toBe(1350);
    expect(costMicros(price, spent(0), 12_340)).toBe(16_659_000);
  });

  it('leaves out what is free this month', () => {
    const price = priceOf({
      'tencent-tag.pricePerThousand': 2,
      'tencent-tag.freeCallsPerMonth': 100,
    });
    expect(costMicros(price, spent(0), 100)).toBe(0);
    expect(costMicros(price, spent(60), 100)).toBe(60 * 2000);
    expect(costMicros(price, spent(500), 10)).toBe(20_000);
  });
});

describe('a cap', () => {
  it('in calls counts to the very call', () => {
    const price = priceOf({ 'tencent-tag.capCalls': 100 });
    expect(callsLeft(price, spent(60))).toBe(40);
    expect(callsLeft(price, spent(100))).toBe(0);
    expect(callsLeft(price, spent(101))).toBe(0);
  });

  it('in money allows what is free and what the rest pays for', () => {
    const price = priceOf({
      'tencent-tag.pricePerThousand': 100,
      'tencent-tag.freeCallsPerMonth': 10,
      'tencent-tag.capMoney': 1,
    });
    expect(callsLeft(price, spent(0))).toBe(20);
    expect(callsLeft(price, spent(12, 0.2))).toBe(8);
    expect(callsLeft(price, spent(25, 1.5))).toBe(0);
  });

  it('of both kinds: the lower one holds', () => {
    const price = priceOf({
      'tencent-tag.pricePerThousand': 100,
      'tencent-tag.capMoney': 1,
      'tencent-tag.capCalls': 3,
    });
    expect(callsLeft(price, spent(1, 0.1))).toBe(2);
    expect(callsLeft(price, spent(0, 0.95))).toBe(0);
  });
});
