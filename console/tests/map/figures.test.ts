import { expect, it } from 'vitest';
import type { MapBin, MapFigures } from '../../src/api/types';
import { arcsOf, rateInWords, shareInWords, trafficInWords, worstOf } from '../../src/map/Drawing/ring';
import { bothFilters, filterOfOutcome, filterOfTimes } from '../../src/map/Panel/filters';
import { microseconds } from '../samples';

const figures = (counts: Partial<MapFigures>): MapFigures => ({ ok: 0, error: 0, throttle: 0, fault: 0, averageMicroseconds: null, requestsPerMinute: 0, ...counts });
const bin = (from: number, to: number): MapBin => ({ fromMicroseconds: microseconds(from), toMicroseconds: microseconds(to), calls: 1 });

it('closes the ring, and shows what is very rare', () => {
  const arcs = arcsOf(figures({ ok: 1_000_000, fault: 1 }));
  expect(arcs.map(({ outcome }) => outcome)).toEqual(['ok', 'fault']);
  expect(arcs[1]?.share).toBeGreaterThan(0.02);
  expect(arcs.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  expect(arcs[1]?.from).toBeCloseTo(arcs[0]?.share ?? 0);
});

it('has no ring without requests', () => {
  expect(arcsOf(figures({}))).toEqual([]);
});

it('colours a line by what is more than a rare exception', () => {
  expect(worstOf(figures({ ok: 990, fault: 1 }))).toBe('ok');
  expect(worstOf(figures({ ok: 50, error: 20, throttle: 30 }))).toBe('throttle');
  expect(worstOf(figures({}))).toBeNull();
});

it.each([
  [{ ok: 1, fault: 2 }, '66.7 %'],
  [{ ok: 9_999, fault: 1 }, '< 0.1 %'],
  [{ ok: 5 }, '0 %'],
])('says the share of faults in %o', (counts, words) => {
  expect(shareInWords(figures(counts), 'fault')).toBe(words);
});

it.each([
  [0, '0/min'],
  [0.001, '< 0.01/min'],
  [0.0167, '0.017/min'],
  [4.23, '4.2/min'],
  [123.4, '123/min'],
  [12_340, '12.3k/min'],
  [2_500_000, '2.5M/min'],
])('says %f requests a minute', (rate, words) => {
  expect(rateInWords(rate)).toBe(words);
});

it('asks for the durations that the server rounded into the bars', () => {
  expect(filterOfTimes('service("a")', bin(10_000, 20_000), bin(30_000, 40_000))).toBe('service("a") { responsetime >= 0.0095 AND responsetime < 0.0395 }');
  expect(filterOfTimes('service("a")', bin(0, 1_000), bin(0, 1_000))).toBe('service("a") { responsetime < 0.0005 }');
});

it('keeps the filter of the page', () => {
  expect(bothFilters('', filterOfOutcome('service("a")', 'fault'))).toBe('service("a") { fault }');
  expect(bothFilters('user = "bob"', 'service("a")')).toBe('user = "bob" AND service("a")');
  expect(bothFilters('ok OR fault', 'service("a")')).toBe('(ok OR fault) AND service("a")');
});

it('counts the calls of one trace, whose rate would tell nothing', () => {
  expect(trafficInWords(figures({ ok: 1, requestsPerMinute: 60 }), true)).toBe('1 call');
  expect(trafficInWords(figures({ ok: 1, fault: 2, requestsPerMinute: 60 }), true)).toBe('3 calls');
  expect(trafficInWords(figures({ ok: 1, requestsPerMinute: 60 }), false)).toBe('60/min');
});
