import { expect, it } from 'vitest';
import { rowHeight, scrollToShow, visibleRows } from '../../../src/trace/Waterfall/visibleRows';

it('draws what is in view and a margin, however many rows there are', () => {
  const { first, end } = visibleRows(5_000 * rowHeight, 20 * rowHeight, 10_000);
  expect(first).toBeLessThanOrEqual(5_000 - 12);
  expect(end).toBeGreaterThanOrEqual(5_020 + 12);
  expect(end - first).toBeLessThan(80);
});

it('draws the same rows while the margin lasts', () => {
  const drawn = Array.from({ length: 12 }, (_, rows) => visibleRows((120 + rows) * rowHeight, 480, 10_000).first);
  expect(new Set(drawn).size).toBe(1);
});

it('stays inside of the rows', () => {
  expect(visibleRows(0, 600, 3)).toEqual({ first: 0, end: 3 });
  expect(visibleRows(0, 600, 0)).toEqual({ first: 0, end: 0 });
  expect(visibleRows(1e9, 600, 100)).toEqual({ first: 99, end: 100 });
});

it('scrolls no further than it takes to show a row', () => {
  expect(scrollToShow(5, 0, 300)).toBe(0);
  expect(scrollToShow(50, 0, 300)).toBe(51 * rowHeight - 300);
  expect(scrollToShow(2, 600, 300)).toBe(2 * rowHeight);
});
