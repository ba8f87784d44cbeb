import { describe, expect, it } from 'vitest';
import { formatDuration, formatExactDuration } from '../../src/units/durations';
import { microseconds } from '../samples';

describe('A duration in a list', () => {
  it.each([
    [0, '0 µs'],
    [412, '412 µs'],
    [1_000, '1 ms'],
    [12_345, '12.3 ms'],
    [999_499, '999 ms'],
    [999_950, '1 s'],
    [1_234_567, '1.23 s'],
    [59_960_000, '1 min 0 s'],
    [98_765_432, '1 min 39 s'],
  ])('writes %i µs as %s', (value, text) => {
    expect(formatDuration(microseconds(value))).toBe(text);
  });
});

describe('An exact duration', () => {
  it.each([
    [7, '7 µs'],
    [12_345, '12.345 ms'],
    [999_999, '999.999 ms'],
    [1_234_567, '1.234567 s'],
    [98_765_432, '1 min 38.765432 s'],
  ])('writes %i µs as %s', (value, text) => {
    expect(formatExactDuration(microseconds(value))).toBe(text);
  });
});
