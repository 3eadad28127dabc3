import { queryOptions, useQuery } from '@tanstack/react-query';
import type { FolderNode, Root } from '../../shared/model.ts';
import { client } from '../api/client.ts';
import { desktop } from '../api/desktop.ts';
import { queryClient } from '../api/queryClient.ts';
import { queryKeys } from '../api/queryKeys.ts';
import { translate } from '../i18n/index.ts';
import { openDialog } from '../state/dialogs.ts';
import { attempt, reportError } from '../state/report.ts';
import { showToast } from '../state/toasts.ts';

export const rootsQuery = queryOptions({
  queryKey: queryKeys.roots,
  queryFn: async ({ signal }): Promise<readonly Root[]> =>
    (await client.folders.list(undefined, { signal })).roots,
});

export const treeQuery = queryOptions({
  queryKey: queryKeys.tree,
  queryFn: async ({ signal }): Promise<readonly FolderNode[]> =>
    (await client.folders.tree(undefined, { signal })).folders,
});

/** The folders that the person added; undefined until they are known. */
export function useRoots(): readonly Root[] | undefined {
  return useQuery(rootsQuery).data;
}

/** Folders at a place of this machine. Null is the home folder. */
export function browseQuery(path: string | null, hidden: boolean) {
  return queryOptions({
    queryKey: ['browse', path, hidden],
    queryFn: ({ signal }) => client.folders.browse({ path, hidden }, { signal }),
    staleTime: 0,
    retry: false,
  });
}

/** Asks for a folder with the system's dialog where there is one, else with our own, and adds it. */
export async function askForFolder(): Promise<void> {
  const choose = desktop()?.chooseFolder;
  if (!choose) return openDialog({ kind: 'add-folder' });
  try {
    const path = await choose();
    if (path !== null) await addRoot(path);
  } catch (error) {
    reportError(error);
  }
}

/** Adds a folder. Rejects with the reason when it cannot be one. */
export async function addRoot(path: string): Promise<void> {
  const { roots } = await client.folders.add({ paths: [path] });
  queryClient.setQueryData(queryKeys.roots, roots);
  await refetchFolders();
}

/** Where the system has a dialog it is asked; else ours opens. */
export async function askForNewPlace(root: Root): Promise<void> {
  const choose = desktop()?.chooseFolder;
  if (!choose) return openDialog({ kind: 'locate-root', root });
  try {
    const path = await choose();
    if (path !== null) await relocateRoot(root, path);
  } catch (error) {
    reportError(error);
  }
}

/** Rejects when the photos there are others. */
export async function relocateRoot(root: Root, path: string): Promise<void> {
  await client.folders.relocate({ rootId: root.id, path });
  await refetchFolders();
  showToast({ kind: 'success', text: translate('folders.relocated', { path }) });
}

export async function setRootPaused(root: Root, paused: boolean): Promise<void> {
  await attempt(async () => {
    await client.folders.setPaused({ rootId: root.id, paused });
    await refetchFolders();
  });
}

/** Keeps the photos of a folder, and of all below it, on this computer, or no longer. */
export async function setNeverUpload(folder: FolderNode, never: boolean): Promise<void> {
  await attempt(async () => {
    await client.tagging.setNeverUpload({ folderId: folder.id, never });
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: queryKeys.tree }),
      queryClient.invalidateQueries({ queryKey: queryKeys.estimate }),
    ]);
    showToast({
      text: translate(never ? 'privacy.marked' : 'privacy.unmarked', { path: folder.path }),
      undo: () => void setNeverUpload(folder, !never),
    });
  });
}

export async function rescanRoot(root: Root): Promise<void> {
  await attempt(async () => {
    await client.folders.rescan({ rootId: root.id });
    showToast({ text: translate('folders.rescanning', { path: root.path }) });
  });
}

/** Rejects when it cannot be removed. The files stay in any case. */
export async function removeRoot(root: Root, forget: boolean): Promise<void> {
  const { photos } = await client.folders.remove({ rootId: root.id, forget });
  await refetchFolders();
  const undo = (): void => void attempt(() => addRoot(root.path));
  showToast({
    text: translate('folders.removed', { path: root.path, count: photos }),
    ...(forget ? {} : { undo }),
  });
}

async function refetchFolders(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: queryKeys.roots }),
    queryClient.invalidateQueries({ queryKey: queryKeys.tree }),
    queryClient.invalidateQueries({ queryKey: queryKeys.facets }),
    queryClient.invalidateQueries({ queryKey: queryKeys.status }),
  ]);
}
