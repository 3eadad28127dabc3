import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ArrowUp, Folder, House } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { toTagrollError } from '../api/client.ts';
import { errorText, useTranslation } from '../i18n/index.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Name } from '../ui/Name.tsx';
import { useSlow } from '../ui/Skeleton.tsx';
import { TextField } from '../ui/TextField.tsx';
import { useRovingFocus } from '../ui/useRovingFocus.ts';
import { Breadcrumbs } from './Breadcrumbs.tsx';
import styles from './FolderBrowser.module.css';
import { browseQuery } from './queries.ts';

/** A folder of a healthy disk is listed long before. */
const TELL_AFTER_MS = 600;

type FolderBrowserProps = {
  /** Where to begin; null is the home folder. */
  readonly start: string | null;
  /** Told of the folder that is shown; null while there is none. */
  readonly onPath: (path: string | null) => void;
};

/** Walks through the folders of this machine. The folder that is shown is the one that is chosen. */
export function FolderBrowser({ start, onPath }: FolderBrowserProps) {
  const { t } = useTranslation();
  const [path, setPath] = useState(start);
  const [typed, setTyped] = useState('');
  const [hidden, setHidden] = useState(false);
  const list = useRovingFocus<HTMLUListElement>();
  const follow = useRef(false);
  const { data, error, isPlaceholderData } = useQuery({
    ...browseQuery(path, hidden),
    placeholderData: keepPreviousData,
  });
  const shown = error ? null : (data?.path ?? null);
  const refusal = error ? toTagrollError(error) : null;
  // The way back from a folder that cannot be shown stays.
  const place = data?.path ?? refusal?.data['path'];

  useEffect(() => {
    if (shown !== null && !isPlaceholderData) setTyped(shown);
  }, [shown, isPlaceholderData]);
  useEffect(() => onPath(isPlaceholderData ? null : shown), [shown, isPlaceholderData, onPath]);
  // Whoever goes on by keyboard stays in the list.
  useEffect(() => {
    if (!follow.current || isPlaceholderData || !data) return;
    follow.current = false;
    list.ref.current?.querySelector<HTMLElement>('[data-roving]')?.focus();
  }, [data, isPlaceholderData, list.ref]);

  const go = (next: string | null): void => {
    follow.current = document.activeElement?.closest('ul') === list.ref.current;
    setPath(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Backspace' || event.key === 'ArrowLeft') {
      if (data?.parent) go(data.parent);
      event.preventDefault();
    } else if (event.key === 'ArrowRight') {
      (event.target as HTMLElement).click();
      event.preventDefault();
    } else {
      list.onKeyDown(event);
    }
  };
  return (
    <div className={styles['browser']}>
      <div className={styles['row']}>
        <IconButton
          label={t('folders.home')}
          icon={<House size={16} aria-hidden="true" />}
          onClick={() => go(null)}
        />
        <IconButton
          label={t('folders.up')}
          icon={<ArrowUp size={16} aria-hidden="true" />}
          disabled={!data?.parent}
          onClick={() => data?.parent && go(data.parent)}
        />
        <TextField
          className={styles['path']}
          label={t('folders.path')}
          value={typed}
          onChange={setTyped}
          invalid={error !== null}
          autoFocus
          {...(error ? { describedBy: 'folder-browser-problem' } : {})}
          onEnter={() => setPath(typed.trim() || null)}
        />
      </div>
      {typeof place === 'string' && place !== '' && <Breadcrumbs path={place} onGo={go} />}
      <div className={styles['listFrame']}>
        {refusal ? (
          <p id="folder-browser-problem" role="alert" className={styles['problem']}>
            {errorText(refusal)}
          </p>
        ) : (
          data?.folders.length === 0 && <p className={styles['hint']}>{t('folders.noFolders')}</p>
        )}
        <ul
          {...list}
          onKeyDown={onKeyDown}
          aria-label={t('folders.list', { path: data?.path ?? '' })}
          aria-busy={isPlaceholderData}
        >
          {!error &&
            data?.folders.map((folder) => (
              <li key={folder.path}>
                <button
                  type="button"
                  data-roving
                  data-hidden={folder.hidden}
                  className={styles['folder']}
                  onClick={() => go(folder.path)}
                >
                  <Folder size={16} aria-hidden="true" />
                  <span className={styles['name']}>
                    <Name>{folder.name}</Name>
                  </span>
                </button>
              </li>
            ))}
        </ul>
      </div>
      <div className={styles['foot']}>
        <Checkbox checked={hidden} onChange={setHidden}>
          {t('folders.showHidden')}
        </Checkbox>
        {isPlaceholderData && path !== null && <Waiting path={path} />}
      </div>
    </div>
  );
}

/** Whoever waits for a share is told so. */
function Waiting({ path }: { readonly path: string }) {
  const { t } = useTranslation();
  const isSlow = useSlow(TELL_AFTER_MS);
  return (
    <p role="status" className={styles['waiting']}>
      {isSlow ? t('folders.waiting', { path }) : ''}
    </p>
  );
}
