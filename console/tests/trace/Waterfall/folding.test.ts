import { expect, it } from 'vitest';
import { shownRows } from '../../../src/trace/Waterfall/folding';
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
