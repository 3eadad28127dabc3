import { QueryClient } from '@tanstack/react-query';
import { toTagrollError } from './client.ts';

const MOST_RETRIES = 2;

/** Answers stay good until an event says otherwise, so nothing is fetched on a timer or on focus. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      // The engine is on this computer: whether there is a network does not matter.
      networkMode: 'always',
      retry: (failures, error) =>
        failures < MOST_RETRIES && toTagrollError(error).code === 'library_unreachable',
      retryDelay: 300,
    },
    mutations: { networkMode: 'always' },
  },
});
