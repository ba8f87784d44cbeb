import { expect, it } from 'vitest';
import { hrefOf, parseRoute, type Route } from '../../src/routing/routes';

it.each<[string, Route]>([
  ['', { page: 'traces', minutes: 60 }],
  ['#/', { page: 'traces', minutes: 60 }],
  ['#/traces', { page: 'traces', minutes: 60 }],
  ['#/traces?minutes=1440', { page: 'traces', minutes: 1440 }],
  ['#/traces/1-6b038d8f-d05b8a0df7ec5432892c7339', { page: 'trace', id: '1-6b038d8f-d05b8a0df7ec5432892c7339' }],
  ['#/elsewhere', { page: 'unknown' }],
  ['#/traces/a/b', { page: 'unknown' }],
])('reads %s', (hash, route) => {
  expect(parseRoute(hash)).toEqual(route);
});

it.each(['abc', '-5', '0', '1.5', ''])('falls back to an hour for minutes=%s', (minutes) => {
  expect(parseRoute(`#/traces?minutes=${minutes}`)).toEqual({ page: 'traces', minutes: 60 });
});

it('reads back what it writes, whatever the id', () => {
  const route: Route = { page: 'trace', id: 'a/b?c#d%' };
  expect(parseRoute(hrefOf(route))).toEqual(route);
});

it('takes a stray percent sign for itself', () => {
  expect(parseRoute('#/traces/100%')).toEqual({ page: 'trace', id: '100%' });
});
