import { Menu as MenuIcon, PanelRight, Settings } from 'lucide-react';
import { useTranslation } from '../i18n/index.ts';
import { HistoryButtons } from '../navigation/HistoryButtons.tsx';
import { Lens } from '../search/Lens.tsx';
import { SearchField } from '../search/SearchField.tsx';
import { Zoom } from '../search/Zoom.tsx';
import { useSidebarWidth } from '../sidebar/width.ts';
import { openDialog } from '../state/dialogs.ts';
import { useViewPart } from '../state/view.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Logo } from '../ui/Logo.tsx';
import styles from './Layout.module.css';
import { useDrawer, useInspectorPane } from './panes.ts';
import type { Layout } from './useLayout.ts';

/** The bar at the top: what is looked for, and how it is shown. */
export function TopBar({ layout }: { readonly layout: Layout }) {
  const { t } = useTranslation();
  const inspector = useInspectorPane(layout);
  const drawer = useDrawer(layout);
  const section = useViewPart('section');
  return (
    <header className={styles['top']}>
      {layout === 'small' && (
        <IconButton
          label={drawer.isOpen ? t('app.hideSidebar') : t('app.showSidebar')}
          icon={<MenuIcon size={16} aria-hidden="true" />}
          aria-expanded={drawer.isOpen}
          onClick={() => drawer.setOpen(!drawer.isOpen)}
        />
      )}
      {(layout === 'wide' || layout === 'medium') && <Brand />}
      {layout !== 'small' && <HistoryButtons />}
      <SearchField />
      <div className={styles['tools']}>
        {/* What changes how photos are shown keeps its place where none are shown. */}
        <div className={styles['photoTools']} data-off={section !== 'photos' || undefined}>
          {layout === 'wide' && <Zoom />}
          <Lens />
          <IconButton
            label={inspector.isOpen ? t('app.hideInspector') : t('app.showInspector')}
            keys="i"
            icon={<PanelRight size={16} aria-hidden="true" />}
            pressed={inspector.isOpen}
            onClick={() => inspector.setOpen(!inspector.isOpen)}
          />
        </div>
        <IconButton
          label={t('app.settings')}
          keys="mod+,"
          icon={<Settings size={16} aria-hidden="true" />}
          onClick={() => openDialog({ kind: 'settings', tab: 'general' })}
        />
      </div>
    </header>
  );
}

/** The name over the library pane, so that the search begins where the photos do. */
function Brand() {
  const { t } = useTranslation();
  const width = useSidebarWidth();
  return (
    <span className={styles['brand']} style={{ width }}>
      <Logo />
      {t('app.name')}
    </span>
  );
}
