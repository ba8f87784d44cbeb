import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { read } from '../api/request';
import { queryOf, type TimeRange } from '../range/range';

/** What a map is about. */
export interface MapQuestion {
  range: TimeRange;
  group: string;
  filter: string;
}

// The last minutes move on although nothing new happens, and nobody tells of that.
const movingMilliseconds = 30_000;

export function useMap(question: MapQuestion) {
  const query = askedWith(question);
  return useQuery({
    queryKey: ['map', query],
    queryFn: ({ signal }) => read('/map', { query }, signal),
    meta: { topics: ['traces', 'groups'] },
    refetchInterval: ({ state }) => (state.status === 'error' ? 5_000 : question.range.kind === 'last' && movingMilliseconds),
    // Another range starts from the map at hand instead of an empty page.
    placeholderData: keepPreviousData,
  });
}

/** A node or an edge of the map, by its selector. */
export function useMapPart(question: MapQuestion, selector: string) {
  const query = { selector, ...askedWith(question) };
  return useQuery({
    queryKey: ['map-part', query],
    queryFn: ({ signal }) => read('/map/part', { query }, signal),
    meta: { topics: ['traces', 'groups'] },
    placeholderData: (previous, before) => ((before?.queryKey[1] as { selector?: string } | undefined)?.selector === selector ? previous : undefined),
  });
}

function askedWith({ range, group, filter }: MapQuestion) {
  return { ...queryOf(range), ...(group === '' ? {} : { group }), ...(filter === '' ? {} : { filter }) };
}
