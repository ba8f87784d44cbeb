import { expect, it } from 'vitest';
import { readPreferences } from '../../src/tables/preferences';

const columns = ['name', 'state', 'memory'];

it('shows all columns until somebody chooses', () => {
  expect(readPreferences(null, columns)).toEqual({ pageSize: 20, visible: columns });
});

it('keeps to what was chosen, in the order of the table', () => {
  expect(readPreferences('{"pageSize":50,"visible":["memory","name"]}', columns)).toEqual({ pageSize: 50, visible: ['name', 'memory'] });
});

it('makes the best of what another version has written', () => {
  expect(readPreferences('{"pageSize":7,"visible":["gone"]}', columns)).toEqual({ pageSize: 20, visible: columns });
  expect(readPreferences('{', columns)).toEqual({ pageSize: 20, visible: columns });
  expect(readPreferences('null', columns)).toEqual({ pageSize: 20, visible: columns });
});
