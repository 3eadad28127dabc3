import type { Language } from '../../shared/model.ts';
import { explainServiceError } from '../../shared/serviceErrors/index.ts';
import type { Upload } from '../../shared/services.ts';
import type { Format } from '../i18n/format.ts';
import type { Translate } from '../i18n/index.ts';

/** How an upload ended, in words. */
export type StatusText = {
  readonly sentence: string;
  /** What to do; null where there is nothing, or it is not known. */
  readonly nextStep: string | null;
};

export function statusText(upload: Upload, t: Translate, language: Language): StatusText {
  const { service, status, code } = upload;
  if (status !== 'refused' && status !== 'failed') {
    return { sentence: t(`sent.statuses.${status}`), nextStep: null };
  }
  const known = code === null ? null : explainServiceError(service, code, language);
  if (known) return known;
  const general = t(`sent.statuses.${status}`);
  return {
    sentence: code === null ? general : t('sent.withCode', { status: general, code }),
    nextStep: null,
  };
}

/** `2048 × 1365`; null where no picture's size was booked. */
export function pixelsText({ width, height }: Pick<Upload, 'width' | 'height'>): string | null {
  return width > 0 && height > 0 ? `${width} × ${height}` : null;
}

/** `¥3.61`; that no price was set is never 0. */
export function costText(
  { cost, currency }: Pick<Upload, 'cost' | 'currency'>,
  t: Translate,
  format: Format,
): string {
  return cost === null ? t('services.noPrice') : format.money(cost, currency);
}

/** The last part of a path of either kind of system. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
