import { Minus, Plus } from 'lucide-react';
import type { Translate } from '../../i18n/index.ts';
import type { MenuItem } from '../../ui/Menu.tsx';
import type { FacetValueState } from './clicks.ts';

/** What can be done with a value: lines of its menu. */
export function facetItems(value: FacetValueState, t: Translate): MenuItem[] {
  const { use, replaces, click, only } = value;
  const included = use === 'included';
  const canJoin = value.canJoin();
  const items: MenuItem[] = [
    {
      id: 'add',
      label: included
        ? t('sidebar.tagRemove')
        : canJoin && replaces
          ? t('facets.switch')
          : t('sidebar.tagAdd'),
      icon: included ? <Minus size={14} /> : <Plus size={14} />,
      onSelect: () => click('add'),
    },
  ];
  if (canJoin) {
    items.push({
      id: 'or',
      label: t('facets.or'),
      hint: t('facets.shiftClick'),
      onSelect: () => click('or'),
    });
  }
  items.push(
    { id: 'only', label: t('sidebar.tagOnly'), onSelect: only },
    {
      id: 'exclude',
      label: use === 'excluded' ? t('facets.include') : t('sidebar.tagExclude'),
      hint: t('facets.altClick'),
      onSelect: () => click('exclude'),
    },
  );
  return items;
}
