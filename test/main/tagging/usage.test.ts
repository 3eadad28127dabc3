import { expect, it } from 'vitest';
import { beginCall } from '../../../main/library/tagging/calls.ts';
import { usageOf } from '../../../main/tagging/usage.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { createTaggingDesk, SERVICE } from '../../helpers/tagging.ts';

const AT = new Date(2026, 10, 21).getTime();

it('knows no cost of a month in which calls were made without a price', () => {
  const desk = createTaggingDesk();
  const settings = { ...DEFAULT_SETTINGS, [`${SERVICE}.pricePerThousand`]: 1000 };
  const call = (pricePerCallMicros: number | null): void => {
    desk.write(beginCall, {
      service: SERVICE,
      runId: null,
      month: '2026-11',
      now: AT,
      variant: '',
      price: {
        pricePerCallMicros,
        freeCallsPerMonth: 0,
        currency: 'CNY',
        capCalls: null,
        capMoneyMicros: null,
      },
      pictures: [{ job: null, bytes: 1, widthPixels: 1, heightPixels: 1 }],
    });
  };
  expect(usageOf(desk.db, settings, SERVICE, AT)).toMatchObject({ calls: 0, cost: 0 });
  expect(usageOf(desk.db, DEFAULT_SETTINGS, SERVICE, AT)).toMatchObject({ cost: null });
  call(1_000_000);
  expect(usageOf(desk.db, settings, SERVICE, AT)).toMatchObject({ calls: 1, cost: 1 });
  call(null);
  expect(usageOf(desk.db, settings, SERVICE, AT)).toMatchObject({ calls: 2, cost: null });
});
