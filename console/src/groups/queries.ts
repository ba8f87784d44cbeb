import { useQuery } from '@tanstack/react-query';
import { read } from '../api/request';

/** The groups; only people change them, which the server tells. */
export function useGroups() {
  return useQuery({
    queryKey: ['groups'],
    queryFn: ({ signal }) => read('/groups', {}, signal),
    meta: { topics: ['groups'] },
  });
}
