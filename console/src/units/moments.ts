import type { EpochMicroseconds } from '../api/types';

type Zone = 'local' | 'utc';

/** A moment as `2026-11-23 03:29:52.123`, which sorts as it reads; in the viewer's time zone. */
export function formatMoment(moment: EpochMicroseconds): string {
  return write(moment, 'local', 3);
}

/** A moment to the microsecond, with its zone: `2026-11-23 03:29:52.123456 UTC`. */
export function formatExactMoment(moment: EpochMicroseconds, zone: Zone): string {
  return `${write(moment, zone, 6)} ${zone === 'utc' ? 'UTC' : offsetAt(moment)}`;
}

function write(moment: EpochMicroseconds, zone: Zone, fractionDigits: number): string {
  const milliseconds = Math.floor(moment / 1000);
  // A Date shifted by its own offset says local time when asked for UTC.
  const shift = zone === 'local' ? new Date(milliseconds).getTimezoneOffset() * 60_000 : 0;
  const toSecond = new Date(milliseconds - shift).toISOString().slice(0, 19).replace('T', ' ');
  const fraction = String(moment % 1_000_000).padStart(6, '0').slice(0, fractionDigits);
  return `${toSecond}.${fraction}`;
}

function offsetAt(moment: EpochMicroseconds): string {
  const east = -new Date(moment / 1000).getTimezoneOffset();
  const hours = String(Math.floor(Math.abs(east) / 60)).padStart(2, '0');
  const minutes = String(Math.abs(east) % 60).padStart(2, '0');
  return `UTC${east < 0 ? '-' : '+'}${hours}:${minutes}`;
}
