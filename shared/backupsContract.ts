/** Backups of the library. Implemented in `main/api/backupsRouter.ts`. */
import { oc, type } from '@orpc/contract';
import { z } from 'zod';
import type { Backup } from './backups.ts';

const path = z.string().min(1).max(4096);

export const backupsContract = {
  /** Finished backups, newest first, and the folder they lie in. */
  list: oc.output(type<{ folder: string; backups: readonly Backup[] }>()),
  /** Makes one now: at `file`, or among the others. */
  make: oc.input(z.object({ file: path.nullable().default(null) })).output(type<Backup>()),
  /**
   * Puts the state of a backup back. It takes its place when the library is opened next: where `restarting`
   * is true that happens by itself in a moment. The state before it is kept as a backup of its own.
   */
  restore: oc
    .input(z.object({ file: path }))
    .output(type<{ file: string; bytes: number; photos: number; restarting: boolean }>()),
};
