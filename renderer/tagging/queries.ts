import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { LaneState, ServiceId, TaggingProblem } from '../../shared/services.ts';
import { client } from '../api/client.ts';
import { queryClient } from '../api/queryClient.ts';
import { queryKeys } from '../api/queryKeys.ts';
import { translate } from '../i18n/index.ts';
import type { PhotoTarget } from '../state/dialogs.ts';
import { attempt } from '../state/report.ts';
import { showToast } from '../state/toasts.ts';
import { needsPerson, wasUsed } from './laneText.ts';

/** Newest answers that are shown of a service. */
const RECENT = 12;

export const lanesQuery = queryOptions({
  queryKey: [...queryKeys.tagging, 'status'],
  queryFn: async ({ signal }): Promise<readonly LaneState[]> =>
    (await client.tagging.status(undefined, { signal })).lanes,
});

/** How the work of each service stands; undefined until it is known. */
export function useLanes(): readonly LaneState[] | undefined {
  return useQuery(lanesQuery).data;
}

/** What waits for the services, and whether one of them needs the person; null before any was asked. */
export function useTaggingWork(): { readonly waiting: number; readonly stopped: boolean } | null {
  const lanes = useLanes();
  if (!lanes?.some((lane) => wasUsed(lane) || lane.phase !== 'idle')) return null;
  return {
    waiting: lanes.reduce((sum, lane) => sum + lane.waiting + lane.inFlight, 0),
    stopped: lanes.some(needsPerson),
  };
}

export const taggingProblemsQuery = queryOptions({
  queryKey: [...queryKeys.tagging, 'problems'],
  queryFn: async ({ signal }): Promise<readonly TaggingProblem[]> =>
    (await client.tagging.problems(undefined, { signal })).problems,
});

/** The newest answers of a service with the pictures they are about. */
export function recentQuery(service: ServiceId) {
  return queryOptions({
    queryKey: [...queryKeys.tagging, 'recent', service],
    async queryFn({ signal }) {
      const { photos } = await client.tagging.recent({ service, limit: RECENT }, { signal });
      const tiles = await tilesOf(
        photos.map(({ photoId }) => photoId),
        signal,
      );
      return photos.flatMap((photo) => {
        const tile = tiles.get(photo.photoId);
        return tile ? [{ ...photo, tile }] : [];
      });
    },
    placeholderData: keepPreviousData,
  });
}

/** Tiles of a few photos outside of the grid, such as those with a problem. */
export function tilesQuery(photoIds: readonly number[]) {
  return queryOptions({
    queryKey: [...queryKeys.detail, 'tiles', photoIds],
    queryFn: async ({ signal }) => [...(await tilesOf(photoIds, signal)).values()],
    enabled: photoIds.length > 0,
    placeholderData: keepPreviousData,
  });
}

async function tilesOf(photoIds: readonly number[], signal: AbortSignal) {
  if (photoIds.length === 0) return new Map();
  const { tiles } = await client.photos.tiles({ ids: [...photoIds] }, { signal });
  return new Map(tiles.map((tile) => [tile.id, tile]));
}

/** What a person chose to send. */
export type RunChoice = {
  readonly service: ServiceId;
  readonly target: PhotoTarget;
  readonly again: boolean;
  /** Null: no limit. */
  readonly maxCalls: number | null;
};

/** `key` stands for the target: a million ids are no key of a query. */
export function estimateQuery(choice: RunChoice | null, key: string) {
  return queryOptions({
    queryKey: [...queryKeys.estimate, key, choice?.service, choice?.again, choice?.maxCalls],
    queryFn: ({ signal }) => {
      if (!choice) throw new Error('There is no service to estimate for.');
      return client.tagging.estimate(runInput(choice), { signal });
    },
    enabled: choice !== null,
    // What is known of a library changes while a dialog is closed.
    staleTime: 0,
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
}

/** Queues photos for a service. A refusal is told. Answers whether there is work now. */
export function startTagging(choice: RunChoice): Promise<boolean> {
  return attempt(async () => {
    const { runId } = await client.tagging.start(runInput(choice));
    await refetch();
    const service = translate(`services.names.${choice.service}`);
    showToast({
      text: translate(runId === null ? 'tagging.nothing' : 'tagging.began', { service }),
    });
  });
}

function runInput({ service, target, again, maxCalls }: RunChoice) {
  const photos = 'photoIds' in target ? { photoIds: [...target.photoIds] } : target;
  return { service, target: photos, again, ...(maxCalls === null ? {} : { maxCalls }) };
}

export function pauseLane(service: ServiceId): Promise<boolean> {
  return act(() => client.tagging.pause({ service }));
}

/** Goes on after a pause, or after the reason of a stop was dealt with. */
export function resumeLane(service: ServiceId): Promise<boolean> {
  return act(() => client.tagging.resume({ service }));
}

/** Drops what waits; calls under way are finished. */
export function cancelLane(service: ServiceId): Promise<boolean> {
  return act(async () => {
    const { photos } = await client.tagging.cancel({ service });
    showToast({ text: translate('tagging.cancelled', { count: photos }) });
  });
}

/** Sends photos again that a service could not tag, with one reason. */
export function retryTagging({ service, code }: TaggingProblem): Promise<boolean> {
  return act(async () => {
    const { photos } = await client.tagging.retry({ service, code });
    showToast({ text: translate('tagging.retrying', { count: photos }) });
  });
}

function act(call: () => Promise<unknown>): Promise<boolean> {
  return attempt(async () => {
    await call();
    await refetch();
  });
}

async function refetch(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: queryKeys.tagging });
}
