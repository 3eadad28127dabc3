import type { ServiceInfo, TagEstimate } from '../../shared/services.ts';
import type { Format } from '../i18n/format.ts';
import type { Translate } from '../i18n/index.ts';

/** What the button of the dialog says, and why it cannot be pressed. */
export type TagPlan = {
  readonly label: string;
  /** Why nothing can be sent; null when it can. */
  readonly hindrance: string | null;
  /** What happens that the person may not expect, such as a stop at the cap. */
  readonly warning: string | null;
};

/** What pressing the button does, in words: how many photos and what they cost. */
export function tagPlan(
  service: ServiceInfo | null,
  estimate: TagEstimate | null,
  t: Translate,
  format: Format,
): TagPlan {
  const none = (hindrance: string): TagPlan => ({
    label: t('tagging.send'),
    hindrance,
    warning: null,
  });
  if (!service) return none(t('tagging.hindrances.noService'));
  if (!service.configured) return none(t('tagging.hindrances.notSetUp'));
  if (!estimate) return none(t('tagging.hindrances.counting'));
  if (estimate.calls === 0) return none(t(`tagging.hindrances.${nothingBecause(estimate)}`));
  const { calls, callsLeft } = estimate;
  if (callsLeft === 0) return none(t('tagging.hindrances.cap'));
  const capped = callsLeft !== null && callsLeft < calls;
  const count = capped ? callsLeft : calls;
  return {
    label: t('tagging.sendPhotos', {
      count,
      cost: costText(estimate, t, format, capped),
    }),
    hindrance: null,
    warning: capped ? t('tagging.capStops', { count: callsLeft }) : null,
  };
}

/** `about ¥3.61`, `at most ¥3.61`, `free`, or that no price is set. */
export function costText(
  { estimatedCost, currency }: Pick<TagEstimate, 'estimatedCost' | 'currency'>,
  t: Translate,
  format: Format,
  capped = false,
): string {
  if (estimatedCost === null) return t('services.noPrice');
  if (estimatedCost === 0) return t('tagging.free');
  const amount = format.money(estimatedCost, currency);
  // Less than a coin is no figure that something could be about.
  if (amount.startsWith('<')) return amount;
  return t(capped ? 'tagging.atMost' : 'tagging.about', { amount });
}

function nothingBecause(estimate: TagEstimate): 'noPhotos' | 'allKnown' | 'noneLeft' {
  if (estimate.considered === 0) return 'noPhotos';
  return estimate.alreadyKnown === estimate.considered ? 'allKnown' : 'noneLeft';
}

/** The largest picture that leaves: what the person chose, but never more than the service takes. */
export function sentPixels(chosen: number, limit: number | null): number | null {
  if (chosen === 0) return limit;
  return limit === null ? chosen : Math.min(chosen, limit);
}

/** The host of an address, for a sentence. */
export function hostOf(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  return new URL(address).host;
}

/** With two figures: an estimate is no more exact than that. */
export function roughly(value: number): number {
  return Number(value.toPrecision(2));
}
