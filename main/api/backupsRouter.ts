/** Backups: the calls of `shared/backupsContract.ts`. */
import type { EngineParts } from '../engineParts.ts';
import type { RouterBuilder } from './builder.ts';

export function createBackupsRouter(builder: RouterBuilder, parts: EngineParts) {
  const { backups } = builder;
  return {
    list: backups.list.handler(() => parts.backups.list()),
    make: backups.make.handler(({ input }) => parts.backups.make(input.file)),
    restore: backups.restore.handler(({ input }) => parts.backups.restore(input.file)),
  };
}
