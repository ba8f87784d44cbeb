import { expect, it } from 'vitest';
import { fromVariables, toVariables } from '../../src/functions/VariablesField';
import { formatJson } from '../../src/functions/test/eventText';
import { formatBytes } from '../../src/units/bytes';

it('keeps every variable but rows that nobody filled in', () => {
  const rows = fromVariables({ STAGE: 'test', BUCKET: 'uploads' });
  expect(rows.map(({ name }) => name)).toEqual(['BUCKET', 'STAGE']);
  expect(toVariables([...rows, { name: '', value: 'lost' }])).toEqual({ STAGE: 'test', BUCKET: 'uploads' });
});

it('lays JSON out and leaves everything else as it is', () => {
  expect(formatJson('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(formatJson('{"a":')).toBe('{"a":');
});

it.each([
  [0, '0 B'],
  [446, '446 B'],
  [25_186_304, '25.2 MB'],
  [80_530_636_800, '80.5 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
