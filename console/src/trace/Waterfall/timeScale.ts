import type { Microseconds, TimelineRow, TraceTimeline } from '../../api/types';

/** A place on the time axis, in percent of its length. */
export type Percent = number & { readonly unit: 'percent' };

export interface Tick {
  at: Percent;
  time: Microseconds;
}

const ticksWanted = 6;

/** The length of the axis: the trace, or its last row where clocks disagree about the end. */
export function axisLength(trace: TraceTimeline): Microseconds {
  const ends = trace.rows.map((row) => row.startOffsetMicroseconds + (row.durationMicroseconds ?? 0));
  // reduce and not Math.max(...ends), whose arguments have a limit that a large trace exceeds.
  return ends.reduce((longest, end) => Math.max(longest, end), trace.durationMicroseconds) as Microseconds;
}

/** Where a row's bar stands. A row in progress reaches to the end of the axis. */
export function barOf(row: TimelineRow, axis: Microseconds): { left: Percent; width: Percent } {
  const start = row.startOffsetMicroseconds;
  const duration = row.durationMicroseconds ?? axis - start;
  return { left: percentOf(start, axis), width: percentOf(duration, axis) };
}

/** Round times along the axis: steps of 1, 2 or 5 times a power of ten microseconds, about six of them. */
export function ticksOf(axis: Microseconds): Tick[] {
  const step = roundStep(axis / ticksWanted);
  return Array.from({ length: Math.floor(axis / step) + 1 }, (_, index) => {
    const time = (index * step) as Microseconds;
    return { at: percentOf(time, axis), time };
  });
}

function roundStep(atLeast: number): number {
  // A microsecond is the finest that a row can say.
  const power = Math.max(1, 10 ** Math.floor(Math.log10(Math.max(atLeast, 1))));
  const factor = [1, 2, 5].find((candidate) => candidate * power >= atLeast) ?? 10;
  return factor * power;
}

function percentOf(time: number, axis: Microseconds): Percent {
  // A trace of a single instant has no length to divide by.
  return (axis === 0 ? 0 : (time / axis) * 100) as Percent;
}
