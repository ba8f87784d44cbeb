import { expect, it } from 'vitest';
import { splitTraceId, toneOf } from '../../src/functions/logs/logText';

it.each([
  ['START RequestId: 1 Version: $LATEST', 'platform'],
  ['{"time":"2026-11-23T16:00:00.000Z","type":"platform.start"}', 'platform'],
  ['2026-11-23T16:00:00.000Z\tid\tERROR\tout of paper', 'error'],
  ['[ERROR] ValueError: no', 'error'],
  ['{"level":"ERROR","message":"no"}', 'error'],
  ['2026-11-23T16:00:00.000Z id Task timed out after 3.00 seconds', 'error'],
  ['2026-11-23T16:00:00.000Z\tid\tWARN\tlow on paper', 'warning'],
  ['[WARNING] low', 'warning'],
  ['an ERROR in the middle of a sentence', 'plain'],
])('%s is %s', (line, tone) => {
  expect(toneOf(line)).toBe(tone);
});

it('finds the trace that a line names', () => {
  expect(splitTraceId('XRAY TraceId: 1-6b04655c-205d5222d9cc06de5cf9e02f\tSampled: true')).toEqual({
    before: 'XRAY TraceId: ',
    id: '1-6b04655c-205d5222d9cc06de5cf9e02f',
    after: '\tSampled: true',
  });
  expect(splitTraceId('no trace 1-6b04655c-205d')).toBeNull();
});
