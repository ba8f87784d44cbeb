import { useQuery } from '@tanstack/react-query';
import { read } from '../api/request';

/** The rules with what was sampled by them. SDKs report every ten seconds, which nothing tells of. */
export function useSamplingRules() {
  return useQuery({
    queryKey: ['sampling-rules'],
    queryFn: ({ signal }) => read('/sampling-rules', {}, signal),
    meta: { topics: ['sampling'] },
  });
}
