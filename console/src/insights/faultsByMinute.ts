import type { EpochMicroseconds, InsightMoment } from '../api/types';

interface FaultMinute {
  time: EpochMicroseconds;
  rootCause: number;
  clients: number;
}

/** What came in each minute: an insight counts from its beginning. */
export function faultsByMinute(timeline: readonly InsightMoment[]): FaultMinute[] {
  return timeline.map((moment, index) => {
    const before = timeline[index - 1];
    return {
      time: moment.time,
      rootCause: moment.rootCauseFaults - (before?.rootCauseFaults ?? 0),
      clients: moment.clientFaults - (before?.clientFaults ?? 0),
    };
  });
}
