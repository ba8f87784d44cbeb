import { expect, it } from 'vitest';
import { hrefTo, matchPath, parsePlace } from '../../src/routing/place';

it.each<[string, string[], Record<string, string>]>([
  ['', [], {}],
  ['#/', [], {}],
  ['#/traces', ['traces'], {}],
  ['#/traces?last=1440', ['traces'], { last: '1440' }],
  ['#/traces/1-6b038d8f-d05b8a0df7ec5432892c7339', ['traces', '1-6b038d8f-d05b8a0df7ec5432892c7339'], {}],
  ['#/traces?filter=http.url%20CONTAINS%20%22%3Fa%22', ['traces'], { filter: 'http.url CONTAINS "?a"' }],
  ['#/traces?filter=a?b', ['traces'], { filter: 'a?b' }],
  // A stray percent sign stands for itself.
  ['#/traces/100%', ['traces', '100%'], {}],
])('reads %s', (hash, path, query) => {
  const place = parsePlace(hash);
  expect(place.path).toEqual(path);
  expect(Object.fromEntries(place.query)).toEqual(query);
});

it('reads back what it writes, whatever it holds', () => {
  const path = ['functions', 'a/b?c#d%', 'logs'];
  const query = { filter: 'service("x&y") { fault } = é#', last: '5' };
  const place = parsePlace(hrefTo(path, query));
  expect(place.path).toEqual(path);
  expect(Object.fromEntries(place.query)).toEqual(query);
});

it('leaves out what has no value', () => {
  expect(hrefTo(['map'], { group: null, filter: '', last: undefined })).toBe('#/map');
});

it.each<[string, string[], Record<string, string> | null]>([
  ['traces', ['traces'], {}],
  ['traces/:id', ['traces', '1-2'], { id: '1-2' }],
  ['functions/:name/:tab', ['functions', 'shop', 'logs'], { name: 'shop', tab: 'logs' }],
  ['traces/:id', ['traces'], null],
  ['traces', ['traces', '1-2'], null],
  ['traces', ['functions'], null],
])('matches %s with %s', (pattern, path, values) => {
  expect(matchPath(pattern, path)).toEqual(values);
});
