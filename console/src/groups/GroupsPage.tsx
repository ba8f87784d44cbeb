import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { send } from '../api/request';
import type { GroupItem } from '../api/types';
import { useChange } from '../api/useChange';
import { ConfirmDialog } from '../forms/ConfirmDialog';
import { links } from '../routing/links';
import { notify } from '../shell/notices';
import { Failure } from '../shell/Failure';
import { Page } from '../shell/Page';
import { ResourceTable, type Column } from '../tables/ResourceTable';
import { GroupDialog } from './GroupDialog';
import { useGroups } from './queries';

const columns: Column<GroupItem>[] = [
  { id: 'name', header: 'Group', width: 220, sortValue: ({ name }) => name, cell: ({ name }) => <Link href={links.traces({ group: name })}>{name}</Link>, isRowHeader: true },
  { id: 'filter', header: 'Filter expression', width: 460, sortValue: ({ filterExpression }) => filterExpression ?? '', cell: ({ filterExpression }) => filterExpression ?? 'All traces' },
  {
    id: 'insights',
    header: 'Insights',
    width: 130,
    sortValue: ({ insightsEnabled }) => Number(insightsEnabled),
    cell: ({ insightsEnabled }) => <StatusIndicator type={insightsEnabled ? 'success' : 'stopped'}>{insightsEnabled ? 'On' : 'Off'}</StatusIndicator>,
  },
  { id: 'notifications', header: 'Notifications', width: 160, sortValue: ({ notificationsEnabled }) => Number(notificationsEnabled), cell: ({ notificationsEnabled }) => (notificationsEnabled ? 'On' : 'Off') },
  { id: 'map', header: 'Map', width: 110, cell: ({ name }) => <Link href={links.map({ group: name })} ariaLabel={`Map of ${name}`}>Map</Link> },
  { id: 'arn', header: 'ARN', minWidth: 300, sortValue: ({ arn }) => arn, cell: ({ arn }) => <span className="id">{arn}</span> },
];

/** Groups of traces: filters that are kept, with maps and insights of their own. */
export function GroupsPage() {
  const { data, error, isPending, refetch } = useGroups();
  const [name, setName] = useState<string | null>(null);
  const [open, setOpen] = useState<'new' | 'edit' | 'delete' | null>(null);
  const selected = data?.groups.find((group) => group.name === name) ?? null;
  const close = () => { setOpen(null); };
  const remove = useChange((group: string) => send('delete', '/groups/{name}', { path: { name: group } }), {
    topics: ['groups'],
    onDone: () => {
      notify({ type: 'success', header: `Group ${name ?? ''} was deleted` });
      close();
    },
  });
  return (
    <Page title="Groups" contentType="table">
      <SpaceBetween size="m">
        {error && <Failure header="The groups could not be read" error={error} onRetry={() => void refetch()} />}
        {(data ?? !error) && (
          <ResourceTable
            id="groups"
            title="Groups"
            description="Traces that a filter expression lets through, with a map and insights of their own."
            isPage
            items={data?.groups ?? []}
            loading={isPending}
            columns={columns}
            keyOf={(group) => group.name}
            textOf={(group) => `${group.name} ${group.filterExpression ?? ''}`}
            selected={selected}
            onSelect={(group) => { setName(group.name); }}
            actions={[
              <Button key="delete" disabled={selected === null || selected.isDefault} onClick={() => { setOpen('delete'); }}>Delete</Button>,
              <Button key="edit" disabled={selected === null} onClick={() => { setOpen('edit'); }}>Edit</Button>,
              <Button key="create-group" variant="primary" onClick={() => { setOpen('new'); }}>Create group</Button>,
            ]}
            empty={<Box textAlign="center">There are no groups.</Box>}
          />
        )}
      </SpaceBetween>
      {open === 'new' && <GroupDialog group={null} onClose={close} />}
      {open === 'edit' && selected && <GroupDialog group={selected} onClose={close} />}
      {open === 'delete' && selected && (
        <ConfirmDialog title={`Delete ${selected.name}?`} verb="Delete" busy={remove.isPending} error={remove.error} onConfirm={() => { remove.mutate(selected.name); }} onCancel={close}>
          Its traces stay; its figures and insights end.
        </ConfirmDialog>
      )}
    </Page>
  );
}
