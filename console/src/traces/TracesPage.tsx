import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTraces } from '../api/useTraces';
import type { PageProps } from '../pages';
import { Failure } from '../shell/Failure';
import { Page } from '../shell/Page';
import { TraceTable } from './TraceTable';

/** The newest traces of a time range. */
export function TracesPage({ query }: PageProps) {
  const minutes = Number(query.get('last') ?? 60);
  const { data, error, isPending, refetch } = useTraces(minutes);
  const refresh = () => void refetch();
  return (
    <Page title="Traces" contentType="table">
      <SpaceBetween size="m">
        {error && <Failure header="The traces could not be read" error={error} onRetry={refresh} />}
        {(data ?? !error) && (
          <TraceTable traces={data?.traces ?? []} minutes={minutes} loading={isPending} onRefresh={refresh} />
        )}
      </SpaceBetween>
    </Page>
  );
}
