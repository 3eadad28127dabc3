import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { queryClient } from '../api/queryClient.ts';
import { queryKeys } from '../api/queryKeys.ts';
import { translate } from '../i18n/index.ts';
import { attempt } from '../state/report.ts';
import { showToast } from '../state/toasts.ts';

/** Problems a page. */
export const PAGE = 500;
/** The most that the engine answers at once. */
export const MOST_PROBLEMS = 5000;

export function problemsQuery(limit: number) {
  return queryOptions({
    queryKey: [...queryKeys.problems, limit],
    queryFn: ({ signal }) => client.library.problems({ limit, offset: 0 }, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Reads failed photos again: the named ones, or all. */
export async function retryProblems(photoIds: readonly number[] | null): Promise<void> {
  await attempt(async () => {
    const input = photoIds === null ? {} : { photoIds: [...photoIds] };
    const { photos } = await client.library.retryProblems(input);
    showToast({ text: translate('problems.retrying', { count: photos }) });
    await queryClient.invalidateQueries({ queryKey: queryKeys.problems });
  });
}

/** Opens the file manager at a photo. */
export async function showInFolder(photoId: number): Promise<void> {
  await attempt(() => client.photos.showInFolder({ id: photoId }));
}
