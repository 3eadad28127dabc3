import { beforeAll, describe, expect, it } from 'vitest';
import { formatFor } from '../../../renderer/i18n/format.ts';
import { startTranslation, translate } from '../../../renderer/i18n/index.ts';
import { hostOf, roughly, sentPixels, tagPlan } from '../../../renderer/tagging/tagPlan.ts';
import type { ServiceInfo, TagEstimate } from '../../../shared/services.ts';
import { withDocument } from '../withDocument.ts';

beforeAll(() => withDocument(() => startTranslation('en')));

const service: ServiceInfo = {
  id: 'huawei-tagging',
  account: 'huawei',
  names: { en: 'Huawei', zh: '华为' },
  kind: 'tags',
  configured: true,
  missing: [],
  invalid: null,
  limits: { maxSidePixels: 4096, minSidePixels: 15, maxBodyBytes: 10_000_000, formats: ['jpeg'] },
  standing: 'closing',
  closesOn: '2026-12-30',
  secretsSet: [],
  fromEnvironment: [],
  fields: {},
  address: 'https://image.example.com',
  usage: {
    month: '2026-11',
    calls: 0,
    cost: null,
    currency: 'CNY',
    capCalls: null,
    capMoney: null,
  },
};
const estimate: TagEstimate = {
  service: 'huawei-tagging',
  considered: 1284,
  alreadyKnown: 60,
  neverUpload: 12,
  unavailable: 8,
  calls: 1204,
  estimatedCost: 3.612,
  currency: 'CNY',
  bytes: 480_000_000,
  seconds: 600,
  callsLeft: null,
  configured: true,
};
const plan = (patch: Partial<TagEstimate> | null, of: ServiceInfo | null = service) =>
  tagPlan(of, patch && { ...estimate, ...patch }, translate, formatFor('en'));

describe('tagPlan', () => {
  it('says how many photos are sent and what they cost', () => {
    expect(plan({})).toEqual({
      label: 'Send 1,204 photos · about ¥3.61',
      hindrance: null,
      warning: null,
    });
    expect(plan({ calls: 1, estimatedCost: 0.001 }).label).toBe('Send 1 photo · < ¥0.01');
    expect(plan({ estimatedCost: 0 }).label).toBe('Send 1,204 photos · free');
  });

  it('never shows an unknown cost as 0', () => {
    expect(plan({ estimatedCost: null }).label).toBe('Send 1,204 photos · price not set');
  });

  it('stops at the cap, and says so before', () => {
    const capped = plan({ callsLeft: 96 });
    expect(capped.label).toBe('Send 96 photos · at most ¥3.61');
    expect(capped.warning).toContain('96 more calls');
    expect(plan({ callsLeft: 1204 }).warning).toBeNull();
    expect(plan({ callsLeft: 0 }).hindrance).toBe('The cap of this month is used up');
  });

  it('says why nothing can be sent', () => {
    expect(plan({}, null).hindrance).toBe('Choose a service');
    expect(plan({}, { ...service, configured: false }).hindrance).toMatch(/no account/);
    expect(plan(null).hindrance).toBe('Counting');
    expect(plan({ considered: 0, alreadyKnown: 0, calls: 0 }).hindrance).toMatch(/no photos/);
    expect(plan({ alreadyKnown: 1284, calls: 0 }).hindrance).toMatch(/answered for all/);
    expect(plan({ alreadyKnown: 1200, unavailable: 84, calls: 0 }).hindrance).toMatch(
      /can be sent/,
    );
  });
});

describe('roughly', () => {
  it('keeps two figures', () => {
    expect([481_600_000, 1234, 7, 0].map(roughly)).toEqual([480_000_000, 1200, 7, 0]);
  });
});

describe('what leaves', () => {
  it('is never larger than the service takes', () => {
    expect(sentPixels(2048, 4096)).toBe(2048);
    expect(sentPixels(8000, 4096)).toBe(4096);
    expect(sentPixels(0, 4096)).toBe(4096);
    expect(sentPixels(2048, null)).toBe(2048);
    expect(sentPixels(0, null)).toBeNull();
  });

  it('goes to a host', () => {
    expect(hostOf('https://image.cn-north-4.myhuaweicloud.com')).toBe(
      'image.cn-north-4.myhuaweicloud.com',
    );
    expect(hostOf('http://127.0.0.1:8080')).toBe('127.0.0.1:8080');
    expect(hostOf('nowhere')).toBeNull();
    expect(hostOf(null)).toBeNull();
  });
});
