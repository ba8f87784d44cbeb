import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { send } from '../../api/request';
import type { FunctionDetail } from '../../api/types';
import { useChange } from '../../api/useChange';
import { FormDialog } from '../../forms/FormDialog';
import { TextField } from '../../forms/fields';

/** Gives the function, or an alias of it, an HTTP address. */
export function UrlDialog({ detail, onClose }: { detail: FunctionDetail; onClose: () => void }) {
  const [qualifier, setQualifier] = useState('');
  const [authType, setAuthType] = useState('NONE');
  const [invokeMode, setInvokeMode] = useState('BUFFERED');
  const [origin, setOrigin] = useState('');
  const create = useChange(
    () =>
      send('put', '/functions/{name}/url', {
        path: { name: detail.name },
        query: { qualifier: qualifier || undefined },
        body: { authType, invokeMode, allowOrigins: origin === '' ? null : [origin] },
      }),
    { topics: ['functions'], onDone: onClose },
  );
  return (
    <FormDialog title="Create an address" verb="Create" busy={create.isPending} error={create.error} onSubmit={() => { create.mutate(undefined); }} onCancel={onClose}>
      <FormField label="Version or alias" description="Versions have none of their own, aliases may.">
        <Select
          selectedOption={{ value: qualifier, label: qualifier || '$LATEST' }}
          options={['', ...detail.aliases.map(({ name }) => name)].map((value) => ({ value, label: value || '$LATEST' }))}
          onChange={({ detail: { selectedOption } }) => { setQualifier(selectedOption.value ?? ''); }}
        />
      </FormField>
      <FormField label="Authentication">
        <RadioGroup
          value={authType}
          onChange={({ detail: { value } }) => { setAuthType(value); }}
          items={[
            { value: 'NONE', label: 'None', description: 'Everybody may call it; the permission for that is added.' },
            { value: 'AWS_IAM', label: 'IAM', description: 'Requests have to be signed.' },
          ]}
        />
      </FormField>
      <FormField label="Response">
        <RadioGroup
          value={invokeMode}
          onChange={({ detail: { value } }) => { setInvokeMode(value); }}
          items={[
            { value: 'BUFFERED', label: 'Whole', description: 'Sent when the function has ended.' },
            { value: 'RESPONSE_STREAM', label: 'Streamed', description: 'Sent as the function writes it.' },
          ]}
        />
      </FormField>
      <TextField label="Allowed origin" description="Browsers' pages that may call it (CORS), such as * or https://example.com; empty for none." member="cors.allowOrigins" error={create.error} value={origin} onChange={setOrigin} />
    </FormDialog>
  );
}
