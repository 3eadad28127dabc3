/** What a person does to photos: each call with its success sentence, its failure sentence, and undo. */
import { client, toTagrollError } from '../api/client.ts';
import { desktop } from '../api/desktop.ts';
import { currentLanguage, errorText, translate } from '../i18n/index.ts';
import { createStore } from '../state/store.ts';
import { dismissToast, showToast } from '../state/toasts.ts';
import { tileStore } from './tiles.ts';
import { createUndoStack } from './undoStack.ts';

export type LabelVerb = 'add' | 'remove' | 'reject' | 'unreject';

const undoStack = createUndoStack();
/** The toast that offers to undo an action, by the action. */
const offers = new Map<number, number>();

/**
 * Grows with each action that worked. The engine's event follows a moment later; what a person changed
 * is asked for anew at once.
 */
export const actionsDone = createStore(0);

function changed(photoIds: readonly number[] | null): void {
  tileStore.invalidate(photoIds);
  actionsDone.set(actionsDone.get() + 1);
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a step once all earlier ones are answered: keys are pressed faster than that, and the second
 * of two undos has to find the stack as the first one leaves it.
 */
function afterOthers<Value>(step: () => Promise<Value>): Promise<Value> {
  const next = last.then(step);
  last = next.catch(() => undefined);
  return next;
}

/** Runs one action and tells of its outcome. Resolves to whether it worked. */
function act(
  photoIds: readonly number[],
  call: () => Promise<{ readonly photos: number; readonly undo: number | null }>,
  sentence: (photos: number) => string,
): Promise<boolean> {
  return afterOthers(async () => {
    try {
      const { photos, undo } = await call();
      if (undo === null) {
        showToast({ text: translate('grid.done.nothing') });
        return true;
      }
      undoStack.push(undo);
      changed(photoIds);
      const takeBack = (): void => void afterOthers(() => undoOne(undo));
      offers.set(undo, showToast({ text: sentence(photos), undo: takeBack, kind: 'success' }));
      return true;
    } catch (error) {
      showToast({ text: errorText(toTagrollError(error)), kind: 'error' });
      return false;
    }
  });
}

/** Adds a tag to photos, or removes, rejects or restores it. `tag` is an id or a name. */
export function labelPhotos(
  action: LabelVerb,
  photoIds: Iterable<number>,
  tag: number | string,
  name: string,
): Promise<boolean> {
  const ids = [...photoIds];
  if (ids.length === 0) return Promise.resolve(false);
  const language = currentLanguage();
  return act(
    ids,
    () => client.tags.label({ action, tag, language, target: { photoIds: ids } }),
    (count) => translate(`grid.done.${action}`, { count, tag: name }),
  );
}

export function setFavorite(photoIds: Iterable<number>, favorite: boolean): Promise<boolean> {
  const ids = [...photoIds];
  if (ids.length === 0) return Promise.resolve(false);
  return act(
    ids,
    () => client.photos.setFavorite({ favorite, target: { photoIds: ids } }),
    (count) => translate(favorite ? 'grid.done.favorite' : 'grid.done.unfavorite', { count }),
  );
}

/** Takes over what a person did to a missing photo with the same picture. */
export function adoptEvidence(fromId: number, toId: number): Promise<boolean> {
  return act(
    [fromId, toId],
    async () => ({ photos: 1, ...(await client.photos.adoptEvidence({ fromId, toId })) }),
    () => translate('grid.done.adopt'),
  );
}

/** Takes back one action, whoever did it. */
export function takeBack(undo: number): Promise<void> {
  return afterOthers(() => undoOne(undo));
}

/** Takes the newest action back. */
export function undoLast(): Promise<void> {
  return afterOthers(async () => {
    const undo = undoStack.latest();
    if (undo === null) showToast({ text: translate('grid.done.nothingToUndo') });
    else await undoOne(undo);
  });
}

/** Does the action again that was taken back last. */
export function redoLast(): Promise<void> {
  return afterOthers(async () => {
    const redo = undoStack.latestUndone();
    if (redo === null) return;
    await reverse(redo, (count, back) => {
      undoStack.redone(redo, back);
      showToast({ text: translate('grid.done.redone', { count }) });
    });
  });
}

async function undoOne(undo: number): Promise<void> {
  await reverse(undo, (count, redo) => {
    undoStack.undone(undo, redo);
    const offer = offers.get(undo);
    offers.delete(undo);
    if (offer !== undefined) dismissToast(offer);
    showToast({ text: translate('grid.done.undone', { count }) });
  });
}

async function reverse(
  undo: number,
  done: (photos: number, back: number | null) => void,
): Promise<void> {
  try {
    const { photos, undo: back } = await client.tags.undo({ undo });
    done(photos, back);
    changed(null);
  } catch (error) {
    const failure = toTagrollError(error);
    // What can never be undone must not be in the way of what can.
    if (failure.code === 'undo_gone') undoStack.forget(undo);
    showToast({ text: errorText(failure), kind: 'error' });
  }
}

/** Whether this door can move files to the trash. */
export function canTrash(): boolean {
  return desktop()?.trash !== undefined;
}

/** Moves files to the system's trash; the door asks first. */
export async function trashPhotos(photoIds: Iterable<number>): Promise<void> {
  try {
    await desktop()?.trash?.([...photoIds]);
  } catch (error) {
    showToast({ text: errorText(toTagrollError(error)), kind: 'error' });
  }
}

/** Opens the file manager at a photo. */
export async function showInFolder(id: number): Promise<void> {
  try {
    await client.photos.showInFolder({ id });
  } catch (error) {
    showToast({ text: errorText(toTagrollError(error)), kind: 'error' });
  }
}
