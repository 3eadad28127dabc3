import { queryOptions, useQuery } from '@tanstack/react-query';
import type { LinkSuggestion } from '../../shared/services.ts';
import { client } from '../api/client.ts';
import { queryClient } from '../api/queryClient.ts';
import { queryKeys } from '../api/queryKeys.ts';
import { translate } from '../i18n/index.ts';
import { attempt } from '../state/report.ts';
import { showToast } from '../state/toasts.ts';
import type { TagPair } from './linkable.ts';

export const suggestionsQuery = queryOptions({
  queryKey: queryKeys.links,
  queryFn: async ({ signal }): Promise<readonly LinkSuggestion[]> =>
    (await client.links.suggestions(undefined, { signal })).suggestions,
});

/** Pairs of names that may be one tag; empty until they are known. */
export function useLinkSuggestions(): readonly LinkSuggestion[] {
  return useQuery(suggestionsQuery).data ?? [];
}

/** The names of the two tags, as they are told about. */
export type PairNames = { readonly zh: string; readonly en: string };

/** Two tags become one. It can be undone from the message. */
export function linkTags(pair: TagPair, names: PairNames): Promise<boolean> {
  return attempt(async () => {
    const { tagId } = await client.links.link(pair);
    await refetch();
    const undo = (): void => void unlinkTag(tagId, names);
    showToast({ kind: 'success', text: translate('names.linked', { ...names }), undo });
  });
}

/** A tag with two names becomes two. It can be undone from the message. */
export function unlinkTag(tagId: number, names: PairNames): Promise<boolean> {
  return attempt(async () => {
    const pair = await client.links.unlink({ tagId });
    await refetch();
    const undo = (): void => void linkTags(pair, names);
    showToast({ kind: 'success', text: translate('names.unlinked', { ...names }), undo });
  });
}

/** The person says that a pair is not one tag: it is not offered again. */
export function dismissLink({ zh, en }: LinkSuggestion): Promise<boolean> {
  return attempt(async () => {
    await client.links.dismiss({ zhTagId: zh.tagId, enTagId: en.tagId });
    await refetch();
    showToast({ text: translate('names.dismissed', { zh: zh.name, en: en.name }) });
  });
}

async function refetch(): Promise<void> {
  await Promise.all(
    (['links', 'facets', 'suggestions', 'detail'] as const).map((subject) =>
      queryClient.invalidateQueries({ queryKey: queryKeys[subject] }),
    ),
  );
}
