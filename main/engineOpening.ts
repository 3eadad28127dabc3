/** Opening a library whose damage is only met once it is read. */
import { TagrollError } from '../shared/errors.ts';
import { suspectLibrary } from './library/backups/suspicion.ts';
import { toLibraryError } from './library/failures.ts';

/** Opens; where that meets damage, opens once more, with the library looked through first. */
export async function openSound<Opened>(
  libraryPath: string,
  open: () => Promise<Opened>,
): Promise<Opened> {
  try {
    return await open();
  } catch (error) {
    if (!isDamage(error)) throw error;
    suspectLibrary(libraryPath);
  }
  return open();
}

/** What `read` answers; when it throws, what was opened is closed first, so that it can be opened again. */
export async function orClose<Value>(
  opened: { close(): Promise<void> },
  read: () => Value | Promise<Value>,
): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** Whether an error says that the database is damaged, in SQLite's words or in ours. */
export function isDamage(error: unknown): boolean {
  const known = toLibraryError(error, '');
  return known instanceof TagrollError && known.code === 'library_damaged';
}
