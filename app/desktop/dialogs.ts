/** What only the system can ask or do: choose a folder, move files to its trash. */
import { dirname } from 'node:path';
import { type BrowserWindow, dialog, shell } from 'electron';
import type { Client } from '../engineClient.ts';
import type { TrashResult } from './channels.ts';
import type { Texts } from './texts.ts';

/** Longer than a large video takes to another disk; on a share that hangs it would take for ever. */
const TRASH_WITHIN_MS = 60_000;

/** The system's folder dialog; null when the person cancels. */
export async function chooseFolder(window: BrowserWindow, texts: Texts): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: texts.chooseFolder,
    buttonLabel: texts.choose,
    properties: ['openDirectory', 'createDirectory'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** Moves photos to the trash after asking. The page says which photos; only the engine knows their files. */
export async function trashPhotos(
  window: BrowserWindow,
  texts: Texts,
  client: Pick<Client, 'photos' | 'folders'>,
  photoIds: unknown,
): Promise<TrashResult> {
  if (!isIds(photoIds)) throw new Error('Photos to move to the trash must be named by their ids.');
  const shots = await Promise.all(photoIds.map((id) => client.photos.filePath({ id })));
  const photoPaths = new Set(shots.map((shot) => shot.path));
  const others = shots.flatMap((shot) => shot.belonging).filter((path) => !photoPaths.has(path));
  const belonging = new Set(others).size;
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: texts.trashTitle(photoIds.length),
    detail:
      belonging === 0
        ? texts.trashDetail
        : `${texts.trashBelonging(belonging)}\n${texts.trashDetail}`,
    buttons: [texts.trash, texts.cancel],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  if (response !== 0) return { trashed: 0, failed: [] };
  const failed: { path: string; message: string }[] = [];
  let trashed = 0;
  const gone = new Set<string>();
  /** Folders that did not answer: nobody waits for them again. */
  const silent = new Set<string>();
  const take = async (path: string): Promise<boolean> => {
    if (gone.has(path)) return true;
    try {
      if (silent.has(dirname(path)) || !(await endsInTime(shell.trashItem(path)))) {
        silent.add(dirname(path));
        throw new Error(texts.trashSilent);
      }
      gone.add(path);
      return true;
    } catch (error) {
      failed.push({ path, message: error instanceof Error ? error.message : String(error) });
      return false;
    }
  };
  for (const shot of shots) {
    // A photo that stays keeps what belongs to it.
    if (!(await take(shot.path))) continue;
    trashed += 1;
    for (const path of shot.belonging) await take(path);
  }
  await client.folders.rescan({});
  return { trashed, failed };
}

/** Whether work ended within the time it may take; rejects as the work does. */
async function endsInTime(work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), TRASH_WITHIN_MS);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

function isIds(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((id) => Number.isSafeInteger(id) && id > 0);
}
