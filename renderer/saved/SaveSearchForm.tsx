import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { SavedSearch } from '../../shared/searchesContract.ts';
import { isMac } from '../api/desktop.ts';
import { useLanguage, useTranslation } from '../i18n/index.ts';
import { matchesKeys } from '../state/keys.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { Checkbox } from '../ui/Checkbox.tsx';
import { TextField } from '../ui/TextField.tsx';
import { LONGEST_NAME, proposedName } from './proposedName.ts';
import { changeSaved, removeSaved, saveSearch, useAllTags } from './queries.ts';
import styles from './Saved.module.css';
import { isSameSearch, keptOf } from './savedView.ts';

type SaveSearchFormProps = {
  /** As what the search on screen is saved already; null when it is not. */
  readonly saved: SavedSearch | null;
  readonly onClose: () => void;
};

/** What a search is called and whether the lens belongs to it. */
export function SaveSearchForm({ saved, onClose }: SaveSearchFormProps) {
  const { t, i18n } = useTranslation();
  const language = useLanguage();
  const view = useView();
  const tags = useAllTags(saved === null);
  const input = useRef<HTMLInputElement>(null);
  /** Null until the person typed something. */
  const [typed, setTyped] = useState<string | null>(null);
  const offered =
    saved?.name ?? proposedName(view.query, { t, exists: i18n.exists, language, tags });
  const name = typed ?? offered;
  const [withLens, setWithLens] = useState(saved !== null && saved.threshold !== null);
  const [busy, setBusy] = useState(false);
  // What is offered is there to be typed over, also when the tags' names come a moment later.
  // biome-ignore lint/correctness/useExhaustiveDependencies: selected with each new offer
  useEffect(() => {
    if (typed === null) input.current?.select();
  }, [offered]);
  const trimmed = name.trim();
  const kept = { ...keptOf(view, withLens), name: trimmed };

  const save = async (asNew: boolean): Promise<void> => {
    if (trimmed === '' || busy) return;
    setBusy(true);
    const isDone = await (saved && !asNew ? changeSaved(saved.id, kept) : saveSearch(kept));
    setBusy(false);
    if (isDone) onClose();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!matchesKeys('mod+s', event.nativeEvent, isMac())) return;
    event.preventDefault();
    void save(false);
  };
  return (
    <div role="none" className={styles['form']} onKeyDown={onKeyDown}>
      <TextField
        ref={input}
        label={t('saved.name')}
        value={name}
        onChange={(value) => setTyped(value.slice(0, LONGEST_NAME))}
        onEnter={() => void save(false)}
      />
      <Checkbox checked={withLens} onChange={setWithLens} detail={t('saved.withLensDetail')}>
        {t('saved.withLens', { threshold: view.threshold })}
      </Checkbox>
      <div className={styles['actions']}>
        {saved && (
          <Button
            variant="quiet"
            className={styles['remove']}
            onClick={() => {
              onClose();
              void removeSaved(saved);
            }}
          >
            {t('saved.remove')}
          </Button>
        )}
        {saved && !isSameSearch(saved, view) && (
          <Button disabled={trimmed === '' || busy} onClick={() => void save(true)}>
            {t('saved.saveAsNew')}
          </Button>
        )}
        <Button
          variant="accent"
          busy={busy}
          disabled={trimmed === ''}
          onClick={() => void save(false)}
        >
          {t('saved.confirm')}
        </Button>
      </div>
    </div>
  );
}
