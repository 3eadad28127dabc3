import { queryOptions, useQuery } from '@tanstack/react-query';
import {
  type AccountId,
  SERVICE_IDS,
  type ServiceId,
  type ServiceInfo,
} from '../../shared/services.ts';
import { client } from '../api/client.ts';
import { queryClient } from '../api/queryClient.ts';
import { queryKeys } from '../api/queryKeys.ts';
import { attempt } from '../state/report.ts';

export const servicesQuery = queryOptions({
  queryKey: queryKeys.services,
  queryFn: ({ signal }) => client.services.list({}, { signal }),
});

/** The cloud services with their account, standing and usage; undefined until they are known. */
export function useServices() {
  return useQuery(servicesQuery).data;
}

/** One of them. */
export function useService(id: ServiceId): ServiceInfo | undefined {
  return useServices()?.services.find((service) => service.id === id);
}

/** Stores fields of an account; null takes a value away. A refusal is told. Answers whether it went well. */
export function setAccount(
  account: AccountId,
  values: Readonly<Record<string, string | null>>,
): Promise<boolean> {
  return attempt(async () => {
    await client.services.setAccount({ account, values: { ...values } });
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: queryKeys.services }),
      queryClient.invalidateQueries({ queryKey: queryKeys.settings }),
      queryClient.invalidateQueries({ queryKey: queryKeys.estimate }),
    ]);
  });
}

/** One real call with a built-in picture. Rejects where it could not even be made. */
export async function testService(id: ServiceId) {
  try {
    return await client.services.test({ id });
  } finally {
    // It is booked like any other call.
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: queryKeys.services }),
      queryClient.invalidateQueries({ queryKey: queryKeys.uploads }),
    ]);
  }
}

/** The service of a source of tags or of an event; null where it is none. */
export function asServiceId(text: unknown): ServiceId | null {
  return SERVICE_IDS.find((id) => id === text) ?? null;
}
