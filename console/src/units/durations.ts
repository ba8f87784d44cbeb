import type { Microseconds } from '../api/types';

const units = [
  { name: 's', microseconds: 1_000_000 },
  { name: 'ms', microseconds: 1_000 },
  { name: 'µs', microseconds: 1 },
] as const;

/** A duration to three significant digits, for lists: `12.3 ms`; from a minute on to the second: `1 min 39 s`. */
export function formatDuration(duration: Microseconds): string {
  if (duration >= 59_950_000) return formatMinutes(Math.round(duration / 1_000_000) * 1_000_000);
  const unit = unitFor(duration);
  const value = Number((duration / unit.microseconds).toPrecision(3));
  // 999,900 µs is 1000 ms after rounding, which reads better as 1 s.
  if (value >= 1000) return formatDuration((value * unit.microseconds) as Microseconds);
  return `${value} ${unit.name}`;
}

/** A duration with every microsecond that was measured: `12.345 ms`. */
export function formatExactDuration(duration: Microseconds): string {
  if (duration >= 60_000_000) return formatMinutes(duration);
  const unit = unitFor(duration);
  return `${duration / unit.microseconds} ${unit.name}`;
}

function formatMinutes(duration: number): string {
  const minutes = Math.floor(duration / 60_000_000);
  return `${minutes} min ${(duration % 60_000_000) / 1_000_000} s`;
}

function unitFor(duration: Microseconds) {
  return units.find(({ microseconds }) => duration >= microseconds) ?? units[2];
}
