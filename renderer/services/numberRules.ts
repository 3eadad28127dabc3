import type { ServiceId } from '../../shared/services.ts';
import type { ServiceSettingName } from '../../shared/settings.ts';
import type { NumberRule } from './numberText.ts';

/** Settings of a service that are numbers. The bounds are those of the settings themselves. */
export type NumberSettingName = Exclude<ServiceSettingName, 'currency' | 'uploadLongSide'>;

export type NumberSetting =
  | `${ServiceId}.${NumberSettingName}`
  | 'huawei-tagging.threshold'
  | 'huawei-tagging.limit';

const rule = (
  minimum: number,
  maximum: number,
  kind: 'whole' | 'decimal' = 'whole',
  presence: 'required' | 'optional' = 'required',
): NumberRule => ({
  minimum,
  maximum,
  whole: kind === 'whole',
  optional: presence === 'optional',
});

export const NUMBER_RULES: Readonly<Record<NumberSettingName | 'threshold' | 'limit', NumberRule>> =
  {
    pricePerThousand: rule(0, 1_000_000, 'decimal', 'optional'),
    freeCallsPerMonth: rule(0, 1_000_000_000),
    capCalls: rule(0, 1_000_000_000, 'whole', 'optional'),
    capMoney: rule(0, 1_000_000_000, 'decimal', 'optional'),
    concurrency: rule(1, 50),
    callsPerSecond: rule(0.01, 1000, 'decimal', 'optional'),
    timeoutSeconds: rule(5, 600),
    threshold: rule(0, 100, 'decimal'),
    limit: rule(1, 150),
  };
