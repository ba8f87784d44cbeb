import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTracesOf } from './useTracesOf';
import { columns } from '../traces/columns';
import { links } from '../routing/links';
import { Failure } from '../shell/Failure';
import Table from '@cloudscape-design/components/table';
import Header from '@cloudscape-design/components/header';
import { useLast } from './useLast';
import { LastSelect } from './LastSelect';

/** The newest traces that the function had a part in. */
export function TracesTab({ name, query }: { name: string; query: URLSearchParams }) {
  const minutes = useLast(query);
  const { data, error, isPending, refetch, filter } = useTracesOf(name, minutes);
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
        empty={<Box textAlign="center" padding="l">No trace of the last {minutes} minutes has this function. A test always makes one.</Box>}
        header={
          <Header
            variant="h2"
            counter={data ? `(${data.traces.length})` : ''}
            description="The newest first. New traces appear by themselves."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <LastSelect minutes={minutes} />
                <Button href={links.traces({ filter, last: minutes })}>Search in all traces</Button>
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
