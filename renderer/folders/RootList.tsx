import { Ellipsis, Folder, Pause, Unplug } from 'lucide-react';
import type { Root } from '../../shared/model.ts';
import { useFormat } from '../i18n/format.ts';
import { useTranslation } from '../i18n/index.ts';
import { useSettings } from '../settings/queries.ts';
import { Menu } from '../ui/Menu.tsx';
import { Name } from '../ui/Name.tsx';
import styles from './Folders.module.css';
import { useRoots } from './queries.ts';
import { rootMenuItems } from './rootMenu.tsx';
import { watchText } from './watchText.ts';

const ICONS = { online: Folder, offline: Unplug, paused: Pause };

/** The folders of the library with their state, and what can be done with each. */
export function RootList() {
  const { t } = useTranslation();
  const roots = useRoots();
  if (roots?.length === 0) return <p className={styles['hint']}>{t('folders.none')}</p>;
  return (
    <ul className={styles['roots']} aria-label={t('folders.listLabel')}>
      {roots?.map((root) => (
        <RootItem key={root.id} root={root} />
      ))}
    </ul>
  );
}

function RootItem({ root }: { readonly root: Root }) {
  const { t } = useTranslation();
  const format = useFormat();
  const settings = useSettings();
  const Icon = ICONS[root.state];
  const facts = [t('common.photos', { count: root.photos })];
  if (root.state === 'online') facts.push(watchText(root, settings, t, format));
  else facts.push(t(`folders.state.${root.state}`));
  if (root.lastScanAtMs !== null) {
    facts.push(t('folders.lastScan', { time: format.instant(root.lastScanAtMs) }));
  }
  return (
    <li className={styles['root']}>
      <Icon size={16} className={styles['icon']} aria-hidden="true" />
      <div className={styles['rootText']}>
        <p className={styles['rootPath']} data-selectable>
          <Name>{root.path}</Name>
        </p>
        <p className={styles['facts']}>{facts.join(' · ')}</p>
      </div>
      <Menu items={rootMenuItems(root, t)} align="end">
        <button
          type="button"
          className={styles['menuButton']}
          aria-label={t('sidebar.folderActions', { name: root.path })}
        >
          <Ellipsis size={16} aria-hidden="true" />
        </button>
      </Menu>
    </li>
  );
}
