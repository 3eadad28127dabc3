import { Cloud, FileText, MonitorCog, User } from 'lucide-react';
import type { SourceId } from '../../shared/model.ts';
import { Tooltip } from '../ui/Tooltip.tsx';
import { useSourceName } from './sourceName.ts';
import styles from './TagList.module.css';

export type SourceIconProps = {
  readonly source: SourceId;
  /** 0..100. */
  readonly confidence: number;
};

/** Who says that a tag is on a photo: an icon with its name and confidence on hover and for assistive technology. */
export function SourceIcon({ source, confidence }: SourceIconProps) {
  const name = `${useSourceName(source, 'sentence')} · ${Math.floor(confidence)}`;
  return (
    <Tooltip text={name} side="left">
      <span className={styles['source']} role="img" aria-label={name}>
        <SourceGlyph source={source} />
      </span>
    </Tooltip>
  );
}

/** The icon alone, where the name stands beside it. */
export function SourceGlyph({ source }: { readonly source: SourceId }) {
  const Icon = iconOf(source);
  return <Icon size={14} aria-hidden="true" />;
}

function iconOf(source: SourceId) {
  if (source === 'me') return User;
  if (source === 'file') return FileText;
  return source === 'on-device' ? MonitorCog : Cloud;
}
