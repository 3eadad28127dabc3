import {
  keepPreviousData,
  type UseQueryResult,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { PhotoDetail, Suggestion } from '../../shared/model.ts';
import { client } from '../api/client.ts';
import { queryKeys } from '../api/queryKeys.ts';
import { actionsDone } from '../grid/actions.ts';
import { useLanguage } from '../i18n/index.ts';
import { attempt } from '../state/report.ts';
import { useView } from '../state/view.ts';
import { type CommonTag, commonTags } from './tagRows.ts';

/** Of how many selected photos the tags are looked at. */
export const SAMPLED_PHOTOS = 24;

/** Everything about one photo; the photo before stays until the next one is there. */
export function usePhotoDetail(id: number | null): UseQueryResult<PhotoDetail> {
  useRefreshAfterActions();
  return useQuery({
    queryKey: [...queryKeys.detail, id],
    queryFn: ({ signal }) => client.photos.detail({ id: id ?? 0 }, { signal }),
    enabled: id !== null,
    placeholderData: keepPreviousData,
  });
}

export type SelectionTags = {
  readonly tags: readonly CommonTag[];
  /** Photos that were looked at. */
  readonly sampled: number;
  /** They are still asked for; `tags` may be those of other photos, or none. */
  readonly isLoading: boolean;
};

/** The tags of some selected photos, the first `SAMPLED_PHOTOS` of them. */
export function useCommonTags(photoIds: ReadonlySet<number>): SelectionTags {
  useRefreshAfterActions();
  const { threshold } = useView();
  const ids = useMemo(() => [...photoIds].slice(0, SAMPLED_PHOTOS), [photoIds]);
  const { data, isPlaceholderData } = useQuery({
    queryKey: [...queryKeys.detail, 'several', ids],
    queryFn: async ({ signal }) => {
      const answers = await Promise.allSettled(
        ids.map((id) => client.photos.detail({ id }, { signal })),
      );
      // A photo that went away meanwhile has no tags; the others do.
      return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    },
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
  });
  return useMemo(
    () => ({
      tags: data ? commonTags(data, threshold) : [],
      sampled: data?.length ?? 0,
      isLoading: ids.length > 0 && (data === undefined || isPlaceholderData),
    }),
    [data, isPlaceholderData, ids, threshold],
  );
}

/** Tags whose name begins with, or holds, a text; empty while there is none. */
export function useTagSuggestions(text: string): readonly Suggestion[] {
  const language = useLanguage();
  const wanted = text.trim();
  const { data } = useQuery({
    queryKey: [...queryKeys.suggestions, 'tags', language, wanted],
    queryFn: ({ signal }) =>
      client.tags.suggest({ text: `tag:${quoted(wanted)}`, language, limit: 20 }, { signal }),
    enabled: wanted !== '',
    placeholderData: keepPreviousData,
  });
  return useMemo(
    () =>
      wanted === '' || !data
        ? []
        : data.suggestions.filter(({ kind }) => kind === 'tag').slice(0, 8),
    [data, wanted],
  );
}

/** Opens the file manager at a file that belongs to a photo. */
export async function showCompanion(id: number): Promise<void> {
  await attempt(() => client.photos.showCompanion({ id }));
}

function quoted(text: string): string {
  return /[\s"():<>=*-]/.test(text) ? `"${text.replaceAll('"', ' ')}` : text;
}

/** The engine's own event comes a moment after an action; the panel shows the outcome before. */
function useRefreshAfterActions(): void {
  const queryClient = useQueryClient();
  useEffect(
    () =>
      actionsDone.subscribe(() => {
        void queryClient.invalidateQueries({ queryKey: queryKeys.detail });
      }),
    [queryClient],
  );
}
