import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { read } from './request';

const newest = 100;

/** The newest traces of the last minutes. Any moment may bring another, which the server tells. */
export function useTraces(minutes: number) {
  return useQuery({
    queryKey: ['traces', minutes],
    queryFn: ({ signal }) => read('/traces', { query: { minutes, limit: newest } }, signal),
    meta: { topics: ['traces'] },
    // Another range starts from the rows at hand instead of an empty table.
    placeholderData: keepPreviousData,
  });
}
