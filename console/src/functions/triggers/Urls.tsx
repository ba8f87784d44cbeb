import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { send } from '../../api/request';
import type { FunctionDetail, UrlDetail } from '../../api/types';
import { useChange } from '../../api/useChange';
import { FormFailure } from '../../forms/FormFailure';
import { EmptyTable } from '../../tables/EmptyTable';
import { ResourceTable, type Column } from '../../tables/ResourceTable';
import { UrlDialog } from './UrlDialog';

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

/** The addresses by which a function and its aliases are called over HTTP. */
export function Urls({ detail }: { detail: FunctionDetail }) {
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
        empty={<EmptyTable>The function has no HTTP address of its own.</EmptyTable>}
      />
      <FormFailure error={remove.error} />
      {creating && <UrlDialog detail={detail} onClose={() => { setCreating(false); }} />}
    </SpaceBetween>
  );
}
