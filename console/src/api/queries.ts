import { QueryClient } from '@tanstack/react-query';
import { RequestFailure } from './request';
import type { LiveTopic } from './types';

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: {
      /** What an answer tells of: it is asked for again when the server says that one of them has changed (see live.ts). */
      topics?: readonly LiveTopic[];
    };
  }
}

/** How often something is tried again that could not be had. */
export const retryMilliseconds = 5_000;

/** What is wrong with a question is still wrong in five seconds; a trace that is not there may be on its way. */
export function isWorthRetrying(error: Error): boolean {
  return !(error instanceof RequestFailure) || error.status < 400 || error.status >= 500 || error.status === 404 || error.status === 429;
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // More retries would only delay the message; what failed is tried again while it is looked at.
        retry: false,
        refetchInterval: ({ state }) => (state.error && isWorthRetrying(state.error) ? retryMilliseconds : false),
        // The server tells what has changed, so that an answer holds until then.
        staleTime: Infinity,
        // A page that was left may have missed the news of what it showed.
        gcTime: 60_000,
        refetchOnMount: 'always',
        // The server is usually on this machine, and answers although the browser believes to be offline.
        networkMode: 'always',
      },
    },
  });
}
