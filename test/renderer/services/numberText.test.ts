import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NUMBER_RULES } from '../../../renderer/services/numberRules.ts';
import { type NumberRule, readNumber, writeNumber } from '../../../renderer/services/numberText.ts';
import { SERVICE_IDS } from '../../../shared/services.ts';
import { DEFAULT_SETTINGS, settingsSchema } from '../../../shared/settings.ts';

const price: NumberRule = { minimum: 0, maximum: 1_000_000, whole: false, optional: true };
const count: NumberRule = { minimum: 1, maximum: 50, whole: true, optional: false };

describe('readNumber', () => {
  it('takes what people type for a number', () => {
    const typed = ['3', ' 2.5 ', '.5', '1,000', '1 000 000', '１２', '12,345.67'];
    expect(typed.map((text) => readNumber(text, price))).toEqual(
      [3, 2.5, 0.5, 1000, 1_000_000, 12, 12_345.67].map((value) => ({ value })),
    );
  });

  it('takes an empty field for none only where there may be none', () => {
    expect(readNumber('  ', price)).toEqual({ value: null });
    expect(readNumber('', count)).toEqual({ problem: 'number' });
  });

  it('says what is wrong', () => {
    for (const text of ['abc', '1.2.3', '1,00', '2,5', '1e3', 'Infinity', '0x10', '--1']) {
      expect(readNumber(text, price), text).toEqual({ problem: 'number' });
    }
    expect(readNumber('2.5', count)).toEqual({ problem: 'whole' });
    for (const text of ['0', '51', '-3']) {
      expect(readNumber(text, count), text).toEqual({ problem: 'range' });
    }
  });

  it('reads what was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), fc.integer({ min: 0, max: 6 }), (n, d) => {
        const value = Math.min(price.maximum, n / 10 ** d);
        expect(readNumber(writeNumber(value), price)).toEqual({ value });
      }),
    );
    expect(writeNumber(null)).toBe('');
    expect(writeNumber(0.0000001)).toBe('0.0000001');
  });
});

describe('the rules', () => {
  const settingOf = (name: keyof typeof NUMBER_RULES) =>
    name === 'threshold' || name === 'limit'
      ? [`huawei-tagging.${name}` as const]
      : SERVICE_IDS.map((id) => `${id}.${name}` as const);

  it('are those of the settings', () => {
    for (const name of Object.keys(NUMBER_RULES) as (keyof typeof NUMBER_RULES)[]) {
      const { minimum, maximum, whole, optional } = NUMBER_RULES[name];
      for (const key of settingOf(name)) {
        const accepts = (value: unknown): boolean =>
          settingsSchema.shape[key].safeParse(value).success;
        expect(accepts(minimum), `${key} at least`).toBe(true);
        expect(accepts(maximum), `${key} at most`).toBe(true);
        expect(accepts(minimum - 0.005), `${key} below`).toBe(false);
        expect(accepts(maximum + 1), `${key} above`).toBe(false);
        expect(accepts(minimum + 1.5), `${key} whole`).toBe(!whole);
        expect(accepts(null), `${key} none`).toBe(optional);
        expect(DEFAULT_SETTINGS[key]).not.toBeUndefined();
      }
    }
  });
});
