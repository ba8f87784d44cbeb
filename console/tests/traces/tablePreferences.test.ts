import { expect, it } from 'vitest';
import { storedPreferences, storePreferences } from '../../src/traces/tablePreferences';

const known = { columns: [{ id: 'time', visible: true }, { id: 'url', visible: true }], pageSize: 50 };

it('remembers columns, their order and the size of a page', () => {
  const chosen = { columns: [{ id: 'url', visible: true }, { id: 'time', visible: false }], pageSize: 100 };
  storePreferences(chosen);
  expect(storedPreferences(known)).toEqual(chosen);
});

it('puts columns that came later behind those that were chosen, and forgets those that are gone', () => {
  storePreferences({ columns: [{ id: 'gone', visible: true }, { id: 'url', visible: false }], pageSize: 7 });
  expect(storedPreferences(known)).toEqual({ columns: [{ id: 'url', visible: false }, { id: 'time', visible: true }], pageSize: 50 });
});

it.each(['nonsense', '7', 'null', '{"columns":7,"pageSize":"x"}', '{"columns":[null,{"id":1}]}'])('survives %s in the storage', (stored) => {
  window.localStorage.setItem('lambray.traces-table', stored);
  expect(storedPreferences(known)).toEqual(known);
});
