import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { send } from '../../api/request';
import type { FunctionDetail, MappingDetail } from '../../api/types';
import { useChange } from '../../api/useChange';
import { FormFailure } from '../../forms/FormFailure';
import { EmptyTable } from '../../tables/EmptyTable';
import { ResourceTable, type Column } from '../../tables/ResourceTable';
import { MappingDialog } from './MappingDialog';

const mappingColumns: Column<MappingDetail>[] = [
  { id: 'kind', header: 'Source', width: 140, sortValue: ({ kind }) => kind, cell: ({ kind }) => kind, isRowHeader: true },
  { id: 'sources', header: 'ARN', width: 380, sortValue: ({ sources }) => sources.join(), cell: ({ sources }) => sources.join(', ') },
  { id: 'state', header: 'State', width: 140, sortValue: ({ state }) => state, cell: ({ state }) => <MappingStateLabel state={state} /> },
  { id: 'qualifier', header: 'Version or alias', width: 150, sortValue: ({ qualifier }) => qualifier ?? '', cell: ({ qualifier }) => qualifier ?? '$LATEST' },
  { id: 'batch', header: 'Batch size', width: 120, sortValue: ({ settings }) => settings.batchSize ?? 0, cell: ({ settings }) => settings.batchSize ?? '–' },
  { id: 'result', header: 'Last result', width: 220, sortValue: ({ lastProcessingResult }) => lastProcessingResult ?? '', cell: ({ lastProcessingResult }) => lastProcessingResult ?? '–' },
  { id: 'uuid', header: 'UUID', minWidth: 300, sortValue: ({ uuid }) => uuid, cell: ({ uuid }) => <span className="id">{uuid}</span> },
];

/** What Lambda polls for the function: queues and streams. */
export function Mappings({ detail }: { detail: FunctionDetail }) {
  const mappings = detail.eventSourceMappings;
  const [editing, setEditing] = useState<MappingDetail | 'new' | null>(null);
  const [uuid, setUuid] = useState<string | null>(null);
  const selected = mappings.find((mapping) => mapping.uuid === uuid) ?? null;
  const isOn = selected !== null && ['enabled', 'enabling', 'creating'].includes(selected.state);
  const change = useChange((mapping: MappingDetail) => send('put', '/event-source-mappings/{uuid}', { path: { uuid: mapping.uuid }, body: { enabled: !isOn, settings: null } }), {
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
          <Button key="switch" disabled={selected === null || isPassing(selected)} loading={change.isPending} onClick={() => { if (selected) change.mutate(selected); }}>{isOn ? 'Disable' : 'Enable'}</Button>,
          <Button key="delete-mapping" disabled={selected === null || isPassing(selected)} loading={remove.isPending} onClick={() => { if (selected) remove.mutate(selected); }}>Delete mapping</Button>,
          <Button key="edit-mapping" disabled={selected === null || isPassing(selected)} onClick={() => { setEditing(selected); }}>Edit mapping</Button>,
          <Button key="create-mapping" onClick={() => { setEditing('new'); }}>Create mapping</Button>,
        ]}
        empty={<EmptyTable>Nothing is polled for this function.</EmptyTable>}
      />
      <FormFailure error={change.error ?? remove.error} />
      {editing !== null && <MappingDialog detail={detail} mapping={editing === 'new' ? null : editing} onClose={() => { setEditing(null); }} />}
    </SpaceBetween>
  );
}

function MappingStateLabel({ state }: { state: MappingDetail['state'] }) {
  if (state === 'enabled') return <StatusIndicator>Enabled</StatusIndicator>;
  if (state === 'disabled') return <StatusIndicator type="stopped">Disabled</StatusIndicator>;
  return <StatusIndicator type="in-progress">{state[0]?.toUpperCase()}{state.slice(1)}</StatusIndicator>;
}

// On its way from one state to another nobody may change it.
function isPassing({ state }: MappingDetail): boolean {
  return state !== 'enabled' && state !== 'disabled';
}
