import { CloudUpload, TriangleAlert } from 'lucide-react';
import { useTranslation } from '../i18n/index.ts';
import { useView, useViewPart } from '../state/view.ts';
import { openTaggingPane } from '../tagging/openTagging.ts';
import { useTaggingWork } from '../tagging/queries.ts';
import { useRovingFocus } from '../ui/useRovingFocus.ts';
import { isActive, LIBRARY_VIEWS, openLibraryView } from './libraryViewList.ts';
import { NavRow } from './NavRow.tsx';
import { useFacets } from './queries.ts';
import styles from './Sidebar.module.css';

/** The fixed views of the library with their counts, which do not depend on the search. */
export function LibraryViews({ onChoose }: { readonly onChoose: () => void }) {
  const { t } = useTranslation();
  const view = useView();
  const { facets } = useFacets();
  const roving = useRovingFocus<HTMLUListElement>();
  return (
    <ul {...roving} aria-label={t('sidebar.library')}>
      {LIBRARY_VIEWS.map((item) => {
        const { key, Icon } = item;
        const active = isActive(item, view);
        return (
          <li key={key}>
            <NavRow
              label={t(`sidebar.${key}`)}
              hint={key === 'untagged' ? t('sidebar.untaggedHint') : undefined}
              icon={<Icon size={16} />}
              count={facets?.counts[key] ?? null}
              active={active}
              aria-current={active ? 'page' : undefined}
              onClick={() => {
                openLibraryView(item);
                onChoose();
              }}
            />
          </li>
        );
      })}
      <TaggingRow onChoose={onChoose} />
    </ul>
  );
}

/** The work of the services, once there is or was any. */
function TaggingRow({ onChoose }: { readonly onChoose: () => void }) {
  const { t } = useTranslation();
  const section = useViewPart('section');
  const work = useTaggingWork();
  const active = section === 'tagging';
  if (!work && !active) return null;
  return (
    <li>
      <NavRow
        label={t('sidebar.tagging')}
        icon={<CloudUpload size={16} />}
        count={work && work.waiting > 0 ? work.waiting : null}
        active={active}
        aria-current={active ? 'page' : undefined}
        mark={
          work?.stopped && (
            <TriangleAlert
              size={14}
              className={styles['alert']}
              role="img"
              aria-label={t('sidebar.taggingStopped')}
            />
          )
        }
        onClick={() => {
          openTaggingPane();
          onChoose();
        }}
      />
    </li>
  );
}
