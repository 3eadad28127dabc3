import { useEffect, useRef } from 'react';
import { useTranslation } from '../i18n/index.ts';
import { SavedSearches } from '../saved/SavedSearches.tsx';
import { FolderTree } from './FolderTree.tsx';
import { DateGroup } from './facets/DateGroup.tsx';
import { FacetGroup } from './facets/FacetGroup.tsx';
import { GROUPS } from './facets/groups.ts';
import { takeWantedSection } from './facets/sections.ts';
import { LibraryViews } from './LibraryViews.tsx';
import { Resizer } from './Resizer.tsx';
import styles from './Sidebar.module.css';
import { TagList } from './TagList.tsx';
import { useSteadyFocus } from './useSteadyFocus.ts';
import { ScrollElement } from './VirtualRows.tsx';
import { useSidebarWidth } from './width.ts';

/** The library pane at its full width, beside the photos. */
export function Sidebar() {
  const { t } = useTranslation();
  const width = useSidebarWidth();
  return (
    <nav className={styles['sidebar']} style={{ width }} aria-label={t('app.sidebar')}>
      <SidebarContent onChoose={() => undefined} />
      <Resizer />
    </nav>
  );
}

/** The same over the photos, where the window is too narrow for both. Choosing something closes it. */
export function SidebarDrawer({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const drawer = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const wanted = takeWantedSection();
    const part = wanted && drawer.current?.querySelector(`[data-section="${wanted}"]`);
    part?.scrollIntoView({ block: 'start' });
    const first = part?.querySelector<HTMLElement>('[aria-expanded]');
    (first ?? drawer.current?.querySelector<HTMLElement>('[data-roving]'))?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <>
      <div className={styles['drawerScrim']} onPointerDown={onClose} />
      <nav
        ref={drawer}
        className={styles['drawer']}
        aria-label={t('app.sidebar')}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.defaultPrevented) return;
          event.preventDefault();
          onClose();
        }}
      >
        <SidebarContent onChoose={onClose} />
      </nav>
    </>
  );
}

function SidebarContent({ onChoose }: { readonly onChoose: () => void }) {
  const scroll = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  useSteadyFocus(scroll, content);
  return (
    <ScrollElement value={scroll}>
      <div ref={scroll} className={styles['scroll']}>
        <div ref={content}>
          <LibraryViews onChoose={onChoose} />
          <SavedSearches onChoose={onChoose} />
          <TagList />
          <DateGroup />
          <FolderTree onChoose={onChoose} />
          {GROUPS.map((kind) => (
            <FacetGroup key={kind.id} kind={kind} />
          ))}
        </div>
      </div>
    </ScrollElement>
  );
}
