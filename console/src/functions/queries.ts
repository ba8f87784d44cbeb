import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { read } from '../api/request';
import { queryOf, type TimeRange } from '../range/range';

/** The list with the figures of the last minutes. Figures move with every invocation, which comes with environments' changes. */
export function useFunctions(minutes: number) {
  return useQuery({
    queryKey: ['functions', minutes],
    queryFn: ({ signal }) => read('/functions', { query: { minutes } }, signal),
    meta: { topics: ['functions', 'environments'] },
    placeholderData: keepPreviousData,
  });
}

/** Runtimes and roles to choose from: roles may come by any other client, so it is asked anew whenever a form opens. */
export function useFunctionOptions() {
  return useQuery({
    queryKey: ['functions-options'],
    queryFn: ({ signal }) => read('/functions-options', {}, signal),
  });
}

/** Queues and streams to choose from, which come by any other client: asked anew whenever a form opens. */
export function useEventSources() {
  return useQuery({
    queryKey: ['event-sources'],
    queryFn: ({ signal }) => read('/event-sources', {}, signal),
  });
}

/** Whether this machine runs a runtime. Who installs what was missing opens the form again. */
export function useRuntime(runtime: string) {
  return useQuery({
    queryKey: ['runtime', runtime],
    queryFn: ({ signal }) => read('/runtimes/{runtime}', { path: { runtime } }, signal),
    enabled: runtime !== '',
  });
}

/** One function with all that is set for it. */
export function useFunction(name: string, qualifier?: string) {
  return useQuery({
    queryKey: ['function', name, qualifier],
    queryFn: ({ signal }) => read('/functions/{name}', { path: { name }, query: { qualifier } }, signal),
    meta: { topics: ['functions'] },
    placeholderData: keepPreviousData,
  });
}

/** Events that are kept for a function; only people change them. */
export function useTestEvents(name: string) {
  return useQuery({
    queryKey: ['test-events', name],
    queryFn: ({ signal }) => read('/functions/{name}/test-events', { path: { name } }, signal),
    meta: { topics: ['functions'] },
  });
}

/** What an asynchronous invocation has logged so far: it may be retried for hours. */
export function useRunLog(name: string, requestId: string, since: number, enabled: boolean) {
  return useQuery({
    queryKey: ['run-log', requestId],
    queryFn: ({ signal }) => read('/functions/{name}/runs/{requestId}/log', { path: { name, requestId }, query: { since } }, signal),
    meta: { topics: ['logs'] },
    enabled,
  });
}

/** The lines of the charts. They grow with every invocation, which changes an environment. */
export function useFunctionCharts(name: string, range: TimeRange) {
  return useQuery({
    queryKey: ['function-charts', name, queryOf(range)],
    queryFn: ({ signal }) => read('/functions/{name}/metrics', { path: { name }, query: queryOf(range) }, signal),
    meta: { topics: ['environments'] },
    placeholderData: keepPreviousData,
  });
}

/** The newest lines of a function's log that a pattern lets through. */
export function useFunctionLog(name: string, range: TimeRange, pattern: string, stream: string) {
  return useQuery({
    queryKey: ['function-log', name, queryOf(range), pattern, stream],
    queryFn: ({ signal }) => read('/functions/{name}/log', { path: { name }, query: { ...queryOf(range), pattern, stream } }, signal),
    meta: { topics: ['logs'] },
    placeholderData: keepPreviousData,
  });
}

/** The environments as they are; the server tells of each change, at most twice a second. */
export function useEnvironments(name: string) {
  return useQuery({
    queryKey: ['environments', name],
    queryFn: ({ signal }) => read('/environments', { query: { function: name } }, signal),
    meta: { topics: ['environments'] },
  });
}

/** The newest traces with a function's own segments. Any moment may bring another, which the server tells. */
export function useTracesOf(name: string, range: TimeRange) {
  return useQuery({
    queryKey: ['traces-of', name, queryOf(range)],
    queryFn: ({ signal }) => read('/functions/{name}/traces', { path: { name }, query: queryOf(range) }, signal),
    meta: { topics: ['traces'] },
    placeholderData: keepPreviousData,
  });
}
