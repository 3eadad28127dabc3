/** Backups: the calls of `shared/backupsContract.ts`. */
import { dirname } from 'node:path';
import type { EngineParts } from '../engineParts.ts';
import { expectAnswer } from '../folders/askFolder.ts';
import type { RouterBuilder } from './builder.ts';

export function createBackupsRouter(builder: RouterBuilder, parts: EngineParts) {
  const { backups } = builder;
  return {
    list: backups.list.handler(() => parts.backups.list()),
    make: backups.make.handler(async ({ input }) => {
      if (input.file !== null) await expectAnswer(dirname(input.file));
      return parts.backups.make(input.file);
    }),
    restore: backups.restore.handler(async ({ input }) => {
      await expectAnswer(dirname(input.file));
      return parts.backups.restore(input.file);
    }),
  };
}
