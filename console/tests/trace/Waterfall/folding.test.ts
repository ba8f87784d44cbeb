import { expect, it } from 'vitest';
import { everyFold, shownRows, unfoldedTo } from '../../../src/trace/Waterfall/folding';
import { rowsAt } from '../../samples';

const rows = rowsAt(['a', 0], ['b', 1], ['c', 2], ['d', 1], ['e', 0], ['f', 1]);
const idsWithout = (...folded: string[]) => shownRows(rows, new Set(folded)).map(({ row }) => row.id);

it('shows every row when nothing is folded', () => {
  expect(idsWithout()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

it('hides the descendants of a folded row, and no others', () => {
  expect(idsWithout('a')).toEqual(['a', 'e', 'f']);
});

it('keeps a folded row folded below another one', () => {
  expect(idsWithout('a', 'b')).toEqual(['a', 'e', 'f']);
  expect(idsWithout('b')).toEqual(['a', 'b', 'd', 'e', 'f']);
});

it('knows which rows have children', () => {
  const parents = shownRows(rows, new Set(['a'])).filter(({ hasChildren }) => hasChildren);
  expect(parents.map(({ row }) => row.id)).toEqual(['a', 'e']);
});

it('remembers where each row stands among all', () => {
  expect(shownRows(rows, new Set(['a'])).map(({ index }) => index)).toEqual([0, 4, 5]);
});

it('folds everything but what came first', () => {
  expect(idsWithout(...everyFold(rows))).toEqual(['a', 'e']);
});

it('unfolds what hides a row, and no more', () => {
  const family = rows.map((row) => ({ ...row, parentId: row.id === 'b' || row.id === 'd' ? 'a' : row.id === 'c' ? 'b' : row.id === 'f' ? 'e' : null }));
  expect([...unfoldedTo(new Set(['a', 'b', 'e']), family, 'c')]).toEqual(['e']);
  const folded = new Set(['e']);
  expect(unfoldedTo(folded, family, 'c')).toBe(folded);
});
