import { ArrowDown, ArrowUp, CloudUpload } from 'lucide-react';
import { memo } from 'react';
import type { Sort } from '../../shared/model.ts';
import { useHasPhotos, useResultTotal } from '../grid/result.ts';
import { useTranslation } from '../i18n/index.ts';
import { CopyAddress } from '../navigation/CopyAddress.tsx';
import { SaveSearchButton } from '../saved/SaveSearchButton.tsx';
import { useCalmView } from '../state/useCalmView.ts';
import { getView, setView, useViewPart, type ViewState } from '../state/view.ts';
import { openTagDialog } from '../tagging/openTagging.ts';
import { Button } from '../ui/Button.tsx';
import { Menu, type MenuItem } from '../ui/Menu.tsx';
import styles from './ViewControls.module.css';
import { Zoom } from './Zoom.tsx';

const SORTS: readonly Sort[] = ['taken', 'added', 'name', 'confidence'];

/** What each order is called when it is turned round. */
const TURNED = {
  taken: 'ascending',
  added: 'ascending',
  name: 'descendingName',
  confidence: 'ascendingConfidence',
} as const;

type ResultBarProps = { readonly withZoom: boolean };

/** How many photos are found, and in which order they are; their size where the top bar has no room for it. */
export const ResultBar = memo(function ResultBar({ withZoom }: ResultBarProps) {
  return (
    <div className={styles['bar']}>
      <Total />
      <BarTools withZoom={withZoom} />
    </div>
  );
});

function Total() {
  const { t } = useTranslation();
  const query = useViewPart('query');
  const total = useResultTotal();
  return (
    <h1 className={styles['total']} aria-live={query ? 'polite' : 'off'}>
      {total === null ? '' : t('search.results', { count: total })}
    </h1>
  );
}

/** Follows the view when the photos have been drawn. */
function BarTools({ withZoom }: ResultBarProps) {
  return <ToolsOf withZoom={withZoom} view={useCalmView()} />;
}

// What is done asks for the view of that moment, which may not be drawn here yet.
function tagResult(): void {
  const { query, threshold } = getView();
  openTagDialog({ query, threshold });
}

function turnOrder(): void {
  setView({ ascending: !getView().ascending }, { push: true });
}

type ToolsOfProps = ResultBarProps & { readonly view: ViewState };

const ToolsOf = memo(function ToolsOf({ withZoom, view }: ToolsOfProps) {
  const { t } = useTranslation();
  const { sort, ascending } = view;
  const hasNothing = !useHasPhotos();
  // Names begin with A; everything else begins with the newest or the surest.
  const turned = sort === 'name' ? !ascending : ascending;
  const items: MenuItem[] = SORTS.map((key) => ({
    id: key,
    label: t(`search.sorts.${key}`),
    checked: key === sort,
    onSelect: () => setView({ sort: key, ascending: key === 'name' }, { push: true }),
  }));
  items.push({
    id: 'turned',
    label: t(`search.${TURNED[sort]}`),
    checked: turned,
    separated: true,
    onSelect: turnOrder,
  });
  const Arrow = turned ? ArrowUp : ArrowDown;
  return (
    <div className={styles['barTools']}>
      <SaveSearchButton view={view} />
      {withZoom && <Zoom />}
      <Button
        variant="quiet"
        icon={<CloudUpload size={14} />}
        disabled={hasNothing}
        onClick={tagResult}
      >
        <span className={styles['word']}>{t('tagging.openAll')}</span>
      </Button>
      <CopyAddress />
      <Menu items={items} label={t('search.sort')} align="end">
        <Button
          variant="quiet"
          icon={<Arrow size={14} />}
          aria-label={`${t('search.sort')}: ${t(`search.sorts.${sort}`)}`}
        >
          {t(`search.sorts.${sort}`)}
        </Button>
      </Menu>
    </div>
  );
});
