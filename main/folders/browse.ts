import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { TagrollError } from '../../shared/errors.ts';
import type { BrowsedFolder } from '../../shared/model.ts';

/**
 * Folders of this machine for the picker of a door without a folder dialog. Null starts at the home
 * folder. Files are not listed; a folder whose name is not UTF-8 cannot be named in a window and is left
 * out. Throws `folder_missing`, `folder_not_a_directory` or `folder_unreadable`.
 */
export async function browseFolders(path: string | null, hidden: boolean): Promise<BrowsedFolder> {
  const folder = resolve(path ?? homedir());
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw folderError(folder, error);
  }
  const isFolder = await Promise.all(
    entries.map(async (entry) => {
      if (entry.name.includes('\ufffd')) return false;
      if (entry.isDirectory()) return true;
      if (!entry.isSymbolicLink()) return false;
      const target = await stat(join(folder, entry.name)).catch(() => null);
      return target?.isDirectory() ?? false;
    }),
  );
  const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const parent = dirname(folder);
  return {
    path: folder,
    parent: parent === folder ? null : parent,
    folders: entries
      .filter((entry, at) => isFolder[at] && (hidden || !entry.name.startsWith('.')))
      .map((entry) => ({
        name: entry.name,
        path: join(folder, entry.name),
        hidden: entry.name.startsWith('.'),
      }))
      .sort((a, b) => order.compare(a.name, b.name)),
  };
}

/** Why a folder cannot be used, with the next step. */
export function folderError(path: string, error: unknown): TagrollError {
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
