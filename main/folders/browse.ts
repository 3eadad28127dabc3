import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { TagrollError } from '../../shared/errors.ts';
import type { BrowsedFolder } from '../../shared/model.ts';
import { askFolder } from './askFolder.ts';

/**
 * Folders of this machine for the picker of a door without a folder dialog. Null starts at the home
 * folder. Files are not listed; a folder whose name is not UTF-8 cannot be named in a window and is left
 * out. Links that lead where nobody answers are listed. Throws `folder_missing`, `folder_not_a_directory`,
 * `folder_unreadable`, or `folder_silent` after `silentAfterMs`.
 */
export async function browseFolders(
  path: string | null,
  hidden: boolean,
  silentAfterMs?: number,
): Promise<BrowsedFolder> {
  const folder = resolve(path ?? homedir());
  const names = await listFolders(folder, silentAfterMs).catch((error: unknown) => {
    throw folderError(folder, error);
  });
  const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const parent = dirname(folder);
  return {
    path: folder,
    parent: parent === folder ? null : parent,
    folders: names
      .filter((name) => hidden || !name.startsWith('.'))
      .map((name) => ({ name, path: join(folder, name), hidden: name.startsWith('.') }))
      .sort((a, b) => order.compare(a.name, b.name)),
  };
}

async function listFolders(folder: string, silentAfterMs?: number): Promise<readonly string[]> {
  const { parts } = await askFolder({ kind: 'list', path: folder }, silentAfterMs);
  const names: string[] = [];
  /** Links that nobody has looked at: who chooses one is told that it does not answer. */
  const unknown = new Set<string>();
  for (const part of parts) {
    if (part.kind === 'folders') names.push(...part.names);
    if (part.kind === 'links') for (const name of part.names) unknown.add(name);
    if (part.kind !== 'link') continue;
    unknown.delete(part.name);
    if (part.isFolder) names.push(part.name);
  }
  return [...names, ...unknown];
}

/** Why a folder cannot be used, with the next step. */
export function folderError(path: string, error: unknown): TagrollError {
  if (error instanceof TagrollError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
  if (code === 'ENOENT') {
    return new TagrollError(
      'folder_missing',
      `There is no folder ${path}. Check the name, or plug in the drive it is on.`,
      { path },
      error,
    );
  }
  if (code === 'ENOTDIR') {
    return new TagrollError(
      'folder_not_a_directory',
      `${path} is not a folder. Choose the folder that holds the photos.`,
      { path },
      error,
    );
  }
  return new TagrollError(
    'folder_unreadable',
    `The folder ${path} cannot be read (${code}). Check its permissions, then try again.`,
    { path, code },
    error,
  );
}
