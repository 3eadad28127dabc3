import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { TagChange } from '../../shared/services.ts';
import { client } from '../api/client.ts';
import { queryClient } from '../api/queryClient.ts';
import { queryKeys } from '../api/queryKeys.ts';
import { takeBack } from '../grid/actions.ts';

/** Runs that are listed. */
const RUNS = 20;
/** Changed photos that are fetched at once. */
export const CHANGES_PAGE = 100;

/** Runs that tagged photos again, newest first. */
export const runsQuery = queryOptions({
  queryKey: [...queryKeys.runs, 'list'],
  queryFn: async ({ signal }) => (await client.tagging.runs({ limit: RUNS }, { signal })).runs,
});

export type Run = Awaited<ReturnType<typeof client.tagging.runs>>['runs'][number];

/** A page of what a run changed, with the photos themselves. */
export function changesQuery(runId: number, page: number) {
  return queryOptions({
    queryKey: [...queryKeys.runs, 'changes', runId, page],
    async queryFn({ signal }) {
      const { total, changes, undo } = await client.tagging.changes(
        { runId, limit: CHANGES_PAGE, offset: page * CHANGES_PAGE },
        { signal },
      );
      return { total, undo, changes: await withTiles(changes, signal) };
    },
    placeholderData: keepPreviousData,
  });
}

async function withTiles(changes: readonly TagChange[], signal: AbortSignal) {
  if (changes.length === 0) return [];
  const ids = changes.map(({ photoId }) => photoId);
  const { tiles } = await client.photos.tiles({ ids }, { signal });
  const byId = new Map(tiles.map((tile) => [tile.id, tile]));
  return changes.map((change) => ({ ...change, tile: byId.get(change.photoId) }));
}

/** Takes back everything that a run changed, in one step that can be done again. */
export async function takeBackRun(undo: number): Promise<void> {
  await takeBack(undo);
  await queryClient.invalidateQueries({ queryKey: queryKeys.runs });
}
