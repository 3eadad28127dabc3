import type { Failure } from '../../shared/model.ts';
import type { Translate } from '../i18n/index.ts';

/** Why a photo has no picture, or not the whole one, and what to do. `format`: of its content; null: unknown. */
export function failureText(t: Translate, code: Failure['code'], format: string | null): string {
  if (code === 'unsupported' && (format === 'svg' || format === 'raw')) {
    return t(`inspector.unsupported.${format}`);
  }
  return t(`inspector.failure.${code}`);
}
