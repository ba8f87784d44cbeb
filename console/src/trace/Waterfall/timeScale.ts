import type { Microseconds, TimelineRow, TraceTimeline } from '../../api/types';

/** A place on the time axis, in percent of what is shown of it; outside of 0 to 100 it is scrolled away. */
export type Percent = number & { readonly unit: 'percent' };

/** The part of a trace's time that is shown, counted from its start. */
export interface TimeWindow {
  from: Microseconds;
  to: Microseconds;
}

export interface Tick {
  at: Percent;
  time: Microseconds;
}

const ticksWanted = 6;

// Below this a window shows nothing but one bar.
const shortestWindow = 1 as Microseconds;

/** The length of the axis: the trace, its last row where clocks disagree about the end, or now while something is in progress. */
export function axisLength(trace: TraceTimeline, now: Microseconds | null = null): Microseconds {
  const ends = trace.rows.map((row) => row.startOffset + (row.duration ?? 0));
  // reduce and not Math.max(...ends), whose arguments have a limit that a large trace exceeds.
  return ends.reduce((longest, end) => Math.max(longest, end), Math.max(trace.duration, now ?? 0)) as Microseconds;
}

/** Where a row's bar stands. A row in progress reaches to the end of the axis. */
export function barOf(row: TimelineRow, axis: Microseconds, window: TimeWindow): { left: Percent; width: Percent } {
  const duration = row.duration ?? axis - row.startOffset;
  return stretchOf(row.startOffset, duration, window);
}

/** Where any stretch of time stands. */
export function stretchOf(start: number, duration: number, window: TimeWindow): { left: Percent; width: Percent } {
  return { left: placeOf(start, window), width: percentOf(duration, window.to - window.from) };
}

/** Round times along the window: steps of 1, 2 or 5 times a power of ten microseconds, about six of them. */
export function ticksOf({ from, to }: TimeWindow): Tick[] {
  const step = roundStep((to - from) / ticksWanted);
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, index) => {
    const time = ((first + index) * step) as Microseconds;
    return { at: placeOf(time, { from, to }), time };
  });
}

/** A window around the middle of another, so many times as long, inside the axis. */
export function zoomed({ from, to }: TimeWindow, factor: number, axis: Microseconds): TimeWindow {
  const [middle, half] = [(from + to) / 2, ((to - from) * factor) / 2];
  return windowWithin(middle - half, middle + half, axis);
}

/** The window between two times in either order, as far as the axis goes. */
export function windowWithin(one: number, other: number, axis: Microseconds): TimeWindow {
  const from = Math.max(Math.floor(Math.min(one, other)), 0);
  const to = Math.min(Math.ceil(Math.max(one, other)), axis);
  if (to - from >= shortestWindow) return { from: from as Microseconds, to: to as Microseconds };
  // A trace of a single instant is shown as it is.
  const start = Math.min(from, Math.max(axis - shortestWindow, 0));
  return { from: start as Microseconds, to: Math.min(start + shortestWindow, axis) as Microseconds };
}

function roundStep(atLeast: number): number {
  // A microsecond is the finest that a row can say.
  const power = Math.max(1, 10 ** Math.floor(Math.log10(Math.max(atLeast, 1))));
  const factor = [1, 2, 5].find((candidate) => candidate * power >= atLeast) ?? 10;
  return factor * power;
}

function placeOf(time: number, { from, to }: TimeWindow): Percent {
  return percentOf(time - from, to - from);
}

function percentOf(time: number, length: number): Percent {
  // A trace of a single instant has no length to divide by.
  return (length === 0 ? 0 : (time / length) * 100) as Percent;
}
