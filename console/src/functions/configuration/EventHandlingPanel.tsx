import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import { useState } from 'react';
import { send } from '../../api/request';
import type { FunctionDetail } from '../../api/types';
import { useChange } from '../../api/useChange';
import { FormDialog } from '../../forms/FormDialog';
import { NumberField, TextField } from '../../forms/fields';

const members = ['maximumRetryAttempts', 'maximumEventAgeInSeconds', 'destinationConfig.onSuccess.destination', 'destinationConfig.onFailure.destination'];

/** How asynchronous events of the function are retried, and where their outcomes go. */
export function EventHandlingPanel({ detail }: { detail: FunctionDetail }) {
  const [editing, setEditing] = useState(false);
  const config = detail.asynchronousInvocation.find(({ qualifier }) => qualifier === '$LATEST');
  return (
    <Container header={<Header variant="h2" actions={<Button onClick={() => { setEditing(true); }}>Edit asynchronous invocation</Button>}>Asynchronous invocation</Header>}>
      <KeyValuePairs
        columns={4}
        items={[
          { label: 'Retries', value: config?.maximumRetryAttempts ?? 2 },
          { label: 'Longest age of an event', value: `${config?.maximumEventAgeInSeconds ?? 21_600} s` },
          { label: 'On success', value: config?.onSuccess ?? '–' },
          { label: 'On failure', value: config?.onFailure ?? '–' },
        ]}
      />
      {editing && <EventHandlingDialog detail={detail} onClose={() => { setEditing(false); }} />}
    </Container>
  );
}

function EventHandlingDialog({ detail, onClose }: { detail: FunctionDetail; onClose: () => void }) {
  const config = detail.asynchronousInvocation.find(({ qualifier }) => qualifier === '$LATEST');
  const [retries, setRetries] = useState<number | null>(config?.maximumRetryAttempts ?? 2);
  const [age, setAge] = useState<number | null>(config?.maximumEventAgeInSeconds ?? 21_600);
  const [onSuccess, setOnSuccess] = useState(config?.onSuccess ?? '');
  const [onFailure, setOnFailure] = useState(config?.onFailure ?? '');
  const save = useChange(
    () =>
      send('put', '/functions/{name}/asynchronous-invocation', {
        path: { name: detail.name },
        body: { maximumRetryAttempts: retries, maximumEventAgeInSeconds: age, onSuccess: onSuccess || null, onFailure: onFailure || null },
      }),
    { topics: ['functions'], onDone: onClose },
  );
  const { error } = save;
  return (
    <FormDialog title="Asynchronous invocation" verb="Save" busy={save.isPending} error={error} members={members} onSubmit={() => { save.mutate(undefined); }} onCancel={onClose}>
      <NumberField label="Retries" member="maximumRetryAttempts" error={error} value={retries} onChange={setRetries} />
      <NumberField label="Longest age of an event (seconds)" member="maximumEventAgeInSeconds" error={error} value={age} onChange={setAge} />
      <TextField label="On success" description="ARN of a destination; empty for none." member="destinationConfig.onSuccess.destination" error={error} value={onSuccess} onChange={setOnSuccess} />
      <TextField label="On failure" description="ARN of a destination; empty for none." member="destinationConfig.onFailure.destination" error={error} value={onFailure} onChange={setOnFailure} />
    </FormDialog>
  );
}
