/** What every part of the router is built with: the contract, and one shape of errors. */
import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../shared/contract.ts';
import { serializeError } from '../../shared/errors.ts';
import { isDamage } from '../engineOpening.ts';
import type { EngineParts } from '../engineParts.ts';
import { toLibraryError } from '../library/failures.ts';

export type RouterBuilder = ReturnType<typeof createBuilder>;

/** Errors cross as plain data in one shape, whatever the transport, and without any key. */
export function createBuilder({
  logger,
  redact,
  backups,
  status,
}: Pick<EngineParts, 'logger' | 'redact' | 'backups' | 'status'>) {
  return implement(contract).use(async ({ next, path }) => {
    try {
      return await next();
    } catch (error) {
      if (error instanceof ORPCError) throw error;
      const { code, message, data } = serializeError(
        isDamage(error) ? toLibraryError(error, status().libraryPath) : error,
      );
      if (code === 'library_damaged') backups.damaged();
      if (code === 'internal') {
        const stack = error instanceof Error ? error.stack : undefined;
        logger.error('call failed', { call: path.join('.'), message, stack });
      }
      const told = redact(message);
      throw new ORPCError('TAGROLL', {
        status: 400,
        message: told,
        data: { code, message: told, data },
      });
    }
  });
}
