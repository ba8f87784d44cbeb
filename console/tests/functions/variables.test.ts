import { expect, it } from 'vitest';
import { fromRecord, toRecord } from '../../src/forms/pairs';
import { fromFilters, toFilters } from '../../src/functions/triggers/filterLines';
import { formatJson } from '../../src/functions/test/eventText';
import { formatBytes } from '../../src/units/bytes';

it('keeps every variable but rows that nobody filled in', () => {
  const rows = fromRecord({ STAGE: 'test', BUCKET: 'uploads' });
  expect(rows.map(({ name }) => name)).toEqual(['BUCKET', 'STAGE']);
  expect(toRecord([...rows, { name: '', value: 'lost' }])).toEqual({ STAGE: 'test', BUCKET: 'uploads' });
});

it('takes a filter from each line, and shows one that was written over several as one', () => {
  expect(toFilters('{"body":{"a":[1]}}\n\n {"body":{"b":[2]}} ')).toEqual(['{"body":{"a":[1]}}', '{"body":{"b":[2]}}']);
  expect(fromFilters(['{\n  "a": [1]\n}', '{}'])).toBe('{ "a": [1] }\n{}');
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
