import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { InsightItem } from '../api/types';
import { hrefTo } from '../routing/place';
import { Failure } from '../shell/Failure';
import { Page } from '../shell/Page';
import { ResourceTable, type Column } from '../tables/ResourceTable';
import { formatMinute } from '../units/moments';
import { InsightStateLabel } from './InsightStateLabel';
import { useInsights } from './queries';

const columns: Column<InsightItem>[] = [
  { id: 'summary', header: 'Insight', width: 520, sortValue: ({ summary }) => summary, cell: ({ id, summary }) => <Link href={hrefTo(['insights', id])}>{summary}</Link>, isRowHeader: true },
  { id: 'state', header: 'State', width: 120, sortValue: ({ ended }) => Number(ended === null), cell: ({ ended }) => <InsightStateLabel ended={ended} /> },
  { id: 'root', header: 'Root cause', width: 220, sortValue: ({ rootCause }) => rootCause, cell: ({ rootCause, rootCauseType }) => (rootCauseType === null ? rootCause : `${rootCause} (${rootCauseType})`) },
  { id: 'started', header: 'Started', width: 170, sortValue: ({ started }) => started, cell: ({ started }) => <span className="number">{formatMinute(started)}</span> },
  { id: 'ended', header: 'Ended', width: 170, sortValue: ({ ended }) => ended ?? Infinity, cell: ({ ended }) => <span className="number">{ended === null ? '–' : formatMinute(ended)}</span> },
  {
    id: 'impact',
    header: 'Clients hit',
    width: 160,
    sortValue: ({ clientFaults }) => clientFaults,
    cell: ({ clientFaults, clientTotal }) => <span className="number">{clientFaults} of {clientTotal}</span>,
  },
  { id: 'group', header: 'Group', minWidth: 120, sortValue: ({ group }) => group, cell: ({ group }) => group },
];

/** Faults beyond what is usual, which the server has found by itself. */
export function InsightsPage() {
  const { data, error, isPending, refetch } = useInsights();
  return (
    <Page title="Insights" contentType="table">
      <SpaceBetween size="m">
        {error && <Failure header="The insights could not be read" error={error} onRetry={() => void refetch()} />}
        {(data ?? !error) && (
          <ResourceTable
            id="insights"
            title="Insights"
            description="Faults beyond what is usual, of the last 30 days. Those that go on come first."
            isPage
            items={data?.insights ?? []}
            loading={isPending}
            columns={columns}
            keyOf={({ id }) => id}
            textOf={({ summary, rootCause, group }) => `${summary} ${rootCause} ${group}`}
            empty={
              <Box textAlign="center" padding="l">
                <SpaceBetween size="xs">
                  <Box variant="strong">No insights</Box>
                  {data?.isWatched === false ? (
                    <Box>No group has insights enabled. <Link href={hrefTo(['groups'])}>Edit a group</Link> to have its faults watched.</Box>
                  ) : (
                    <Box>Nothing failed beyond what is usual.</Box>
                  )}
                </SpaceBetween>
              </Box>
            }
          />
        )}
      </SpaceBetween>
    </Page>
  );
}
