import { useQuery } from '@tanstack/react-query';
import { read } from '../api/request';

/** How the server runs and what is set; what is in use of the account's limits changes with its functions. */
export function useSettings() {
  return useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => read('/settings', {}, signal),
    meta: { topics: ['settings', 'functions'] },
  });
}
