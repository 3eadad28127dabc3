import type { FolderNode } from '../../shared/model.ts';
import type { Translate } from '../i18n/index.ts';
import type { MenuItem } from '../ui/Menu.tsx';
import type { NeverUpload } from './neverUpload.ts';
import { setNeverUpload } from './queries.ts';

/** The line of a folder's menu that keeps its photos on this computer. */
export function neverUploadItem(folder: FolderNode, mark: NeverUpload, t: Translate): MenuItem {
  const inherited = mark === 'inherited';
  return {
    id: 'never-upload',
    label: inherited ? t('privacy.inheritedItem') : t('privacy.neverUpload'),
    checked: mark !== null,
    disabled: inherited,
    onSelect: () => void setNeverUpload(folder, mark !== 'own'),
  };
}
