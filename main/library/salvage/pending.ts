/**
 * What is still to be taken over from damaged libraries: one small file each in the library's folder
 * `salvage`, written before the backup takes its place and removed when nothing is left to do.
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { syncFile } from '../backups/databaseFile.ts';
import { PARTS } from '../exchange/document.ts';

const FOLDER = 'salvage';

const waitingSchema = z.object({
  photos: z.array(PARTS.photos.extend({ photoId: z.number().int().nullable() })),
  /** Folders that are not in the library yet. */
  neverUpload: z.array(z.string()),
});

const pendingSchema = z.object({
  /** Folder of the damaged files, inside the library's. */
  aside: z.string(),
  /** `file` is inside the library's folder, too. */
  backup: z.object({ file: z.string(), madeAtMs: z.number(), photos: z.number() }),
  newest: z.record(z.string(), z.number()),
  /** Times that reading it was begun. */
  attempts: z.number().int(),
  /** What no photo of the library could be found for yet; null until the file was read. */
  waiting: waitingSchema.nullable(),
});

export type PendingSalvage = z.infer<typeof pendingSchema>;
export type Waiting = z.infer<typeof waitingSchema>;

/** A pending one with the file it is kept in. */
export type KeptSalvage = { readonly file: string; readonly pending: PendingSalvage };

/** Oldest first. What cannot be read is left where it is. */
export function listPending(libraryPath: string): KeptSalvage[] {
  const folder = join(libraryPath, FOLDER);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().flatMap((name) => {
    const file = join(folder, name);
    const pending = parse(file);
    if (!pending) return [];
    const isThere = pending.waiting !== null || existsSync(join(libraryPath, pending.aside));
    return isThere ? [{ file, pending }] : [];
  });
}

/** Where the one about this folder of damaged files is kept. */
export function pendingFile(libraryPath: string, name: string): string {
  return join(libraryPath, FOLDER, `${name}.json`);
}

/** On disk when this returns. */
export function keepPending(file: string, pending: PendingSalvage): void {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
  const draft = `${file}.draft`;
  writeFileSync(draft, JSON.stringify(pending), { mode: 0o600 });
  syncFile(draft);
  renameSync(draft, file);
  syncFile(join(file, '..'));
}

export function dropPending(file: string): void {
  rmSync(file, { force: true });
}

function parse(file: string): PendingSalvage | null {
  try {
    return pendingSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}
