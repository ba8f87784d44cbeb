import { useQuery } from '@tanstack/react-query';
import { read } from '../api/request';

/** The insights of the last 30 days; the server looks every minute and tells what it has found. */
export function useInsights() {
  return useQuery({
    queryKey: ['insights'],
    queryFn: ({ signal }) => read('/insights', {}, signal),
    meta: { topics: ['insights'] },
  });
}

/** One insight, which grows by a minute at a time while it goes on. */
export function useInsight(id: string) {
  return useQuery({
    queryKey: ['insight', id],
    queryFn: ({ signal }) => read('/insights/{id}', { path: { id } }, signal),
    meta: { topics: ['insights'] },
  });
}
