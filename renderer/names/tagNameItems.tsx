import { Link2, Split } from 'lucide-react';
import type { Translate } from '../i18n/index.ts';
import { openDialog } from '../state/dialogs.ts';
import type { MenuItem } from '../ui/Menu.tsx';
import { mayLink, mayUnlink, type NamedTag } from './linkable.ts';
import { unlinkTag } from './queries.ts';

/** What can be done to the names of a tag: lines of its menu. None for tags that stay by themselves. */
export function tagNameItems(tag: NamedTag, t: Translate): MenuItem[] {
  const { zh, en } = tag.names;
  const items: MenuItem[] = [];
  if (mayLink(tag)) {
    items.push({
      id: 'same-as',
      label: t('names.sameAs'),
      icon: <Link2 size={14} />,
      onSelect: () => openDialog({ kind: 'same-tag', tag }),
    });
  }
  if (mayUnlink(tag) && zh !== undefined && en !== undefined) {
    items.push({
      id: 'unlink',
      label: t('names.unlink'),
      icon: <Split size={14} />,
      onSelect: () => void unlinkTag(tag.id, { zh, en }),
    });
  }
  return items;
}
