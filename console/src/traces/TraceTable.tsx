import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { TraceListItem } from '../api/types';
import { columns } from './columns';
import { NoTraces } from './NoTraces';
import { RangeSelect } from './RangeSelect';

interface TraceTableProps {
  traces: TraceListItem[];
  minutes: number;
  loading: boolean;
  onRefresh: () => void;
}

export function TraceTable({ traces, minutes, loading, onRefresh }: TraceTableProps) {
  return (
    <Table
      variant="full-page"
      stickyHeader
      resizableColumns
      trackBy="id"
      items={traces}
      columnDefinitions={columns}
      loading={loading}
      loadingText="Reading traces"
      empty={<NoTraces minutes={minutes} />}
      header={
        <Header
          variant="awsui-h1-sticky"
          counter={loading ? '' : `(${traces.length})`}
          description="Newest first. New traces appear by themselves."
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <RangeSelect minutes={minutes} />
              <Button iconName="refresh" ariaLabel="Refresh" onClick={onRefresh} />
            </SpaceBetween>
          }
        >
          Traces
        </Header>
      }
    />
  );
}
