import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { lazy, Suspense } from 'react';
import { Failure } from '../../shell/Failure';
import { LastSelect } from '../LastSelect';
import { useFunctionCharts } from '../queries';
import { useLast } from '../useLast';
import { charts, successRateOf } from './charts';

// Charts are large, and most visits look at something else.
const MetricChart = lazy(async () => ({ default: (await import('./MetricChart')).MetricChart }));

/** A function's CloudWatch metrics as charts. */
export function MonitorTab({ name, query }: { name: string; query: URLSearchParams }) {
  const minutes = useLast(query);
  const { data, error, refetch } = useFunctionCharts(name, minutes);
  return (
    <SpaceBetween size="m">
      <Header
        variant="h2"
        description={data && `Every ${data.period / 60_000_000} min of the last ${minutes} minutes, from the namespace AWS/Lambda. Success rate: ${successRateOf(data.lines)}.`}
        actions={<LastSelect minutes={minutes} />}
      >
        Metrics
      </Header>
      {error && <Failure header="The metrics could not be read" error={error} onRetry={() => void refetch()} />}
      {!data && !error && <StatusIndicator type="loading">Reading metrics</StatusIndicator>}
      {data && (
        <Suspense fallback={<StatusIndicator type="loading">Loading charts</StatusIndicator>}>
          <ColumnLayout columns={2}>
            {charts.map((chart) => (
              <Container key={chart.title} header={<Header variant="h3">{chart.title}</Header>}>
                <MetricChart chart={chart} data={data} />
              </Container>
            ))}
          </ColumnLayout>
        </Suspense>
      )}
    </SpaceBetween>
  );
}
