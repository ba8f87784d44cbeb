import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { send } from '../../api/request';
import type { FunctionDetail, MappingDetail, PermissionDetail, UrlDetail } from '../../api/types';
import { useChange } from '../../api/useChange';
import { ConfirmDialog } from '../../forms/ConfirmDialog';
import { FormFailure } from '../../forms/FormFailure';
import { ResourceTable, type Column } from '../../tables/ResourceTable';
import { UrlDialog } from './UrlDialog';

/** What invokes the function: an address of its own, what Lambda polls, and who else may. */
export function TriggersTab({ detail }: { detail: FunctionDetail }) {
  return (
    <SpaceBetween size="l">
      <Urls detail={detail} />
      <Mappings mappings={detail.eventSourceMappings} />
      <Permissions detail={detail} />
    </SpaceBetween>
  );
}

const urlColumns: Column<UrlDetail>[] = [
  {
    id: 'address',
    header: 'Address',
    width: 420,
    sortValue: ({ path }) => path,
    isRowHeader: true,
    cell: ({ path }) => <Link href={path} external externalIconAriaLabel="Opens in a new tab">{window.location.origin}{path}</Link>,
  },
  { id: 'qualifier', header: 'Version or alias', width: 150, sortValue: ({ qualifier }) => qualifier, cell: ({ qualifier }) => qualifier },
  { id: 'auth', header: 'Authentication', width: 150, sortValue: ({ authType }) => authType, cell: ({ authType }) => authType },
  { id: 'mode', header: 'Response', width: 160, sortValue: ({ invokeMode }) => invokeMode, cell: ({ invokeMode }) => invokeMode },
  { id: 'host', header: 'Host name', minWidth: 260, sortValue: ({ host }) => host, cell: ({ host }) => host },
];

function Urls({ detail }: { detail: FunctionDetail }) {
  const [creating, setCreating] = useState(false);
  const [selected, setSelected] = useState<UrlDetail | null>(null);
  const remove = useChange(
    (url: UrlDetail) => send('delete', '/functions/{name}/url', { path: { name: detail.name }, query: { qualifier: url.qualifier === '$LATEST' ? undefined : url.qualifier } }),
    { topics: ['functions'], onDone: () => { setSelected(null); } },
  );
  return (
    <SpaceBetween size="xs">
      <ResourceTable
        id="function-urls"
        title="Function URL"
        items={detail.urls}
        columns={urlColumns}
        keyOf={({ qualifier }) => qualifier}
        textOf={({ qualifier, path }) => `${qualifier} ${path}`}
        selected={selected}
        onSelect={setSelected}
        actions={[
          <Button key="delete-address" disabled={selected === null} loading={remove.isPending} onClick={() => { if (selected) remove.mutate(selected); }}>Delete address</Button>,
          <Button key="create-address" onClick={() => { setCreating(true); }}>Create address</Button>,
        ]}
        empty={<Empty>The function has no HTTP address of its own.</Empty>}
      />
      <FormFailure error={remove.error} />
      {creating && <UrlDialog detail={detail} onClose={() => { setCreating(false); }} />}
    </SpaceBetween>
  );
}

const mappingColumns: Column<MappingDetail>[] = [
  { id: 'kind', header: 'Source', width: 140, sortValue: ({ kind }) => kind, cell: ({ kind }) => kind, isRowHeader: true },
  { id: 'sources', header: 'ARN', width: 380, sortValue: ({ sources }) => sources.join(), cell: ({ sources }) => sources.join(', ') },
  { id: 'state', header: 'State', width: 140, sortValue: ({ state }) => state, cell: ({ state }) => <MappingStateLabel state={state} /> },
  { id: 'qualifier', header: 'Version or alias', width: 150, sortValue: ({ qualifier }) => qualifier ?? '', cell: ({ qualifier }) => qualifier ?? '$LATEST' },
  { id: 'batch', header: 'Batch size', width: 120, sortValue: ({ batchSize }) => batchSize ?? 0, cell: ({ batchSize }) => batchSize ?? '–' },
  { id: 'result', header: 'Last result', width: 220, sortValue: ({ lastProcessingResult }) => lastProcessingResult ?? '', cell: ({ lastProcessingResult }) => lastProcessingResult ?? '–' },
  { id: 'uuid', header: 'UUID', minWidth: 300, sortValue: ({ uuid }) => uuid, cell: ({ uuid }) => <span className="id">{uuid}</span> },
];

function Mappings({ mappings }: { mappings: readonly MappingDetail[] }) {
  const [uuid, setUuid] = useState<string | null>(null);
  const selected = mappings.find((mapping) => mapping.uuid === uuid) ?? null;
  const isOn = selected !== null && ['enabled', 'enabling', 'creating'].includes(selected.state);
  const change = useChange((mapping: MappingDetail) => send('put', '/event-source-mappings/{uuid}', { path: { uuid: mapping.uuid }, body: { enabled: !isOn, batchSize: null } }), {
    topics: ['functions'],
  });
  const remove = useChange((mapping: MappingDetail) => send('delete', '/event-source-mappings/{uuid}', { path: { uuid: mapping.uuid } }), { topics: ['functions'] });
  return (
    <SpaceBetween size="xs">
      <ResourceTable
        id="event-source-mappings"
        title="Event source mappings"
        description="What Lambda polls for the function."
        items={mappings}
        columns={mappingColumns}
        keyOf={(mapping) => mapping.uuid}
        textOf={({ kind, sources, state }) => `${kind} ${sources.join(' ')} ${state}`}
        selected={selected}
        onSelect={(mapping) => { setUuid(mapping.uuid); }}
        actions={[
          <Button key="switch" disabled={selected === null} loading={change.isPending} onClick={() => { if (selected) change.mutate(selected); }}>{isOn ? 'Disable' : 'Enable'}</Button>,
          <Button key="delete-mapping" disabled={selected === null} loading={remove.isPending} onClick={() => { if (selected) remove.mutate(selected); }}>Delete mapping</Button>,
        ]}
        empty={<Empty>Nothing is polled for this function. The AWS CLI makes a mapping by <Box variant="code">lambda create-event-source-mapping</Box>.</Empty>}
      />
      <FormFailure error={change.error ?? remove.error} />
    </SpaceBetween>
  );
}

function MappingStateLabel({ state }: { state: MappingDetail['state'] }) {
  if (state === 'enabled') return <StatusIndicator>Enabled</StatusIndicator>;
  if (state === 'disabled') return <StatusIndicator type="stopped">Disabled</StatusIndicator>;
  return <StatusIndicator type="in-progress">{state[0]?.toUpperCase()}{state.slice(1)}</StatusIndicator>;
}

const permissionColumns: Column<PermissionDetail>[] = [
  { id: 'statement', header: 'Statement', width: 240, sortValue: ({ statementId }) => statementId, cell: ({ statementId }) => statementId, isRowHeader: true },
  { id: 'principal', header: 'Principal', width: 220, sortValue: ({ principal }) => principal, cell: ({ principal }) => principal },
  { id: 'action', header: 'Action', width: 220, sortValue: ({ action }) => action, cell: ({ action }) => action },
  { id: 'qualifier', header: 'Version or alias', width: 150, sortValue: ({ qualifier }) => qualifier, cell: ({ qualifier }) => qualifier },
  {
    id: 'source',
    header: 'Only from',
    minWidth: 240,
    sortValue: ({ sourceArn }) => sourceArn ?? '',
    cell: ({ sourceArn, sourceAccount, functionUrlAuthType }) => [sourceArn, sourceAccount, functionUrlAuthType && `URLs of type ${functionUrlAuthType}`].filter(Boolean).join(', ') || '–',
  },
];

function Permissions({ detail }: { detail: FunctionDetail }) {
  const [selected, setSelected] = useState<PermissionDetail | null>(null);
  const [asking, setAsking] = useState(false);
  const remove = useChange(
    ({ statementId, qualifier }: PermissionDetail) =>
      send('delete', '/functions/{name}/permissions/{statementId}', { path: { name: detail.name, statementId }, query: { qualifier: qualifier === '$LATEST' ? undefined : qualifier } }),
    {
      topics: ['functions'],
      onDone: () => {
        setSelected(null);
        setAsking(false);
      },
    },
  );
  return (
    <>
      <ResourceTable
        id="permissions"
        title="Resource-based policy"
        description="Who may invoke the function beside the account itself."
        items={detail.permissions}
        columns={permissionColumns}
        keyOf={({ statementId, qualifier }) => `${qualifier} ${statementId}`}
        textOf={({ statementId, principal, action, sourceArn }) => `${statementId} ${principal} ${action} ${sourceArn ?? ''}`}
        selected={selected}
        onSelect={setSelected}
        actions={[<Button key="remove" disabled={selected === null} onClick={() => { setAsking(true); }}>Remove statement</Button>]}
        empty={<Empty>Nobody but the account itself may invoke the function.</Empty>}
      />
      {asking && selected && (
        <ConfirmDialog
          title={`Remove ${selected.statementId}?`}
          verb="Remove"
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => { remove.mutate(selected); }}
          onCancel={() => { setAsking(false); }}
        >
          {selected.principal} may then no longer {selected.action}.
        </ConfirmDialog>
      )}
    </>
  );
}

function Empty({ children }: { children: React.ReactNode }) {
  return <Box textAlign="center" padding="m" color="text-body-secondary">{children}</Box>;
}
