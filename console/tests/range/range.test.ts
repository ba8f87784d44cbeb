import { expect, it } from 'vitest';
import { lengthInWords, queryOf, rangeChange, rangeOf, stopped, type TimeRange } from '../../src/range/range';

const hour: TimeRange = { kind: 'last', minutes: 60 };
const day: TimeRange = { kind: 'between', from: new Date('2026-11-22T00:00:00Z'), to: new Date('2026-11-23T00:00:00Z') };

it.each<[string, TimeRange]>([
  ['', hour],
  ['last=5', { kind: 'last', minutes: 5 }],
  ['last=abc', hour],
  ['last=-5', hour],
  ['last=43201', hour],
  ['from=2026-11-22T00:00:00Z&to=2026-11-23T00:00:00Z', day],
  // The wrong way round, or half: as if it were not there.
  ['to=2026-11-22T00:00:00Z&from=2026-11-23T00:00:00Z', hour],
  ['from=2026-11-22T00:00:00Z&last=15', { kind: 'last', minutes: 15 }],
])('reads %s', (query, range) => {
  expect(rangeOf(new URLSearchParams(query))).toEqual(range);
});

it.each([hour, day, { kind: 'last', minutes: 15 } as const])('reads back what it writes', (range) => {
  expect(rangeOf(new URLSearchParams(Object.entries(queryOf(range)).map(([name, value]) => [name, String(value)])))).toEqual(range);
});

it('takes the parameters of another kind of range away', () => {
  expect(rangeChange(hour)).toEqual({ last: null, from: null, to: null });
  expect(rangeChange(day)).toEqual({ last: null, from: '2026-11-22T00:00:00.000Z', to: '2026-11-23T00:00:00.000Z' });
});

it('stands still at the length that it had', () => {
  expect(stopped(hour, new Date('2026-11-23T01:00:00Z'))).toEqual({
    kind: 'between',
    from: new Date('2026-11-23T00:00:00Z'),
    to: new Date('2026-11-23T01:00:00Z'),
  });
});

it.each([
  [5, '5 minutes'],
  [60, 'hour'],
  [180, '3 hours'],
  [1_440, 'day'],
  [43_200, '30 days'],
  [90, '90 minutes'],
])('says %i minutes in words', (minutes, words) => {
  expect(lengthInWords(minutes)).toBe(words);
});
