import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { read } from '../api/request';
import { queryOf, type TimeRange } from '../range/range';

const typingPauseMilliseconds = 150;

/** What is wrong with an expression, by the server's own parser. */
export function useFilterCheck(filter: string) {
  const { data } = useQuery({
    queryKey: ['filter-check', filter],
    queryFn: ({ signal }) => read('/filters/check', { query: { filter } }, signal),
    enabled: filter !== '',
    placeholderData: keepPreviousData,
    // An expression may name a group.
    meta: { topics: ['groups'] },
  });
  return filter === '' ? null : (data?.mistake ?? null);
}

/** What may stand at the caret. */
export function useFilterCompletion(filter: string, caret: number, range: TimeRange, enabled: boolean) {
  return useQuery({
    queryKey: ['filter-completion', filter, caret, queryOf(range)],
    queryFn: ({ signal }) => read('/filters/completion', { query: { filter, caret, ...queryOf(range) } }, signal),
    enabled,
    placeholderData: keepPreviousData,
  }).data;
}

/** A value once nobody has changed it for a moment. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, typingPauseMilliseconds);
    return () => {
      clearTimeout(timer);
    };
  }, [value]);
  return settled;
}
