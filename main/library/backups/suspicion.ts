/** A library that may be damaged is looked through before it is opened again. */
import {
  closeSync,
  existsSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { TagrollError } from '../../../shared/errors.ts';
import { listBackups } from './backupFiles.ts';
import { type Examined, examineDatabase } from './databaseFile.ts';
import { applyRestore, type Recovered, recoverFromBackup } from './restore.ts';

/** Its being there is the mark. */
const MARK = 'suspect';

/** The library's file answered with damage: its next opening looks through it first. */
export function suspectLibrary(libraryPath: string): void {
  writeFileSync(join(libraryPath, MARK), '');
}

/**
 * Puts in place what was prepared, or what is needed: a prepared restore; a backup where the database is
 * gone, or is suspected and really damaged. Null when the library can be opened as it is. Throws
 * `library_damaged` where there is no sound backup.
 */
export function recoverBeforeOpening(libraryPath: string, now: () => number): Recovered | null {
  const databasePath = join(libraryPath, 'library.db');
  const mark = join(libraryPath, MARK);
  const restored = applyRestore(libraryPath, now);
  if (restored) {
    rmSync(mark, { force: true });
    return restored;
  }
  if (!existsSync(databasePath) || statSync(databasePath).size === 0) {
    // Without backups this is a new library.
    return listBackups(join(libraryPath, 'backups')).length > 0
      ? recoverFromBackup(libraryPath, now)
      : null;
  }
  const isForeign = !beginsAsDatabase(databasePath);
  if (!isForeign && !existsSync(mark)) return null;
  // SQLite would take the log beside it for worthless, and delete it.
  const examined: Examined = isForeign ? { state: 'foreign' } : examineDatabase(databasePath);
  let recovered: Recovered | null = null;
  if (examined.state === 'damaged' || examined.state === 'foreign') {
    recovered = recoverFromBackup(libraryPath, now);
    if (!recovered) {
      const cause = examined.state === 'damaged' ? examined.cause : 'it is no database';
      throw new TagrollError(
        'library_damaged',
        `The library ${databasePath} is damaged (${cause}), and there is no sound backup of it. It was left as it is; keep a copy of it.`,
        { path: databasePath, cause },
      );
    }
  }
  rmSync(mark, { force: true });
  return recovered;
}

const HEADER = 'SQLite format 3\0';

/** Whether a file begins as a database does. An empty one is a library that was never written. */
function beginsAsDatabase(path: string): boolean {
  const descriptor = openSync(path, 'r');
  try {
    const head = Buffer.alloc(HEADER.length);
    const length = readSync(descriptor, head, 0, head.length, 0);
    return length === 0 || head.toString('latin1') === HEADER;
  } finally {
    closeSync(descriptor);
  }
}
