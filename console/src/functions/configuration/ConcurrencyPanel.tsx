import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { send } from '../../api/request';
import type { FunctionDetail, ProvisionedDetail } from '../../api/types';
import { useChange } from '../../api/useChange';
import { FormDialog } from '../../forms/FormDialog';
import { NumberField, TextField } from '../../forms/fields';

/** How many of its invocations may be at work at once, and how many environments are kept ready for them. */
export function ConcurrencyPanel({ detail }: { detail: FunctionDetail }) {
  const [open, setOpen] = useState<'reserved' | 'provisioned' | null>(null);
  const { reserved, unreserved, running, provisioned } = detail.concurrency;
  const close = () => { setOpen(null); };
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => { setOpen('reserved'); }}>Edit reserved concurrency</Button>
              <Button onClick={() => { setOpen('provisioned'); }}>Provision concurrency</Button>
            </SpaceBetween>
          }
        >
          Concurrency
        </Header>
      }
    >
      <SpaceBetween size="m">
        <KeyValuePairs
          columns={3}
          items={[
            { label: 'Reserved', value: reserved ?? 'None: shares the account’s' },
            { label: 'Unreserved in the account', value: unreserved },
            { label: 'At work now', value: running },
          ]}
        />
        {provisioned.length === 0 ? <Box color="text-body-secondary">Nothing is provisioned.</Box> : provisioned.map((one) => <Provisioned key={one.qualifier} name={detail.name} one={one} />)}
      </SpaceBetween>
      {open === 'reserved' && <ReservedDialog name={detail.name} reserved={reserved} onClose={close} />}
      {open === 'provisioned' && <ProvisionedDialog detail={detail} onClose={close} />}
    </Container>
  );
}

function Provisioned({ name, one }: { name: string; one: ProvisionedDetail }) {
  const remove = useChange(
    () => send('put', '/functions/{name}/provisioned-concurrency/{qualifier}', { path: { name, qualifier: one.qualifier }, body: { concurrency: null } }),
    { topics: ['functions'] },
  );
  return (
    <SpaceBetween direction="horizontal" size="s" alignItems="center">
      <span>{one.qualifier}: {one.available} of {one.requested} ready</span>
      <StatusIndicator type={one.status === 'Ready' ? 'success' : one.status === 'Failed' ? 'error' : 'in-progress'}>{one.reason ?? one.status}</StatusIndicator>
      <Button variant="inline-link" ariaLabel={`Provision nothing for ${one.qualifier}`} loading={remove.isPending} onClick={() => { remove.mutate(undefined); }}>Remove</Button>
    </SpaceBetween>
  );
}

function ReservedDialog({ name, reserved, onClose }: { name: string; reserved: number | null; onClose: () => void }) {
  const [concurrency, setConcurrency] = useState(reserved);
  const save = useChange(() => send('put', '/functions/{name}/concurrency', { path: { name }, body: { concurrency } }), { topics: ['functions'], onDone: onClose });
  return (
    <FormDialog title="Reserved concurrency" verb="Save" busy={save.isPending} error={save.error} members={['reservedConcurrentExecutions']} onSubmit={() => { save.mutate(undefined); }} onCancel={onClose}>
      <NumberField
        label="Invocations at once"
        description="So many for this function alone, and no more. Empty shares the account’s; 0 stops the function."
        member="reservedConcurrentExecutions"
        error={save.error}
        value={concurrency}
        onChange={setConcurrency}
      />
    </FormDialog>
  );
}

function ProvisionedDialog({ detail, onClose }: { detail: FunctionDetail; onClose: () => void }) {
  const [qualifier, setQualifier] = useState(detail.aliases[0]?.name ?? detail.versions.at(-1)?.version ?? '');
  const [concurrency, setConcurrency] = useState<number | null>(1);
  const save = useChange(
    () => send('put', '/functions/{name}/provisioned-concurrency/{qualifier}', { path: { name: detail.name, qualifier }, body: { concurrency } }),
    { topics: ['functions'], onDone: onClose },
  );
  return (
    <FormDialog title="Provision concurrency" verb="Save" busy={save.isPending} error={save.error} members={['qualifier', 'provisionedConcurrentExecutions']} onSubmit={() => { save.mutate(undefined); }} onCancel={onClose}>
      <TextField label="Version or alias" description="A published one." member="qualifier" error={save.error} value={qualifier} onChange={setQualifier} />
      <NumberField label="Environments kept ready" member="provisionedConcurrentExecutions" error={save.error} value={concurrency} onChange={setConcurrency} />
    </FormDialog>
  );
}
