import type { SourceId } from '../../shared/model.ts';
import { useTranslation } from '../i18n/index.ts';
import { asServiceId } from '../services/queries.ts';

/** Sources that are no service. */
const OWN_SOURCES = ['me', 'file', 'on-device'] as const;

/** Who says that a tag is on a photo: a sentence, or the name alone. */
export function useSourceName(source: SourceId, length: 'sentence' | 'short'): string {
  const { t } = useTranslation();
  const own = OWN_SOURCES.find((known) => known === source);
  if (own) return t(`inspector.${length === 'short' ? 'sourcesShort' : 'sources'}.${own}`);
  const service = asServiceId(source);
  const name = service ? t(`services.names.${service}`) : source;
  return length === 'short' ? name : t('inspector.sourceService', { name });
}
