import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { rangeOf, queryOf } from '../range/range';
import { RangePicker } from '../range/RangePicker';
import { links } from '../routing/links';
import { Failure } from '../shell/Failure';
import { columns } from '../traces/columns';
import { useTracesOf } from './queries';

/** The newest traces that the function had a part in. */
export function TracesTab({ name, query }: { name: string; query: URLSearchParams }) {
  const range = rangeOf(query);
  const { data, error, isPending, refetch } = useTracesOf(name, range);
  const filter = `service(id(name: ${JSON.stringify(name)}, type: "AWS::Lambda::Function"))`;
  return (
    <SpaceBetween size="m">
      {error && <Failure header="The traces could not be read" error={error} onRetry={() => void refetch()} />}
      <Table
        variant="container"
        resizableColumns
        trackBy="id"
        items={data?.traces ?? []}
        columnDefinitions={columns}
        loading={isPending}
        loadingText="Reading traces"
        empty={<Box textAlign="center" padding="l">No trace of this time has this function. A test always makes one.</Box>}
        header={
          <Header
            variant="h2"
            counter={data ? `(${data.traces.length})` : ''}
            description="The newest first. New traces appear by themselves."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <RangePicker />
                <Button href={links.traces({ filter, ...queryOf(range) })}>Search in all traces</Button>
              </SpaceBetween>
            }
          >
            Recent traces
          </Header>
        }
      />
    </SpaceBetween>
  );
}
