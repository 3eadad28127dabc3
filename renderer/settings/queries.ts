import { queryOptions, useQuery } from '@tanstack/react-query';
import { DEFAULT_SETTINGS, type SettingKey, type Settings } from '../../shared/settings.ts';
import { client } from '../api/client.ts';
import { queryClient } from '../api/queryClient.ts';
import { queryKeys } from '../api/queryKeys.ts';
import { attempt } from '../state/report.ts';

export const settingsQuery = queryOptions({
  queryKey: queryKeys.settings,
  queryFn: async ({ signal }): Promise<Settings> =>
    (await client.settings.get(undefined, { signal })).settings,
});

/** The settings; the defaults until they are there. */
export function useSettings(): Settings {
  return useQuery(settingsQuery).data ?? DEFAULT_SETTINGS;
}

/** Changes a setting on screen at once and in the library a moment later; a refusal takes it back. */
export async function saveSetting<Key extends SettingKey>(
  key: Key,
  value: Settings[Key],
): Promise<void> {
  const before = queryClient.getQueryData<Settings>(queryKeys.settings);
  if (before?.[key] === value) return;
  queryClient.setQueryData<Settings>(queryKeys.settings, {
    ...DEFAULT_SETTINGS,
    ...before,
    [key]: value,
  });
  const saved = await attempt(async () => {
    const { settings } = await client.settings.set({ key, value });
    queryClient.setQueryData(queryKeys.settings, settings);
  });
  if (!saved) queryClient.setQueryData(queryKeys.settings, before);
}
