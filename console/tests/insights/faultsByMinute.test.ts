import { expect, it } from 'vitest';
import type { EpochMicroseconds, InsightMoment } from '../../src/api/types';
import { faultsByMinute } from '../../src/insights/faultsByMinute';

function moment(minute: number, rootCauseFaults: number, clientFaults: number): InsightMoment {
  return { time: (minute * 60_000_000) as EpochMicroseconds, summary: '', rootCauseFaults, rootCauseTotal: 100, clientFaults, clientTotal: 100, services: [] };
}

it('makes what came in each minute of counts since the beginning', () => {
  expect(faultsByMinute([moment(1, 5, 3), moment(2, 5, 3), moment(3, 12, 9)]).map(({ rootCause, clients }) => [rootCause, clients])).toEqual([[5, 3], [0, 0], [7, 6]]);
});
