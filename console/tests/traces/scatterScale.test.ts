import { expect, it } from 'vitest';
import { scatterScale } from '../../src/traces/scatterScale';
import { microseconds, moment, sampleId } from '../samples';

const point = (startTime: number, responseTime: number) => ({ id: sampleId, startTime: moment(startTime), responseTime: microseconds(responseTime), status: 'ok' as const });

it('goes up by powers of ten and across by time', () => {
  const scale = scatterScale([point(1_000, 100), point(3_000, 10_000)]);
  expect(scale.placeOf(point(2_000, 1_000))).toEqual({ x: 0.5, y: 0.5 });
  expect(scale.lines).toEqual([100, 1_000, 10_000]);
  expect(scale.timeAt(0.5)).toBe(2_000);
  expect(scale.responseAt(0.5)).toBe(1_000);
});

it('has a place for a single trace that took no time', () => {
  const { x, y } = scatterScale([point(1_000, 0)]).placeOf(point(1_000, 0));
  expect([x, y]).toEqual([0, 0]);
});
