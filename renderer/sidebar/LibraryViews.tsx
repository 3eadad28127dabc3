import { useTranslation } from '../i18n/index.ts';
import { useView } from '../state/view.ts';
import { useRovingFocus } from '../ui/useRovingFocus.ts';
import { isActive, LIBRARY_VIEWS, openLibraryView } from './libraryViewList.ts';
import { NavRow } from './NavRow.tsx';
import { useFacets } from './queries.ts';

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
    </ul>
  );
}
