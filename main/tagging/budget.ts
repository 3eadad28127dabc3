/** What calls cost and how many a month still allows. Money in millionths, so that sums are exact. */
import type { ServiceId } from '../../shared/services.ts';
import { type Settings, serviceSetting } from '../../shared/settings.ts';
import { MICROS, type Spending } from '../library/tagging/ledger.ts';
import type { CallPrice } from '../library/tagging/types.ts';

/** Price, free allowance and caps of a service as they are set. */
export function callPrice(settings: Settings, service: ServiceId): CallPrice {
  const perThousand = serviceSetting(settings, service, 'pricePerThousand');
  const capMoney = serviceSetting(settings, service, 'capMoney');
  return {
    pricePerCallMicros: perThousand === null ? null : Math.round((perThousand * MICROS) / 1000),
    freeCallsPerMonth: serviceSetting(settings, service, 'freeCallsPerMonth'),
    currency: serviceSetting(settings, service, 'currency'),
    capCalls: serviceSetting(settings, service, 'capCalls'),
    capMoneyMicros: capMoney === null ? null : Math.round(capMoney * MICROS),
  };
}

/** What so many more calls this month cost, free ones first; null: no price is set. */
export function costMicros(price: CallPrice, spent: Spending, calls: number): number | null {
  if (price.pricePerCallMicros === null) return null;
  const free = Math.max(0, price.freeCallsPerMonth - spent.calls);
  return Math.max(0, calls - free) * price.pricePerCallMicros;
}

/** Calls that both caps still allow this month; null: no cap holds them back. */
export function callsLeft(price: CallPrice, spent: Spending): number | null {
  const byCalls = price.capCalls === null ? null : Math.max(0, price.capCalls - spent.calls);
  const byMoney = callsForMoney(price, spent);
  if (byCalls === null) return byMoney;
  return byMoney === null ? byCalls : Math.min(byCalls, byMoney);
}

function callsForMoney(price: CallPrice, spent: Spending): number | null {
  const { capMoneyMicros, pricePerCallMicros } = price;
  if (capMoneyMicros === null || pricePerCallMicros === 0) return null;
  // Without a price nobody can say that a call stays under the cap.
  if (pricePerCallMicros === null) return 0;
  const money = capMoneyMicros - spent.costMicros;
  if (money < 0) return 0;
  const free = Math.max(0, price.freeCallsPerMonth - spent.calls);
  return free + Math.floor(money / pricePerCallMicros);
}
