import { CloudUpload, Folder, Tags } from 'lucide-react';
import { useTranslation } from '../i18n/index.ts';
import { useView } from '../state/view.ts';
import { openTaggingPane } from '../tagging/openTagging.ts';
import { useTaggingWork } from '../tagging/queries.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { isActive, LIBRARY_VIEWS, openLibraryView } from './libraryViewList.ts';
import styles from './Sidebar.module.css';

/** The library pane as icons, for narrow windows. Tags and folders open it as a drawer. */
export function SidebarRail({ onOpen }: { readonly onOpen: () => void }) {
  const { t } = useTranslation();
  const view = useView();
  const { section } = view;
  const work = useTaggingWork();
  return (
    <nav className={styles['rail']} aria-label={t('app.sidebar')}>
      {LIBRARY_VIEWS.map((item) => {
        const { key, Icon } = item;
        return (
          <IconButton
            key={key}
            side="right"
            className={styles['railButton']}
            label={t(`sidebar.${key}`)}
            icon={<Icon size={16} aria-hidden="true" />}
            aria-current={isActive(item, view) ? 'page' : undefined}
            onClick={() => openLibraryView(item)}
          />
        );
      })}
      {(work || section === 'tagging') && (
        <IconButton
          side="right"
          className={styles['railButton']}
          label={t('sidebar.tagging')}
          icon={<CloudUpload size={16} aria-hidden="true" />}
          aria-current={section === 'tagging' ? 'page' : undefined}
          onClick={openTaggingPane}
        />
      )}
      <span className={styles['railLine']} />
      <IconButton
        side="right"
        label={t('sidebar.tags')}
        icon={<Tags size={16} aria-hidden="true" />}
        onClick={onOpen}
      />
      <IconButton
        side="right"
        label={t('sidebar.folders')}
        icon={<Folder size={16} aria-hidden="true" />}
        onClick={onOpen}
      />
    </nav>
  );
}
