import type { EpochMicroseconds } from '../api/types';
import { createSetting } from '../shell/setting';

export type Zone = 'local' | 'utc';

/** In which time zone pages tell times. They are drawn anew when it changes, so that a formatter can just look. */
export const zoneSetting = createSetting<Zone>('zone', ['local', 'utc']);

/** The day of a moment in the chosen time zone: `2026-11-23`. */
export function formatDate(moment: EpochMicroseconds): string {
  return write(moment, zoneSetting.get()).slice(0, 10);
}

/** The time of day of a moment in the chosen time zone, to the millisecond: `03:29:52.123`. */
export function formatTimeOfDay(moment: EpochMicroseconds): string {
  return write(moment, zoneSetting.get()).slice(11, 23);
}

/** Day and time to the minute, for the ends of a range: `2026-11-23 03:29`. */
export function formatMinute(moment: EpochMicroseconds): string {
  return write(moment, zoneSetting.get()).slice(0, 16);
}

/** A moment to the microsecond, with its zone: `2026-11-23 03:29:52.123456 UTC`. */
export function formatExactMoment(moment: EpochMicroseconds, zone: Zone): string {
  return `${write(moment, zone)} ${zone === 'utc' ? 'UTC' : offsetAt(moment)}`;
}

/** Whether the viewer's clocks show another time than UTC at this moment. */
export function isOffUtc(moment: EpochMicroseconds): boolean {
  return minutesEastAt(moment) !== 0;
}

function write(moment: EpochMicroseconds, zone: Zone): string {
  const milliseconds = Math.floor(moment / 1000);
  // A Date shifted by its own offset says local time when asked for UTC.
  const shift = zone === 'local' ? new Date(milliseconds).getTimezoneOffset() * 60_000 : 0;
  const toSecond = new Date(milliseconds - shift).toISOString().slice(0, 19).replace('T', ' ');
  const fraction = String(moment % 1_000_000).padStart(6, '0');
  return `${toSecond}.${fraction}`;
}

function offsetAt(moment: EpochMicroseconds): string {
  const east = minutesEastAt(moment);
  if (east === 0) return 'UTC';
  const hours = String(Math.floor(Math.abs(east) / 60)).padStart(2, '0');
  const minutes = String(Math.abs(east) % 60).padStart(2, '0');
  return `UTC${east < 0 ? '-' : '+'}${hours}:${minutes}`;
}

function minutesEastAt(moment: EpochMicroseconds): number {
  return -new Date(moment / 1000).getTimezoneOffset();
}
