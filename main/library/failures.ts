import { TagrollError } from '../../shared/errors.ts';

/** The file system's own words for a folder that is not there or not to be written. */
const FILE_CODES = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR']);

/** SQLite's own errors as the few that a person can do something about. Others pass unchanged. */
export function toLibraryError(error: unknown, databasePath: string): unknown {
  if (error instanceof TagrollError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const data = { path: databasePath, sqlite: code };
  if (code.startsWith('SQLITE_FULL') || code === 'SQLITE_IOERR_WRITE') {
    return new TagrollError(
      'disk_full',
      `There is no room left to write the library ${databasePath}. Free some disk space; Tagroll then goes on by itself.`,
      data,
      error,
    );
  }
  if (
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    code === 'SQLITE_PERM' ||
    FILE_CODES.has(code)
  ) {
    return new TagrollError(
      'library_read_only',
      `The library ${databasePath} cannot be written. Check the permissions of its folder, or choose another with --library.`,
      data,
      error,
    );
  }
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) {
    return new TagrollError(
      'library_damaged',
      `The library ${databasePath} is damaged. It was left as it is; keep a copy of it and restore a backup.`,
      data,
      error,
    );
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new TagrollError(
      'library_locked',
      `Another program holds the library ${databasePath}. Close it and try again.`,
      data,
      error,
    );
  }
  return error;
}
