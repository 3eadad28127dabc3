/** What a service was used for this month, as people are told. */
import type { ServiceId, ServiceUsage } from '../../shared/services.ts';
import { type Settings, serviceSetting } from '../../shared/settings.ts';
import type { ReadableDB } from '../library/database.ts';
import { hasUnpricedCalls, MICROS, spendingOf } from '../library/tagging/ledger.ts';

/** The local calendar month of a moment in milliseconds since 1970 UTC: `2026-11`. */
export function monthOf(atMs: number): string {
  const date = new Date(atMs);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`;
}

/** Calls and cost of the month that `atMs` lies in, and its caps. */
export function usageOf(
  db: ReadableDB,
  settings: Settings,
  service: ServiceId,
  atMs: number,
): ServiceUsage {
  const month = monthOf(atMs);
  const { calls, costMicros } = spendingOf(db, service, month);
  const hasPrice = serviceSetting(settings, service, 'pricePerThousand') !== null;
  return {
    month,
    calls,
    cost: hasPrice && !hasUnpricedCalls(db, service, month) ? costMicros / MICROS : null,
    currency: serviceSetting(settings, service, 'currency'),
    capCalls: serviceSetting(settings, service, 'capCalls'),
    capMoney: serviceSetting(settings, service, 'capMoney'),
  };
}
