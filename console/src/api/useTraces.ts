import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { read, type AskedOf } from './request';

type Asked = NonNullable<AskedOf<'/traces'>['query']>;
type AskedFigures = NonNullable<AskedOf<'/traces/statistics'>['query']>;

/** A page of traces. Any moment may bring another, which the server tells; a page that began at a mark stays where it is. */
export function useTraceList(asked: Asked, live = true) {
  return useQuery({
    queryKey: ['traces', asked],
    queryFn: ({ signal }) => read('/traces', { query: asked }, signal),
    ...(live ? { meta: { topics: ['traces'] } } : {}),
    // Another page or filter starts from the rows at hand instead of an empty table.
    placeholderData: keepPreviousData,
  });
}

/** Figures of all the traces that are asked for. */
export function useTraceStatistics(asked: AskedFigures, live = true) {
  return useQuery({
    queryKey: ['traces', 'statistics', asked],
    queryFn: ({ signal }) => read('/traces/statistics', { query: asked }, signal),
    ...(live ? { meta: { topics: ['traces'] } } : {}),
    placeholderData: keepPreviousData,
  });
}
