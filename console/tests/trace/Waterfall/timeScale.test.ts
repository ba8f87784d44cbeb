import { describe, expect, it } from 'vitest';
import { axisLength, barOf, ticksOf, windowWithin, zoomed } from '../../../src/trace/Waterfall/timeScale';
import { microseconds, sampleRow, sampleTrace } from '../../samples';

describe('The axis', () => {
  it('is as long as the trace', () => {
    expect(axisLength(sampleTrace({ duration: microseconds(5000) }))).toBe(5000);
  });

  it('reaches to a row that ends after the trace', () => {
    const late = sampleRow({ startOffset: microseconds(900), duration: microseconds(300) });
    expect(axisLength(sampleTrace({ rows: [sampleRow(), late] }))).toBe(1200);
  });

  it('takes more rows than a call takes arguments', () => {
    const rows = Array.from({ length: 200_000 }, () => sampleRow());
    expect(axisLength(sampleTrace({ rows }))).toBe(1000);
  });
});

const whole = (axis: number) => ({ from: microseconds(0), to: microseconds(axis) });

describe('A bar', () => {
  it('stands at its offset with the width of its duration', () => {
    const row = sampleRow({ startOffset: microseconds(250), duration: microseconds(500) });
    expect(barOf(row, microseconds(1000), whole(1000))).toEqual({ left: 25, width: 50 });
  });

  it('reaches to the end while in progress', () => {
    const row = sampleRow({ startOffset: microseconds(400), duration: null });
    expect(barOf(row, microseconds(1000), whole(1000))).toEqual({ left: 40, width: 60 });
  });

  it('has a place in a trace that took no time', () => {
    expect(barOf(sampleRow({ duration: microseconds(0) }), microseconds(0), whole(0))).toEqual({ left: 0, width: 0 });
  });
});

describe('Ticks', () => {
  it.each([
    [1_000, [0, 200, 400, 600, 800, 1_000]],
    [234_567, [0, 50_000, 100_000, 150_000, 200_000]],
    [3, [0, 1, 2, 3]],
    [0, [0]],
  ])('of %i µs are round', (axis, times) => {
    expect(ticksOf(whole(axis)).map(({ time }) => time)).toEqual(times);
  });

  it('stay few and inside the axis, whatever its length', () => {
    for (let axis = 1; axis < 1e14; axis = axis * 3 + 1) {
      const ticks = ticksOf(whole(axis));
      expect(ticks.length, `${axis} µs`).toBeGreaterThanOrEqual(2);
      expect(ticks.length, `${axis} µs`).toBeLessThanOrEqual(7);
      expect(ticks.at(-1)?.at, `${axis} µs`).toBeLessThanOrEqual(100);
    }
  });
});

describe('A window', () => {
  it('shows a part of the axis, from one tick to the next', () => {
    const row = sampleRow({ startOffset: microseconds(250), duration: microseconds(500) });
    expect(barOf(row, microseconds(1000), { from: microseconds(500), to: microseconds(1000) })).toEqual({ left: -50, width: 100 });
    expect(ticksOf({ from: microseconds(510), to: microseconds(1000) }).map(({ time }) => time)).toEqual([600, 700, 800, 900, 1000]);
  });

  it.each([
    [0.5, { from: 250, to: 750 }],
    [2, { from: 0, to: 1000 }],
  ])('zooms around its middle by %d', (factor, expected) => {
    expect(zoomed(whole(1000), factor, microseconds(1000))).toEqual(expected);
  });

  it('lies between two times in either order, inside of the axis and never empty', () => {
    expect(windowWithin(800, -5, microseconds(700))).toEqual({ from: 0, to: 700 });
    expect(windowWithin(300, 300, microseconds(700))).toEqual({ from: 300, to: 301 });
    expect(windowWithin(900, 900, microseconds(700))).toEqual({ from: 699, to: 700 });
    expect(windowWithin(0, 0, microseconds(0))).toEqual({ from: 0, to: 0 });
  });
});
