import type { Language } from '../../shared/model.ts';
import { explainServiceError } from '../../shared/serviceErrors/index.ts';
import type { ServiceId, ServiceReason } from '../../shared/services.ts';
import { translate } from './index.ts';

/** Why something did not happen, as a person reads it. */
export type Reason = {
  readonly sentence: string;
  /** What to do; null where that is not known. */
  readonly nextStep: string | null;
};

/** The sentence for a service's error code. A code that is in no table is shown verbatim. */
export function reasonFor(service: ServiceId, reason: ServiceReason, language: Language): Reason {
  const known = explainServiceError(service, reason.code, language);
  if (known) return known;
  const { code, message } = reason;
  return {
    sentence: translate('services.unknownError', { code, message }),
    nextStep: translate('services.unknownErrorNext'),
  };
}

/** Both parts in a line. */
export function reasonText(service: ServiceId, reason: ServiceReason, language: Language): string {
  const { sentence, nextStep } = reasonFor(service, reason, language);
  return [sentence, nextStep].filter((part) => part !== null).join(language === 'zh' ? '' : ' ');
}
