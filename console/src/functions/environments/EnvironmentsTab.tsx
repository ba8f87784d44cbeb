import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { EnvironmentItem, EnvironmentState } from '../../api/types';
import { Failure } from '../../shell/Failure';
import { ResourceTable, type Column } from '../../tables/ResourceTable';
import { formatBytes } from '../../units/bytes';
import { formatDate, formatTimeOfDay } from '../../units/moments';
import { useEnvironments } from '../queries';

const looks: Record<EnvironmentState, { type: StatusIndicatorProps.Type; text: string }> = {
  initializing: { type: 'in-progress', text: 'Initializing' },
  idle: { type: 'success', text: 'Warm, idle' },
  invoking: { type: 'loading', text: 'Invoking' },
  shuttingDown: { type: 'stopped', text: 'Shutting down' },
  ended: { type: 'stopped', text: 'Ended' },
};

const columns: Column<EnvironmentItem>[] = [
  { id: 'id', header: 'Environment', width: 275, sortValue: ({ id }) => id, cell: ({ id }) => <span className="id">{id}</span>, isRowHeader: true },
  { id: 'state', header: 'State', width: 135, sortValue: ({ state }) => state, cell: ({ state }) => <StatusIndicator type={looks[state].type}>{looks[state].text}</StatusIndicator> },
  { id: 'since', header: 'Since', width: 125, sortValue: ({ stateSince }) => stateSince, cell: ({ stateSince }) => <span className="number">{formatTimeOfDay(stateSince)}</span> },
  {
    id: 'started',
    header: 'Started',
    width: 180,
    sortValue: ({ started }) => started,
    cell: ({ started }) => <span className="number">{formatDate(started)} {formatTimeOfDay(started).slice(0, 8)}</span>,
  },
  { id: 'invocations', header: 'Invocations', width: 142, sortValue: ({ invocations }) => invocations, cell: ({ invocations }) => <span className="number">{invocations}</span> },
  {
    id: 'memory',
    header: 'Memory in use',
    width: 180,
    sortValue: ({ memoryBytes }) => memoryBytes ?? 0,
    cell: ({ memoryBytes, memorySize }) => <span className="number">{memoryBytes === null ? '–' : formatBytes(memoryBytes)} of {memorySize} MB</span>,
  },
  { id: 'version', header: 'Version', width: 110, sortValue: ({ version }) => version, cell: ({ version }) => version },
  { id: 'kind', header: 'Kind', minWidth: 120, sortValue: ({ isProvisioned }) => Number(isProvisioned), cell: ({ isProvisioned }) => (isProvisioned ? 'Provisioned' : 'On demand') },
];

/** The execution environments of a function at this moment. */
export function EnvironmentsTab({ name }: { name: string }) {
  const { data, error, isPending, refetch } = useEnvironments(name);
  return (
    <SpaceBetween size="m">
      {error && <Failure header="The environments could not be read" error={error} onRetry={() => void refetch()} />}
      <ResourceTable
        id="environments"
        title="Execution environments"
        description={data && `Live. Over all functions ${data.living} of at most ${data.environmentsMax} live, promised ${data.memory} of ${data.memoryMax} MB.`}
        items={data?.environments ?? []}
        loading={isPending}
        columns={columns}
        keyOf={({ id }) => id}
        textOf={({ id, version, state }) => `${id} ${version} ${state}`}
        empty={<Box textAlign="center" padding="l">No environment lives. The next invocation is a cold start.</Box>}
      />
    </SpaceBetween>
  );
}
