import { expect, it } from 'vitest';
import type { ChartLine, EpochMicroseconds } from '../../src/api/types';
import { charts, findLine, successRateOf } from '../../src/functions/monitor/charts';

function line(metric: string, statistic: string, ...values: number[]): ChartLine {
  return { metric, statistic, unit: 'Count', points: values.map((value, index) => ({ time: (index * 60_000_000) as EpochMicroseconds, value })) };
}

it('tells how many invocations ended well', () => {
  expect(successRateOf([line('Invocations', 'Sum', 3, 5), line('Errors', 'Sum', 0, 1)])).toBe('87.5 % of 8');
  expect(successRateOf([])).toBe('no invocations');
});

it('finds a line by metric and statistic', () => {
  const lines = [line('Duration', 'p50', 1), line('Duration', 'p99', 2)];
  expect(findLine(lines, 'Duration', 'p99')).toBe(lines[1]);
  expect(findLine(lines, 'Duration', 'p90')).toBeUndefined();
});

it('has a chart for each metric that the function page is to show', () => {
  const shown = charts.flatMap((chart) => chart.lines.map(({ metric }) => metric));
  expect(shown).toEqual(expect.arrayContaining(['Invocations', 'Errors', 'Throttles', 'Duration', 'ConcurrentExecutions']));
});
