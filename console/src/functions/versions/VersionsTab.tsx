import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { send } from '../../api/request';
import type { AliasDetail, FunctionDetail, VersionDetail } from '../../api/types';
import { useChange } from '../../api/useChange';
import { FormDialog } from '../../forms/FormDialog';
import { FormFailure } from '../../forms/FormFailure';
import { TextField } from '../../forms/fields';
import { notify } from '../../shell/notices';
import { ResourceTable, type Column } from '../../tables/ResourceTable';
import { formatDate, formatTimeOfDay } from '../../units/moments';
import { AliasDialog } from './AliasDialog';

/** The published versions of a function, and the names that lead to them. */
export function VersionsTab({ detail }: { detail: FunctionDetail }) {
  return (
    <SpaceBetween size="l">
      <Versions detail={detail} />
      <Aliases detail={detail} />
    </SpaceBetween>
  );
}

const versionColumns: Column<VersionDetail>[] = [
  { id: 'version', header: 'Version', width: 120, sortValue: ({ version }) => Number(version), cell: ({ version }) => version, isRowHeader: true },
  { id: 'description', header: 'Description', width: 300, sortValue: ({ description }) => description, cell: ({ description }) => description || '–' },
  {
    id: 'modified',
    header: 'Published',
    width: 190,
    sortValue: ({ lastModified }) => lastModified,
    cell: ({ lastModified }) => <span className="number">{formatDate(lastModified)} {formatTimeOfDay(lastModified).slice(0, 8)}</span>,
  },
  { id: 'code', header: 'SHA-256 of the code', minWidth: 300, sortValue: ({ codeSha256 }) => codeSha256, cell: ({ codeSha256 }) => <span className="id">{codeSha256}</span> },
];

function Versions({ detail }: { detail: FunctionDetail }) {
  const [publishing, setPublishing] = useState(false);
  const [selected, setSelected] = useState<VersionDetail | null>(null);
  const remove = useChange(({ version }: VersionDetail) => send('delete', '/functions/{name}/versions/{version}', { path: { name: detail.name, version } }), {
    topics: ['functions'],
    onDone: () => { setSelected(null); },
  });
  return (
    <SpaceBetween size="xs">
      <ResourceTable
        id="versions"
        title="Versions"
        items={detail.versions}
        columns={versionColumns}
        keyOf={({ version }) => version}
        textOf={({ version, description }) => `${version} ${description}`}
        selected={selected}
        onSelect={setSelected}
        actions={[
          <Button key="delete-version" disabled={selected === null} loading={remove.isPending} onClick={() => { if (selected) remove.mutate(selected); }}>Delete version</Button>,
          <Button key="publish-version" onClick={() => { setPublishing(true); }}>Publish version</Button>,
        ]}
        empty={<Box textAlign="center" padding="m" color="text-body-secondary">Nothing was published yet; callers get $LATEST.</Box>}
      />
      <FormFailure error={remove.error} />
      {publishing && <PublishDialog name={detail.name} onClose={() => { setPublishing(false); }} />}
    </SpaceBetween>
  );
}

function PublishDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const [description, setDescription] = useState('');
  const publish = useChange(() => send('post', '/functions/{name}/versions', { path: { name }, body: { description } }), {
    topics: ['functions'],
    onDone: ({ version }) => {
      notify({ type: 'success', header: `Version ${version} of ${name} is published` });
      onClose();
    },
  });
  return (
    <FormDialog title="Publish a version" verb="Publish" busy={publish.isPending} error={publish.error} members={['description']} onSubmit={() => { publish.mutate(undefined); }} onCancel={onClose}>
      <TextField label="Description" member="description" error={publish.error} value={description} onChange={setDescription} autoFocus />
    </FormDialog>
  );
}

const aliasColumns: Column<AliasDetail>[] = [
  { id: 'name', header: 'Alias', width: 180, sortValue: ({ name }) => name, cell: ({ name }) => name, isRowHeader: true },
  {
    id: 'versions',
    header: 'Versions',
    width: 260,
    sortValue: ({ functionVersion }) => functionVersion,
    cell: ({ functionVersion, secondVersion, secondWeight }) =>
      secondVersion === null || secondWeight === null ? functionVersion : `${functionVersion} (${percent(1 - secondWeight)}), ${secondVersion} (${percent(secondWeight)})`,
  },
  { id: 'description', header: 'Description', minWidth: 300, sortValue: ({ description }) => description, cell: ({ description }) => description || '–' },
];

function Aliases({ detail }: { detail: FunctionDetail }) {
  const [editing, setEditing] = useState<AliasDetail | 'new' | null>(null);
  const [name, setName] = useState<string | null>(null);
  const selected = detail.aliases.find((alias) => alias.name === name) ?? null;
  const remove = useChange((alias: string) => send('delete', '/functions/{name}/aliases/{alias}', { path: { name: detail.name, alias } }), { topics: ['functions'] });
  return (
    <SpaceBetween size="xs">
      <ResourceTable
        id="aliases"
        title="Aliases"
        items={detail.aliases}
        columns={aliasColumns}
        keyOf={(alias) => alias.name}
        textOf={(alias) => `${alias.name} ${alias.description}`}
        selected={selected}
        onSelect={(alias) => { setName(alias.name); }}
        actions={[
          <Button key="delete-alias" disabled={selected === null} loading={remove.isPending} onClick={() => { if (selected) remove.mutate(selected.name); }}>Delete alias</Button>,
          <Button key="edit-alias" disabled={selected === null} onClick={() => { setEditing(selected); }}>Edit alias</Button>,
          <Button key="create-alias" onClick={() => { setEditing('new'); }}>Create alias</Button>,
        ]}
        empty={<Box textAlign="center" padding="m" color="text-body-secondary">No alias leads to a version yet.</Box>}
      />
      <FormFailure error={remove.error} />
      {editing !== null && <AliasDialog detail={detail} alias={editing === 'new' ? null : editing} onClose={() => { setEditing(null); }} />}
    </SpaceBetween>
  );
}

function percent(weight: number): string {
  return `${Number((weight * 100).toPrecision(4))} %`;
}
