import { Cloud, FileText, MonitorCog, User } from 'lucide-react';
import type { SourceId } from '../../shared/model.ts';
import { useTranslation } from '../i18n/index.ts';
import { Tooltip } from '../ui/Tooltip.tsx';
import styles from './TagList.module.css';

/** Sources that are no service. */
const OWN_SOURCES = ['me', 'file', 'on-device'] as const;

/** Who says that a tag is on a photo: an icon with its name on hover and for assistive technology. */
export function SourceIcon({ source }: { readonly source: SourceId }) {
  const { t } = useTranslation();
  const own = OWN_SOURCES.find((known) => known === source);
  const name = own ? t(`inspector.sources.${own}`) : t('inspector.sourceService', { name: source });
  const Icon = iconOf(source);
  return (
    <Tooltip text={name} side="left">
      <span className={styles['source']} role="img" aria-label={name}>
        <Icon size={14} aria-hidden="true" />
      </span>
    </Tooltip>
  );
}

function iconOf(source: SourceId) {
  if (source === 'me') return User;
  if (source === 'file') return FileText;
  return source === 'on-device' ? MonitorCog : Cloud;
}
