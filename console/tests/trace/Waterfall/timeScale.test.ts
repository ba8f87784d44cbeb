import { describe, expect, it } from 'vitest';
import { axisLength, barOf, ticksOf } from '../../../src/trace/Waterfall/timeScale';
import { microseconds, sampleRow, sampleTrace } from '../../samples';

describe('The axis', () => {
  it('is as long as the trace', () => {
    expect(axisLength(sampleTrace({ durationMicroseconds: microseconds(5000) }))).toBe(5000);
  });

  it('reaches to a row that ends after the trace', () => {
    const late = sampleRow({ startOffsetMicroseconds: microseconds(900), durationMicroseconds: microseconds(300) });
    expect(axisLength(sampleTrace({ rows: [sampleRow(), late] }))).toBe(1200);
  });

  it('takes more rows than a call takes arguments', () => {
    const rows = Array.from({ length: 200_000 }, () => sampleRow());
    expect(axisLength(sampleTrace({ rows }))).toBe(1000);
  });
});

describe('A bar', () => {
  it('stands at its offset with the width of its duration', () => {
    const row = sampleRow({ startOffsetMicroseconds: microseconds(250), durationMicroseconds: microseconds(500) });
    expect(barOf(row, microseconds(1000))).toEqual({ left: 25, width: 50 });
  });

  it('reaches to the end while in progress', () => {
    const row = sampleRow({ startOffsetMicroseconds: microseconds(400), durationMicroseconds: null });
    expect(barOf(row, microseconds(1000))).toEqual({ left: 40, width: 60 });
  });

  it('has a place in a trace that took no time', () => {
    expect(barOf(sampleRow({ durationMicroseconds: microseconds(0) }), microseconds(0))).toEqual({ left: 0, width: 0 });
  });
});

describe('Ticks', () => {
  it.each([
    [1_000, [0, 200, 400, 600, 800, 1_000]],
    [234_567, [0, 50_000, 100_000, 150_000, 200_000]],
    [3, [0, 1, 2, 3]],
    [0, [0]],
  ])('of %i µs are round', (axis, times) => {
    expect(ticksOf(microseconds(axis)).map(({ time }) => time)).toEqual(times);
  });

  it('stay few and inside the axis, whatever its length', () => {
    for (let axis = 1; axis < 1e14; axis = axis * 3 + 1) {
      const ticks = ticksOf(microseconds(axis));
      expect(ticks.length, `${axis} µs`).toBeGreaterThanOrEqual(2);
      expect(ticks.length, `${axis} µs`).toBeLessThanOrEqual(7);
      expect(ticks.at(-1)?.at, `${axis} µs`).toBeLessThanOrEqual(100);
    }
  });
});
