/** Places where a database is not safe: folders that another program copies, and other computers' disks. */
import { sep } from 'node:path';
import { type IdentitySystem, identifyPlace } from '../folders/identity.ts';

/** Why a library is not safe where it is. */
export type Risk =
  /** A program copies the folder to a cloud, file by file and whenever it likes. */
  | { readonly kind: 'synced'; readonly program: string }
  /** Locks and the order of writes are not kept over a network as a database needs them. */
  | { readonly kind: 'network' };

/** Folder names by which such programs are known, whole or up to what they append for an account. */
const SYNCED_FOLDERS: readonly (readonly [pattern: RegExp, program: string])[] = [
  [/^dropbox( \(.+\))?$/i, 'Dropbox'],
  [/^onedrive( - .+|-.+)?$/i, 'OneDrive'],
  [/^(google ?drive|googledrive-.+)$/i, 'Google Drive'],
  [/^(icloud ?drive|mobile documents|com~apple~clouddocs)$/i, 'iCloud'],
  [/^(box|box sync|box-box)$/i, 'Box'],
  [/^nextcloud\d*$/i, 'Nextcloud'],
  [/^owncloud$/i, 'ownCloud'],
  [/^mega(sync)?$/i, 'MEGA'],
  [/^pcloud( ?drive)?$/i, 'pCloud'],
  [/^syncthing$/i, 'Syncthing'],
  [/^(nutstore( files)?|我的坚果云|坚果云)$/i, '坚果云'],
  [/^(baidusyncdisk|百度网盘同步空间)$/i, '百度网盘'],
];

/** macOS keeps what such programs mount here, each in a folder named after it. */
const CLOUD_STORAGE = 'cloudstorage';

/** The program that copies a folder to a cloud, by the folder's path; null: none that we know. */
export function syncedBy(path: string, separator: string = sep): string | null {
  const parts = path.split(separator);
  for (const [index, part] of parts.entries()) {
    const known = SYNCED_FOLDERS.find(([pattern]) => pattern.test(part));
    if (known) return known[1];
    if (parts[index - 1]?.toLowerCase() === CLOUD_STORAGE) return part.replace(/-.*$/, '');
  }
  return null;
}

/** Why the library at a path is not safe there; null: nothing is known against it. */
export async function riskOf(path: string, system?: IdentitySystem): Promise<Risk | null> {
  const program = syncedBy(path, system?.platform === 'win32' ? '\\' : sep);
  if (program !== null) return { kind: 'synced', program };
  const { isNetwork } = await identifyPlace(Buffer.from(path), system);
  return isNetwork ? { kind: 'network' } : null;
}
