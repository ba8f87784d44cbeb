import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { refetchMilliseconds } from './queries';
import { read } from './request';

const newest = 100;

/** The newest traces of the last minutes. Never fresh: any moment may bring another, so it asks again while visible. */
export function useTraces(minutes: number) {
  return useQuery({
    queryKey: ['traces', minutes],
    queryFn: ({ signal }) => read('/traces', { query: { minutes, limit: newest } }, signal),
    refetchInterval: refetchMilliseconds,
    // Another range starts from the rows at hand instead of an empty table.
    placeholderData: keepPreviousData,
  });
}
