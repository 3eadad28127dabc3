import { Bookmark, BookmarkCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../i18n/index.ts';
import { useFacets } from '../sidebar/queries.ts';
import { useShortcut } from '../state/shortcuts.ts';
import { showToast } from '../state/toasts.ts';
import { getView, type ViewState } from '../state/view.ts';
import { Button, type ButtonProps } from '../ui/Button.tsx';
import { Popover } from '../ui/Popover.tsx';
import { Tooltip } from '../ui/Tooltip.tsx';
import { useSavedSearches } from './queries.ts';
import styles from './Saved.module.css';
import { SaveSearchForm } from './SaveSearchForm.tsx';
import { savedAs } from './savedView.ts';

/** Keeps the search on screen, or says that it is kept and lets it be changed. Not there without a search. */
export function SaveSearchButton({ view }: { readonly view: ViewState }) {
  const { t } = useTranslation();
  const { error } = useFacets();
  const saved = savedAs(useSavedSearches(), view);
  const [open, setOpen] = useState(false);

  useShortcut(
    'mod+s',
    () => {
      // What was just typed, before it is drawn here.
      const isSearch = hasQuery(getView());
      if (isSearch && error === null) setOpen(true);
      else showToast({ text: t(isSearch ? 'saved.mistake' : 'saved.nothing') });
    },
    {
      label: t('shortcuts.saveSearch'),
      group: 'search',
      inFields: true,
      enabled: view.section === 'photos' && view.viewerId === null,
    },
  );

  if (!hasQuery(view)) return null;
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={t(saved ? 'saved.edit' : 'saved.save')}
      trigger={
        <Trigger
          savedName={saved?.name ?? null}
          disabled={error !== null}
          title={error === null ? undefined : t('saved.mistake')}
        />
      }
    >
      <SaveSearchForm saved={saved} onClose={() => setOpen(false)} />
    </Popover>
  );
}

function hasQuery({ query }: ViewState): boolean {
  return query.trim() !== '';
}

type TriggerProps = ButtonProps & { readonly savedName: string | null };

/** Takes what a popover hands to what opens it. */
function Trigger({ savedName, ...rest }: TriggerProps) {
  const { t } = useTranslation();
  const Icon = savedName === null ? Bookmark : BookmarkCheck;
  const hint = savedName === null ? t('saved.save') : t('saved.savedAs', { name: savedName });
  return (
    <Tooltip text={hint} keys="mod+s">
      <Button {...rest} variant="quiet" icon={<Icon size={14} />} aria-label={hint}>
        <span className={styles['word']} aria-hidden="true">
          {t(savedName === null ? 'saved.save' : 'saved.saved')}
        </span>
      </Button>
    </Tooltip>
  );
}
