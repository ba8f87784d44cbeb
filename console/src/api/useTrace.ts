import { useQuery } from '@tanstack/react-query';
import { read } from './request';

/** One trace. It may still grow, and one that is not there may be on its way: segments of one request arrive on their own ways. */
export function useTrace(id: string) {
  return useQuery({
    queryKey: ['trace', id],
    queryFn: ({ signal }) => read('/traces/{traceId}', { path: { traceId: id } }, signal),
    meta: { topics: ['traces'] },
  });
}
