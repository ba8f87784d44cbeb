import { useQuery } from '@tanstack/react-query';
import { refetchMilliseconds } from './queries';
import { read } from './request';
import type { TraceTimeline } from './types';

// Segments of one request arrive on their own ways; a daemon may hold some back for a second, an asynchronous
// invocation may retry after minutes. A minute of quiet age is when asking again stops being worth it.
const settledAfterMicroseconds = 60_000_000;

/** One trace. Asked for again while it may still grow, and while it cannot be had: it may be on its way. */
export function useTrace(id: string) {
  return useQuery({
    queryKey: ['trace', id],
    queryFn: ({ signal }) => read('/traces/{traceId}', { path: { traceId: id } }, signal),
    refetchInterval: ({ state }) =>
      state.status === 'success' && state.data && isSettled(state.data) ? false : refetchMilliseconds,
  });
}

function isSettled(trace: TraceTimeline): boolean {
  const end = trace.startTimeMicroseconds + trace.durationMicroseconds;
  const inProgress = trace.rows.some((row) => row.durationMicroseconds === null);
  return !inProgress && Date.now() * 1000 - end > settledAfterMicroseconds;
}
