import { QueryClient } from '@tanstack/react-query';

/** How often a page that is looked at asks again: traces arrive by themselves, and a server that was away comes back. */
export const refetchMilliseconds = 5_000;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The next refetch is the retry; more of them would only delay the message.
        retry: false,
        // The server is usually on this machine, and answers although the browser believes to be offline.
        networkMode: 'always',
      },
    },
  });
}
