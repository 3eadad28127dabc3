/** Export and import: the calls of `shared/exchangeContract.ts`. */
import { dirname } from 'node:path';
import type { EngineParts } from '../engineParts.ts';
import { expectAnswer } from '../folders/askFolder.ts';
import { exportTo, importFrom } from '../library/exchange/exchange.ts';
import type { RouterBuilder } from './builder.ts';

export function createExchangeRouter(builder: RouterBuilder, parts: EngineParts) {
  const { db, writer, index, now } = parts;
  const { exchange } = builder;
  return {
    export: exchange.export.handler(async ({ input }) => {
      await index.ready;
      const { query, file } = input;
      await expectAnswer(dirname(file));
      const search = { query: query ?? '', threshold: 0, sort: 'taken', ascending: true } as const;
      const { ids: photoIds } = index.result(search);
      return { written: await exportTo({ db, photoIds, query, file, now: now() }), failed: [] };
    }),
    bringBack: exchange.bringBack.handler(async ({ input }) => {
      await expectAnswer(dirname(input.file));
      return importFrom({ writer, file: input.file, now: now() });
    }),
  };
}
