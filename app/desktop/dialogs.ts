/** What only the system can ask or do: choose a folder, move files to its trash. */
import { type BrowserWindow, dialog, shell } from 'electron';
import type { Client } from '../engineClient.ts';
import type { TrashResult } from './channels.ts';
import type { Texts } from './texts.ts';

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
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: texts.trashTitle(photoIds.length),
    detail: texts.trashDetail,
    buttons: [texts.trash, texts.cancel],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  if (response !== 0) return { trashed: 0, failed: [] };
  const failed: { path: string; message: string }[] = [];
  let trashed = 0;
  for (const id of photoIds) {
    const { path } = await client.photos.filePath({ id });
    try {
      await shell.trashItem(path);
      trashed += 1;
    } catch (error) {
      failed.push({ path, message: error instanceof Error ? error.message : String(error) });
    }
  }
  await client.folders.rescan({});
  return { trashed, failed };
}

function isIds(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((id) => Number.isSafeInteger(id) && id > 0);
}
