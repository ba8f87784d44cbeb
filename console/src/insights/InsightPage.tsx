import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { Suspense } from 'react';
import type { ImpactedService, InsightDetail, InsightNode } from '../api/types';
import type { PageProps } from '../pages';
import { queryOf } from '../range/range';
import { links } from '../routing/links';
import { hrefTo } from '../routing/place';
import { Failure } from '../shell/Failure';
import { Page } from '../shell/Page';
import { onDemand } from '../shell/onDemand';
import { ResourceTable, type Column } from '../tables/ResourceTable';
import { formatMinute } from '../units/moments';
import { InsightStateLabel } from './InsightStateLabel';
import { useInsight } from './queries';

const ImpactChart = onDemand(async () => (await import('./ImpactChart')).ImpactChart);

/** One insight: what failed, since when, where it came from and whom it hit. */
export function InsightPage({ params: { id = '' } }: PageProps) {
  const { data, error, refetch } = useInsight(id);
  const isGone = error !== null && 'status' in error && error.status === 404;
  return (
    <Page title={data ? `Insight: ${data.insight.rootCause}` : 'Insight'} trail={[{ text: 'Insights', href: hrefTo(['insights']) }]}>
      <SpaceBetween size="l">
        {error && !isGone && <Failure header="The insight could not be read" error={error} onRetry={() => void refetch()} />}
        {isGone && <Alert type="warning" header="There is no such insight">{error.message}</Alert>}
        {!data && !error && <StatusIndicator type="loading">Reading the insight</StatusIndicator>}
        {data && <Detail detail={data} />}
      </SpaceBetween>
    </Page>
  );
}

function Detail({ detail }: { detail: InsightDetail }) {
  const { insight } = detail;
  const filter = `service(${JSON.stringify(insight.rootCause)}) { fault = true }`;
  // To the end of the last minute that was looked at.
  const end = (insight.ended ?? detail.timeline.at(-1)?.time ?? insight.started) / 1000 + 60_000;
  const range = queryOf({ kind: 'between', from: new Date(insight.started / 1000), to: new Date(end) });
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={insight.summary}
        actions={<Button href={links.traces({ filter, ...range })}>See the faults</Button>}
      >
        {insight.rootCause}
      </Header>
      <Container>
        <KeyValuePairs
          columns={4}
          items={[
            { label: 'State', value: <InsightStateLabel ended={insight.ended} /> },
            { label: 'Root cause', value: insight.rootCauseType === null ? insight.rootCause : `${insight.rootCause} (${insight.rootCauseType})` },
            { label: 'Started', value: formatMinute(insight.started) },
            { label: 'Ended', value: insight.ended === null ? 'Goes on' : formatMinute(insight.ended) },
            { label: 'Clients hit', value: `${insight.clientFaults} of ${insight.clientTotal} requests` },
            { label: 'Faults of the root cause', value: `${insight.rootCauseFaults} of ${insight.rootCauseTotal} requests` },
            { label: 'Group', value: insight.group },
          ]}
        />
      </Container>
      <Container header={<Header variant="h2" description="Faults in each minute.">Timeline</Header>}>
        <Suspense fallback={<StatusIndicator type="loading">Loading the chart</StatusIndicator>}>
          <ImpactChart timeline={detail.timeline} />
        </Suspense>
      </Container>
      <ResourceTable
        id="insight-services"
        title="Affected services"
        description="Those with more faults than usual."
        items={detail.services}
        columns={serviceColumns}
        keyOf={({ name, type }) => `${name} ${type ?? ''}`}
        textOf={({ name, type }) => `${name} ${type ?? ''}`}
        empty={<Box textAlign="center">No service is affected.</Box>}
      />
      <ResourceTable
        id="insight-map"
        title="Way of the faults"
        description="The services of the group while it went on, and whom each calls."
        items={detail.map}
        columns={nodeColumns(detail.map)}
        keyOf={({ id }) => String(id)}
        textOf={({ name, type }) => `${name} ${type ?? ''}`}
        empty={<Box textAlign="center">No traces of that time are left.</Box>}
      />
    </SpaceBetween>
  );
}

const serviceColumns: Column<ImpactedService>[] = [
  { id: 'name', header: 'Service', width: 300, sortValue: ({ name }) => name, cell: ({ name }) => name, isRowHeader: true },
  { id: 'type', header: 'Type', width: 240, sortValue: ({ type }) => type ?? '', cell: ({ type }) => type ?? '–' },
  { id: 'faults', header: 'Faults', width: 140, sortValue: ({ faults }) => faults, cell: ({ faults }) => <span className="number">{faults}</span> },
  { id: 'total', header: 'Requests', minWidth: 140, sortValue: ({ total }) => total, cell: ({ total }) => <span className="number">{total}</span> },
];

function nodeColumns(map: readonly InsightNode[]): Column<InsightNode>[] {
  const nameOf = (id: number) => map.find((node) => node.id === id)?.name ?? String(id);
  return [
    { id: 'name', header: 'Service', width: 260, sortValue: ({ name }) => name, cell: ({ name }) => name, isRowHeader: true },
    {
      id: 'part',
      header: 'Part in it',
      width: 170,
      sortValue: ({ isRootCause, isUnusual }) => (isRootCause ? 0 : isUnusual ? 1 : 2),
      cell: ({ isRootCause, isUnusual }) =>
        isRootCause ? <StatusIndicator type="error">Root cause</StatusIndicator> : isUnusual ? <StatusIndicator type="warning">Affected</StatusIndicator> : '–',
    },
    { id: 'calls', header: 'Calls', width: 320, cell: ({ calls }) => calls.map(nameOf).join(', ') || '–' },
    { id: 'faults', header: 'Faults', width: 130, sortValue: ({ faults }) => faults, cell: ({ faults, total }) => <span className="number">{faults} of {total}</span> },
    { id: 'type', header: 'Type', minWidth: 200, sortValue: ({ type }) => type ?? '', cell: ({ type }) => type ?? '–' },
  ];
}
