import { FolderSearch, Pause, Play, RefreshCw, Trash2 } from 'lucide-react';
import type { Root } from '../../shared/model.ts';
import type { Translate } from '../i18n/index.ts';
import { openDialog } from '../state/dialogs.ts';
import type { MenuItem } from '../ui/Menu.tsx';
import { askForNewPlace, rescanRoot, setRootPaused } from './queries.ts';

/** What can be done with a folder of the library. */
export function rootMenuItems(root: Root, t: Translate): MenuItem[] {
  const paused = root.state === 'paused';
  return [
    {
      id: 'rescan',
      label: t('folders.rescan'),
      icon: <RefreshCw size={14} />,
      disabled: paused,
      onSelect: () => void rescanRoot(root),
    },
    {
      id: 'pause',
      label: paused ? t('folders.resume') : t('folders.pause'),
      icon: paused ? <Play size={14} /> : <Pause size={14} />,
      onSelect: () => void setRootPaused(root, !paused),
    },
    {
      id: 'locate',
      label: t('folders.locate'),
      icon: <FolderSearch size={14} />,
      onSelect: () => void askForNewPlace(root),
    },
    {
      id: 'remove',
      label: t('folders.removeMenu'),
      icon: <Trash2 size={14} />,
      danger: true,
      separated: true,
      onSelect: () => openDialog({ kind: 'remove-root', root }),
    },
  ];
}
