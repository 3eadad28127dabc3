/** `backup` and `restore`. */
import { type Command, counted } from './command.ts';
import { sizeText } from './figures.ts';

/** Makes a backup now, at a place of the person's choice or among the others. */
export function backUp(file: string | undefined): Command {
  return async ({ client, resolvePath, signal }) => {
    const path = file === undefined ? null : resolvePath(file);
    const made = await client.backups.make({ file: path }, { signal });
    const { bytes, photos } = made;
    return {
      json: { file: made.file, bytes, photos },
      text: `${counted(photos, 'photo')} backed up in ${made.file} (${sizeText(bytes)}).`,
    };
  };
}

/** Puts the state of a backup back; the state before it becomes a backup of its own. */
export function restore(file: string): Command {
  return async ({ client, resolvePath, reopen, signal }) => {
    const { restarting: _, ...restored } = await client.backups.restore(
      { file: resolvePath(file) },
      { signal },
    );
    const { backups } = await (await reopen()).backups.list(undefined, { signal });
    const replaced = backups.find((backup) => backup.reason === 'replaced');
    const back = replaced ? ` What was there before is kept in ${replaced.file}.` : '';
    return {
      json: restored,
      text: `${counted(restored.photos, 'photo')} restored from ${restored.file}.${back}`,
    };
  };
}
