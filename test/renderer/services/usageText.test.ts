import { beforeAll, describe, expect, it } from 'vitest';
import { formatFor } from '../../../renderer/i18n/format.ts';
import { setLanguage, startTranslation, translate } from '../../../renderer/i18n/index.ts';
import { usageSummary, usageText } from '../../../renderer/services/usageText.ts';
import type { ServiceUsage } from '../../../shared/services.ts';
import { withDocument } from '../withDocument.ts';

beforeAll(() => withDocument(() => startTranslation('en')));

const used: ServiceUsage = {
  month: '2026-11',
  calls: 1204,
  cost: 3.61,
  currency: 'CNY',
  capCalls: null,
  capMoney: 50,
};
const en = formatFor('en');

describe('usageSummary', () => {
  it('says calls, cost and cap', () => {
    expect(usageSummary(used, translate, en)).toBe('1,204 · ¥3.61 of ¥50');
    expect(usageSummary({ ...used, capMoney: null, capCalls: 5000 }, translate, en)).toBe(
      '1,204 of 5,000 · ¥3.61',
    );
  });

  it('leaves out a cost that is not known', () => {
    expect(usageSummary({ ...used, cost: null }, translate, en)).toBe('1,204');
  });

  it('says what it counts where there is room', () => {
    expect(usageSummary(used, translate, en, 'words')).toBe('1,204 calls · ¥3.61 of ¥50');
    expect(usageSummary({ ...used, cost: null, capCalls: 5000 }, translate, en, 'words')).toBe(
      '1,204 of 5,000 calls',
    );
  });

  it('speaks Chinese', async () => {
    await withDocument(() => setLanguage('zh'));
    expect(usageSummary(used, translate, formatFor('zh'))).toBe('1,204 · ¥3.61 / ¥50');
    await withDocument(() => setLanguage('en'));
  });
});

describe('usageText', () => {
  it('measures each cap', () => {
    const { cost, bars } = usageText({ ...used, capCalls: 1300 }, translate, en);
    expect(cost).toBe('¥3.61');
    expect(bars.map(({ kind, text, isNear }) => [kind, text, isNear])).toEqual([
      ['calls', '1,204 of 1,300 calls', true],
      ['money', '¥3.61 of ¥50', false],
    ]);
    expect(bars[1]?.part).toBeCloseTo(0.0722);
  });

  it('never shows an unknown cost as 0', () => {
    const { cost, bars } = usageText({ ...used, cost: null }, translate, en);
    expect(cost).toBe('price not set');
    expect(bars).toEqual([]);
  });

  it('is full at a cap of nothing', () => {
    const { bars } = usageText({ ...used, calls: 0, capCalls: 0, capMoney: null }, translate, en);
    expect(bars[0]?.part).toBe(1);
  });
});
