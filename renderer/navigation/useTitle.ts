import { useEffect, useSyncExternalStore } from 'react';
import { tileStore } from '../grid/tiles.ts';
import { useTranslation } from '../i18n/index.ts';
import { useView } from '../state/view.ts';
import { viewTitle } from './title.ts';

/** Keeps the window's title in step with what it shows. */
export function useTitle(): void {
  const { t, i18n } = useTranslation();
  const view = useView();
  const { viewerId } = view;
  const photoName = useSyncExternalStore(tileStore.subscribe, () =>
    viewerId === null ? null : (tileStore.get(viewerId)?.name ?? null),
  );
  const title = viewTitle(view, t, (key) => i18n.exists(key), photoName);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(
    () => () => {
      document.title = t('app.name');
    },
    [t],
  );
}
