import { useEffect } from 'react';
import { PhotoGrid } from '../grid/PhotoGrid.tsx';
import { useTranslation } from '../i18n/index.ts';
import { Inspector } from '../inspector/Inspector.tsx';
import { useNavigation } from '../navigation/useNavigation.ts';
import { useTitle } from '../navigation/useTitle.ts';
import { Problems } from '../problems/Problems.tsx';
import { RememberSearches } from '../saved/RememberSearches.tsx';
import { ResultBar } from '../search/ResultBar.tsx';
import { Sidebar, SidebarDrawer } from '../sidebar/Sidebar.tsx';
import { SidebarRail } from '../sidebar/SidebarRail.tsx';
import { CalmView } from '../state/CalmView.tsx';
import { clearSelection } from '../state/selection.ts';
import { useShortcut } from '../state/shortcuts.ts';
import { useViewPart } from '../state/view.ts';
import type { Section } from '../state/viewHash.ts';
import { currentTarget, openTagDialog } from '../tagging/openTagging.ts';
import { Tagging } from '../tagging/Tagging.tsx';
import { Viewer } from '../viewer/Viewer.tsx';
import styles from './Layout.module.css';
import { useDrawer, useInspectorPane } from './panes.ts';
import { TopBar } from './TopBar.tsx';
import { useLayout } from './useLayout.ts';

/** Made once: it is drawn anew by its own doing only. */
const CALM_SIDEBAR = (
  <CalmView>
    <Sidebar />
  </CalmView>
);

/** The panes around the photos. */
export function Workspace() {
  const { t } = useTranslation();
  const layout = useLayout();
  const section = useViewPart('section');
  const inspector = useInspectorPane(layout);
  const drawer = useDrawer(layout);
  const over = layout !== 'wide';

  useNavigation();
  useShortcut('i', () => inspector.setOpen(!inspector.isOpen), {
    label: t('shortcuts.inspector'),
    enabled: section === 'photos',
  });
  useShortcut('shift+t', () => openTagDialog(currentTarget()), {
    label: t('shortcuts.tagPhotos'),
    group: 'photos',
    enabled: section === 'photos',
  });
  const showInspector = inspector.isOpen && section === 'photos';
  return (
    <>
      <ViewEffects />
      <TopBar layout={layout} />
      <div className={styles['panes']}>
        {(layout === 'wide' || layout === 'medium') && CALM_SIDEBAR}
        {layout === 'narrow' && <SidebarRail onOpen={() => drawer.setOpen(true)} />}
        {drawer.isOpen && (
          <CalmView>
            <SidebarDrawer onClose={() => drawer.setOpen(false)} />
          </CalmView>
        )}
        <main className={styles['content']} aria-label={t('app.content')}>
          {section === 'photos' ? (
            <>
              <ResultBar withZoom={over} />
              <PhotoGrid />
              <RememberSearches />
            </>
          ) : (
            <Elsewhere section={section} />
          )}
        </main>
        {showInspector && (
          <aside
            className={styles[over ? 'inspectorOver' : 'inspector']}
            aria-label={t('inspector.title')}
          >
            <Inspector />
          </aside>
        )}
      </div>
      {section !== 'problems' && <Viewer />}
    </>
  );
}

/** Follows every change of the view, so that the panes need not. */
function ViewEffects() {
  const section = useViewPart('section');
  const query = useViewPart('query');
  useTitle();
  // What is selected must be what is on screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new search clears it
  useEffect(() => clearSelection(), [section, query]);
  return null;
}

/** What stands in the middle of the window when it is not the photos. */
function Elsewhere({ section }: { readonly section: Exclude<Section, 'photos'> }) {
  return section === 'problems' ? <Problems /> : <Tagging />;
}
