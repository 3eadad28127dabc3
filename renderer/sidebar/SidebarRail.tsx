import { Calendar, Camera, CloudUpload, Folder, type LucideIcon, Tags } from 'lucide-react';
import { useTranslation } from '../i18n/index.ts';
import { SavedRailButton } from '../saved/SavedSearches.tsx';
import { useView } from '../state/view.ts';
import { openTaggingPane } from '../tagging/openTagging.ts';
import { useTaggingWork } from '../tagging/queries.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { type SectionId, showSection } from './facets/sections.ts';
import { isActive, LIBRARY_VIEWS, openLibraryView } from './libraryViewList.ts';
import styles from './Sidebar.module.css';

/** Parts that open the drawer. */
const PARTS = [
  { id: 'tags', label: 'sidebar.tags', Icon: Tags },
  { id: 'dates', label: 'facets.dates', Icon: Calendar },
  { id: 'folders', label: 'sidebar.folders', Icon: Folder },
  { id: 'cameras', label: 'facets.cameras', Icon: Camera },
] as const satisfies readonly { id: SectionId; label: string; Icon: LucideIcon }[];

/** The library pane as icons, for narrow windows. Tags, folders and the like open it as a drawer. */
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
      <SavedRailButton onOpen={onOpen} />
      {PARTS.map(({ id, label, Icon }) => (
        <IconButton
          key={id}
          side="right"
          label={t(label)}
          icon={<Icon size={16} aria-hidden="true" />}
          onClick={() => {
            showSection(id);
            onOpen();
          }}
        />
      ))}
    </nav>
  );
}
