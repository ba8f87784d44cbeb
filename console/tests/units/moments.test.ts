import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { formatDate, formatExactMoment, formatTimeOfDay, isOffUtc } from '../../src/units/moments';
import { moment, sampleStart } from '../samples';

const lateEvening = moment(1_795_394_959_344_567 - 3 * 3_600_000_000);

beforeEach(() => {
  // Half an hour off shows whether minutes are kept.
  vi.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(-330);
});

afterEach(() => {
  vi.restoreAllMocks();
});

it('writes every microsecond of an exact moment in UTC', () => {
  expect(formatExactMoment(sampleStart, 'utc')).toBe('2026-11-23 00:49:19.344567 UTC');
});

it('names the offset of the local zone', () => {
  expect(formatExactMoment(sampleStart, 'local')).toBe('2026-11-23 06:19:19.344567 UTC+05:30');
});

it('calls the local zone UTC where it is', () => {
  expect(isOffUtc(sampleStart)).toBe(true);
  vi.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(0);
  expect(isOffUtc(sampleStart)).toBe(false);
  expect(formatExactMoment(sampleStart, 'local')).toBe('2026-11-23 00:49:19.344567 UTC');
});

it('keeps leading zeros of the fraction', () => {
  expect(formatExactMoment(moment(1_795_394_959_000_007), 'utc')).toBe('2026-11-23 00:49:19.000007 UTC');
});

it('takes the date from the local zone', () => {
  expect(formatDate(lateEvening)).toBe('2026-11-23');
  expect(formatTimeOfDay(lateEvening)).toBe('03:19:19.344');
});
