import { openDialog, type PhotoTarget } from '../state/dialogs.ts';
import { getSelection } from '../state/selection.ts';
import { getView, setView } from '../state/view.ts';

/** The selected photos, else all that the window shows. */
export function currentTarget(): PhotoTarget {
  const { ids } = getSelection();
  if (ids.size > 0) return { photoIds: [...ids] };
  const { query, threshold } = getView();
  return { query, threshold };
}

/** Opens the dialog that asks a service about photos. Nothing is sent by that. */
export function openTagDialog(target: PhotoTarget): void {
  openDialog({ kind: 'tag-photos', target });
}

/** Shows the work of the services. */
export function openTaggingPane(): void {
  setView({ section: 'tagging', viewerId: null }, { push: true });
}
