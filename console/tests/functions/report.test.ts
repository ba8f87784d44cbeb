import { expect, it } from 'vitest';
import type { EpochMicroseconds, LogLine } from '../../src/api/types';
import { reportOf } from '../../src/functions/test/report';

function line(message: string): LogLine {
  return { id: message, time: 0 as EpochMicroseconds, stream: 's', message };
}

it('reads the figures of a cold start', () => {
  const report = 'REPORT RequestId: 1\tDuration: 210.50 ms\tBilled Duration: 211 ms\tMemory Size: 256 MB\tMax Memory Used: 25 MB\tInit Duration: 655.95 ms\t';
  expect(reportOf([line('START'), line(report)])).toEqual({ duration: '210.50 ms', billedDuration: '211 ms', memoryUsed: '25 MB', initDuration: '655.95 ms' });
});

it('reads them as JSON', () => {
  const report = '{"time":"t","type":"platform.report","record":{"metrics":{"durationMs":1.5,"billedDurationMs":2,"maxMemoryUsedMB":30}}}';
  expect(reportOf([line(report)])).toEqual({ duration: '1.5 ms', billedDuration: '2 ms', memoryUsed: '30 MB' });
});

it('takes the last attempt of several', () => {
  expect(reportOf([line('REPORT RequestId: 1\tDuration: 1 ms\t'), line('REPORT RequestId: 1\tDuration: 2 ms\t')]).duration).toBe('2 ms');
});

it('knows nothing before the report', () => {
  expect(reportOf([line('START RequestId: 1')])).toEqual({});
});
