import { useQuery, useQueryClient, type QueryMeta } from '@tanstack/react-query';
import { read } from './request';
import type { TraceTimeline } from './types';

// Segments of one request arrive on their own ways; a daemon may hold some back for a second, an asynchronous invocation may retry after
// minutes. Traces arrive all the time: one that has been quiet for so long is not read again with each of them.
const settledAfterMicroseconds = 180_000_000;

/** One trace. It may still grow, and one that is not there may be on its way: segments of one request arrive on their own ways. */
export function useTrace(id: string) {
  return useQuery({
    queryKey: ['trace', id],
    queryFn: ({ signal }) => read('/traces/{traceId}', { path: { traceId: id } }, signal),
    meta: useTopics(id),
  });
}

/** What one row of a trace tells of itself. A row in progress is sent again once it has ended. */
export function useTraceRow(traceId: string, rowId: string) {
  return useQuery({
    queryKey: ['trace', traceId, 'row', rowId],
    queryFn: ({ signal }) => read('/traces/{traceId}/rows/{rowId}', { path: { traceId, rowId } }, signal),
    meta: useTopics(traceId),
  });
}

/** The rows of a trace that have a text somewhere; nothing is asked without one. */
export function useTraceMatches(traceId: string, text: string) {
  return useQuery({
    queryKey: ['trace', traceId, 'matches', text],
    queryFn: ({ signal }) => read('/traces/{traceId}/matches', { path: { traceId }, query: { text } }, signal),
    enabled: text !== '',
    meta: useTopics(traceId),
  });
}

/** The invocations in a trace, with what they logged and were invoked with. Lines come a moment after the segments. */
export function useTraceRequests(traceId: string) {
  return useQuery({
    queryKey: ['trace', traceId, 'requests'],
    queryFn: ({ signal }) => read('/traces/{traceId}/requests', { path: { traceId } }, signal),
    meta: useTopics(traceId, 'logs'),
  });
}

/** The services that a trace went through. */
export function useTraceMap(traceId: string) {
  return useQuery({
    queryKey: ['trace', traceId, 'map'],
    queryFn: ({ signal }) => read('/map/traces/{traceId}', { path: { traceId } }, signal),
    meta: useTopics(traceId),
  });
}

/** The traces that name this one: those that consumed what it sent, some time later. */
export function useLinkingTraces(traceId: string) {
  return useQuery({
    queryKey: ['trace', traceId, 'linking'],
    queryFn: ({ signal }) => read('/traces/{traceId}/linking', { path: { traceId } }, signal),
    meta: useTopics(traceId),
  });
}

/** Two traces laid over each other. */
export function useTraceComparison(traceId: string, otherId: string) {
  return useQuery({
    queryKey: ['trace', traceId, 'comparison', otherId],
    queryFn: ({ signal }) => read('/traces/{traceId}/comparison/{otherId}', { path: { traceId, otherId } }, signal),
    // Who compares looks at what has happened; the button of the browser reads it anew.
  });
}

function useTopics(id: string, ...more: 'logs'[]): QueryMeta {
  const trace = useQueryClient().getQueryData<TraceTimeline>(['trace', id]);
  return trace && isSettled(trace) ? {} : { topics: ['traces', ...more] };
}

function isSettled(trace: TraceTimeline): boolean {
  return !trace.grows && trace.now - (trace.startTime + trace.duration) > settledAfterMicroseconds;
}

/** Where a trace's documents are, to be saved as one file. */
export const documentsUrl = (traceId: string) => `/_lambray/api/traces/${encodeURIComponent(traceId)}/documents`;

/** Where a segment or subsegment is with all that is inside it. */
export const documentUrl = (traceId: string, rowId: string) =>
  `/_lambray/api/traces/${encodeURIComponent(traceId)}/rows/${encodeURIComponent(rowId)}/document`;
