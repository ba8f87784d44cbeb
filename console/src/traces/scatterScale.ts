import type { EpochMicroseconds, Microseconds, ResponseTimePoint } from '../api/types';

/** A part of the picture: times of day across, response times up, both from 0 to 1 from the lower left. */
export interface Place {
  x: number;
  y: number;
}

/** Where a point stands, and what a place stands for. Response times go up by powers of ten. */
export interface ScatterScale {
  placeOf: (point: ResponseTimePoint) => Place;
  timeAt: (x: number) => EpochMicroseconds;
  responseAt: (y: number) => Microseconds;
  /** Powers of ten within the picture. */
  lines: Microseconds[];
}

export function scatterScale(points: readonly ResponseTimePoint[]): ScatterScale {
  const times = points.map(({ startTime }) => startTime as number);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const length = Math.max(last - first, 1);
  const responses = points.map(({ responseTime }) => Math.max(responseTime, 1));
  const low = Math.floor(Math.log10(Math.min(...responses)));
  // At least one power of ten, so that traces that all took as long still have a place.
  const high = Math.max(Math.ceil(Math.log10(Math.max(...responses))), low + 1);
  return {
    placeOf: ({ startTime, responseTime }) => ({
      x: (startTime - first) / length,
      y: (Math.log10(Math.max(responseTime, 1)) - low) / (high - low),
    }),
    timeAt: (x) => Math.round(first + x * length) as EpochMicroseconds,
    responseAt: (y) => Math.round(10 ** (low + y * (high - low))) as Microseconds,
    lines: Array.from({ length: high - low + 1 }, (_, power) => (10 ** (low + power)) as Microseconds),
  };
}
