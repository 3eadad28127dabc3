import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Progress } from '../../shared/model.ts';
import { client } from '../api/client.ts';
import { queryClient } from '../api/queryClient.ts';
import { queryKeys } from '../api/queryKeys.ts';
import { onEngineEvent } from '../api/useLive.ts';
import { attempt } from '../state/report.ts';
import { createStore, useStore } from '../state/store.ts';

const progress = createStore<Progress | null>(null);
onEngineEvent('progress', (event) => progress.set(event.progress));

export const statusQuery = queryOptions({
  queryKey: queryKeys.status,
  async queryFn({ signal }) {
    const status = await client.library.status(undefined, { signal });
    progress.set(status.progress);
    return status;
  },
});

/** Who and what answers; undefined until it is known. */
export function useStatus() {
  return useQuery(statusQuery).data;
}

/** The newest figures of the work; null until there are any. */
export function useProgress(): Progress | null {
  useQuery(statusQuery);
  return useStore(progress);
}

/** Stops or continues reading photos. */
export async function setPaused(paused: boolean): Promise<void> {
  await attempt(async () => {
    await client.library.setPaused({ paused });
    await queryClient.invalidateQueries({ queryKey: queryKeys.status });
  });
}
