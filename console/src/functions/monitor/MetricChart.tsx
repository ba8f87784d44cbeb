import Box from '@cloudscape-design/components/box';
import LineChart from '@cloudscape-design/components/line-chart';
import type { ChartPoint, EpochMicroseconds, FunctionCharts, Microseconds } from '../../api/types';
import { formatDate, formatTimeOfDay } from '../../units/moments';
import { findLine, type ChartSpec } from './charts';

interface MetricChartProps {
  chart: ChartSpec;
  data: FunctionCharts;
}

const dayMicroseconds = 86_400_000_000;

/** Some metrics over the same time. */
export function MetricChart({ chart, data }: MetricChartProps) {
  const isLong = data.end - data.start > dayMicroseconds;
  const lines = chart.lines.flatMap(({ metric, statistic, title }) => {
    const points = findLine(data.lines, metric, statistic)?.points ?? [];
    return points.length === 0 ? [] : [{ title, type: 'line' as const, data: spanned(points, data.period) }];
  });
  const formatTime = (date: Date) => {
    const moment = (date.getTime() * 1000) as EpochMicroseconds;
    return isLong ? formatDate(moment).slice(5) : formatTimeOfDay(moment).slice(0, 5);
  };
  return (
    <LineChart
      height={180}
      xScaleType="time"
      xDomain={[new Date(data.start / 1000), new Date(data.end / 1000)]}
      yDomain={[0, topOf(lines.flatMap((line) => line.data.map(({ y }) => y)), chart.unit === '')]}
      series={lines}
      hideFilter
      hideLegend={chart.lines.length === 1}
      ariaLabel={chart.title}
      yTitle={chart.unit}
      xTickFormatter={formatTime}
      yTickFormatter={(value) => String(Number(value.toPrecision(3)))}
      i18nStrings={{
        chartAriaRoleDescription: 'line chart',
        xAxisAriaRoleDescription: 'time',
        yAxisAriaRoleDescription: chart.unit === '' ? 'count' : chart.unit,
        detailPopoverDismissAriaLabel: 'Close',
        legendAriaLabel: 'Legend',
      }}
      empty={<Box textAlign="center" color="text-body-secondary">Nothing was recorded in this time.</Box>}
    />
  );
}

// A value holds for its whole period: a point that no other follows is drawn as long as that.
function spanned(points: readonly ChartPoint[], period: Microseconds) {
  return points.flatMap(({ time, value }, index) => {
    const next = points[index + 1]?.time;
    const point = { x: new Date(time / 1000), y: value };
    return next === time + period ? [point] : [point, { x: new Date((time + period) / 1000), y: value }];
  });
}

// Room above the highest point; a scale although nothing happened; and whole steps where things are counted.
function topOf(values: readonly number[], isCount: boolean): number {
  const maximum = Math.max(...values, 0) * 1.1;
  return isCount ? Math.max(Math.ceil(maximum), 4) : maximum === 0 ? 1 : maximum;
}
