import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { send } from '../../api/request';
import type { FunctionDetail, PermissionDetail } from '../../api/types';
import { useChange } from '../../api/useChange';
import { ConfirmDialog } from '../../forms/ConfirmDialog';
import { EmptyTable } from '../../tables/EmptyTable';
import { ResourceTable, type Column } from '../../tables/ResourceTable';
import { PermissionDialog } from './PermissionDialog';

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

/** Who may invoke the function beside its own account: services for their events, other accounts. */
export function Permissions({ detail }: { detail: FunctionDetail }) {
  const [selected, setSelected] = useState<PermissionDetail | null>(null);
  const [asking, setAsking] = useState(false);
  const [adding, setAdding] = useState(false);
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
        actions={[
          <Button key="remove" disabled={selected === null} onClick={() => { setAsking(true); }}>Remove statement</Button>,
          <Button key="add" onClick={() => { setAdding(true); }}>Add statement</Button>,
        ]}
        empty={<EmptyTable>Nobody but the account itself may invoke the function.</EmptyTable>}
      />
      {adding && <PermissionDialog detail={detail} onClose={() => { setAdding(false); }} />}
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
