import type { ServiceUsage } from '../../shared/services.ts';
import type { Format } from '../i18n/format.ts';
import type { Translate } from '../i18n/index.ts';

/** One limit of a month: how much of it is used. */
export type UsageBar = {
  readonly kind: 'calls' | 'money';
  /** `1,204 of 5,000 calls`. */
  readonly text: string;
  /** 0..1. */
  readonly part: number;
  /** At least nine tenths are used. */
  readonly isNear: boolean;
};

export type UsageText = {
  /** `¥3.61`, or that no price is set. Never 0 for what is not known. */
  readonly cost: string;
  readonly bars: readonly UsageBar[];
};

const NEAR = 0.9;

/** What a service was used for this month, in words. */
export function usageText(usage: ServiceUsage, t: Translate, format: Format): UsageText {
  const { calls, cost, currency, capCalls, capMoney } = usage;
  const bars: UsageBar[] = [];
  if (capCalls !== null) {
    const text = t('services.capCallsUsed', { count: capCalls, calls });
    bars.push({ kind: 'calls', text, ...filled(calls, capCalls) });
  }
  if (capMoney !== null && cost !== null) {
    const [spent, cap] = [format.money(cost, currency), format.money(capMoney, currency)];
    bars.push({
      kind: 'money',
      text: t('services.capMoneyUsed', { spent, cap }),
      ...filled(cost, capMoney),
    });
  }
  return {
    cost: cost === null ? t('services.noPrice') : format.money(cost, currency),
    bars,
  };
}

/**
 * `1,204 · ¥3.61 of ¥50`, for the status line: calls of the month, their cost, and the cap where there is one.
 * With `words`: `1,204 calls · ¥3.61 of ¥50`.
 */
export function usageSummary(
  usage: ServiceUsage,
  t: Translate,
  format: Format,
  words: 'figures' | 'words' = 'figures',
): string {
  const { calls, cost, currency, capCalls, capMoney } = usage;
  const figures =
    capCalls === null
      ? format.number(calls)
      : t('services.of', { used: format.number(calls), all: format.number(capCalls) });
  const counted =
    words === 'figures'
      ? figures
      : capCalls === null
        ? t('services.calls', { count: calls })
        : t('services.capCallsUsed', { count: capCalls, calls });
  if (cost === null) return counted;
  const spent = format.money(cost, currency);
  const priced =
    capMoney === null
      ? spent
      : t('services.of', { used: spent, all: format.money(capMoney, currency) });
  return `${counted} · ${priced}`;
}

function filled(used: number, cap: number): { readonly part: number; readonly isNear: boolean } {
  const part = cap > 0 ? Math.min(1, used / cap) : 1;
  return { part, isNear: part >= NEAR };
}
