import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { Suspense } from 'react';
import { lengthInWords, rangeOf } from '../../range/range';
import { RangePicker } from '../../range/RangePicker';
import { Failure } from '../../shell/Failure';
import { onDemand } from '../../shell/onDemand';
import { useFunctionCharts } from '../queries';
import { charts, successRateOf } from './charts';

// Charts are large, and most visits look at something else.
const MetricChart = onDemand(async () => (await import('./MetricChart')).MetricChart);

/** A function's CloudWatch metrics as charts. */
export function MonitorTab({ name, query }: { name: string; query: URLSearchParams }) {
  const { data, error, refetch } = useFunctionCharts(name, rangeOf(query));
  return (
    <SpaceBetween size="m">
      <Header
        variant="h2"
        description={data && `From the namespace AWS/Lambda, a point for every ${lengthInWords(data.period / 60_000_000)}. Success rate: ${successRateOf(data.lines)}.`}
        actions={<RangePicker />}
      >
        Metrics
      </Header>
      {error && <Failure header="The metrics could not be read" error={error} onRetry={() => void refetch()} />}
      {!data && !error && <StatusIndicator type="loading">Reading metrics</StatusIndicator>}
      {data && (
        <Suspense fallback={<StatusIndicator type="loading">Loading charts</StatusIndicator>}>
          <ColumnLayout columns={2}>
            {charts.map((chart) => (
              <Container key={chart.title} fitHeight header={<Header variant="h3">{chart.title}</Header>}>
                <MetricChart chart={chart} data={data} />
              </Container>
            ))}
          </ColumnLayout>
        </Suspense>
      )}
    </SpaceBetween>
  );
}
