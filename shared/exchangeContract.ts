/** Export and import. Implemented in `main/api/exchangeRouter.ts`. */
import { oc, type } from '@orpc/contract';
import { z } from 'zod';

const file = z.string().min(1).max(4096);

export const exchangeContract = {
  /** Writes the photos of a query, or everything, to a file that ends in `.json` or `.csv`. */
  export: oc
    .input(
      z.object({
        query: z.string().max(20_000).nullable(),
        file: file.regex(/\.(json|csv)$/i, 'must end in .json or .csv'),
      }),
    )
    .output(type<{ written: number; failed: readonly ImportFailure[] }>()),
  /** Brings back what an export in JSON holds. `written`: photos and replies. */
  bringBack: oc
    .input(z.object({ file }))
    .output(type<{ written: number; failed: readonly ImportFailure[] }>()),
};

/** A photo or reply that could not be brought back. */
export type ImportFailure = {
  readonly path: string;
  readonly code: string;
  readonly message: string;
};
