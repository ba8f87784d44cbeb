import type { ChartLine } from '../../api/types';

export interface ChartSpec {
  title: string;
  unit: string;
  /** Metric, statistic, and what the legend calls it. */
  lines: { metric: string; statistic: string; title: string }[];
}

/** The charts in the order of the questions: how much, how well, how fast, how many at once. */
export const charts: readonly ChartSpec[] = [
  { title: 'Invocations', unit: '', lines: [{ metric: 'Invocations', statistic: 'Sum', title: 'Invocations' }] },
  {
    title: 'Errors and throttles',
    unit: '',
    lines: [
      { metric: 'Errors', statistic: 'Sum', title: 'Errors' },
      { metric: 'Throttles', statistic: 'Sum', title: 'Throttles' },
    ],
  },
  {
    title: 'Duration',
    unit: 'ms',
    lines: [
      { metric: 'Duration', statistic: 'p50', title: 'p50' },
      { metric: 'Duration', statistic: 'p90', title: 'p90' },
      { metric: 'Duration', statistic: 'p99', title: 'p99' },
      { metric: 'Duration', statistic: 'Maximum', title: 'Maximum' },
    ],
  },
  {
    title: 'Concurrent executions',
    unit: '',
    lines: [
      { metric: 'ConcurrentExecutions', statistic: 'Maximum', title: 'All' },
      { metric: 'ProvisionedConcurrentExecutions', statistic: 'Maximum', title: 'Provisioned' },
    ],
  },
  {
    title: 'Asynchronous events',
    unit: '',
    lines: [
      { metric: 'AsyncEventsReceived', statistic: 'Sum', title: 'Received' },
      { metric: 'AsyncEventsDropped', statistic: 'Sum', title: 'Dropped' },
    ],
  },
  { title: 'Age of asynchronous events', unit: 'ms', lines: [{ metric: 'AsyncEventAge', statistic: 'Maximum', title: 'Oldest' }] },
];

export function findLine(lines: readonly ChartLine[], metric: string, statistic: string): ChartLine | undefined {
  return lines.find((line) => line.metric === metric && line.statistic === statistic);
}

/** How many invocations ended well, as AWS's console has it. */
export function successRateOf(lines: readonly ChartLine[]): string {
  const [invocations, errors] = [totalOf(lines, 'Invocations'), totalOf(lines, 'Errors')];
  return invocations === 0 ? 'no invocations' : `${Number((100 * (1 - errors / invocations)).toFixed(2))} % of ${invocations}`;
}

function totalOf(lines: readonly ChartLine[], metric: string): number {
  return findLine(lines, metric, 'Sum')?.points.reduce((sum, { value }) => sum + value, 0) ?? 0;
}
