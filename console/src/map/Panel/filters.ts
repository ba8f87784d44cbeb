import type { MapBin } from '../../api/types';
import type { Outcome } from '../Drawing/ring';

// A bar counts durations that were rounded to whole milliseconds.
const halfMillisecond = 500;

/** The traces in which the service or call ended so. */
export function filterOfOutcome(selector: string, outcome: Outcome): string {
  return `${selector} { ${outcome} }`;
}

/** The traces in which it took as long as these bars say. */
export function filterOfTimes(selector: string, from: MapBin, to: MapBin): string {
  const limits = [`responsetime < ${seconds(to.toMicroseconds - halfMillisecond)}`];
  // Nothing is quicker than the first bar.
  if (from.fromMicroseconds > 0) limits.unshift(`responsetime >= ${seconds(from.fromMicroseconds - halfMillisecond)}`);
  return `${selector} { ${limits.join(' AND ')} }`;
}

/** Both, where there are both. */
export function bothFilters(page: string, part: string): string {
  if (page === '') return part;
  return / or /i.test(page) ? `(${page}) AND ${part}` : `${page} AND ${part}`;
}

function seconds(microseconds: number): string {
  return String(microseconds / 1_000_000);
}
