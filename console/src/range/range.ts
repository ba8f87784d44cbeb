import type { Query } from '../routing/place';

/** The range of time that a page looks at: the last minutes, which move on (live), or from one moment to another. */
export type TimeRange = { kind: 'last'; minutes: number } | { kind: 'between'; from: Date; to: Date };

/** Minutes, from five of them to as long as traces are kept. */
export const presets = [5, 15, 30, 60, 180, 360, 720, 1_440, 4_320, 10_080, 20_160, 43_200] as const;

export const defaultMinutes = 60;

/** The range that an address names; an hour when it names none that can be read. */
export function rangeOf(query: URLSearchParams): TimeRange {
  const from = new Date(query.get('from') ?? '');
  const to = new Date(query.get('to') ?? '');
  if (from < to) return { kind: 'between', from, to };
  const minutes = Number(query.get('last'));
  return { kind: 'last', minutes: Number.isInteger(minutes) && minutes > 0 && minutes <= 43_200 ? minutes : defaultMinutes };
}

/** The range in an address and in a question to the server, which both spell it alike; other ranges' parameters go. */
export function queryOf(range: TimeRange): { last?: number; from?: string; to?: string } {
  if (range.kind === 'last') return range.minutes === defaultMinutes ? {} : { last: range.minutes };
  return { from: range.from.toISOString(), to: range.to.toISOString() };
}

/** As `queryOf`, to be laid over an address's query. */
export function rangeChange(range: TimeRange): Query {
  return { last: null, from: null, to: null, ...queryOf(range) };
}

/** The same length of time, standing still. */
export function stopped(range: TimeRange, now: Date): TimeRange {
  if (range.kind === 'between') return range;
  return { kind: 'between', from: new Date(now.getTime() - range.minutes * 60_000), to: now };
}

/** Minutes in the largest unit that fits: `3 hours`. */
export function lengthInWords(minutes: number): string {
  const [amount, unit] =
    minutes % 1_440 === 0 ? [minutes / 1_440, 'day'] : minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute'];
  return amount === 1 ? unit : `${amount} ${unit}s`;
}
