import Autosuggest from '@cloudscape-design/components/autosuggest';
import FormField from '@cloudscape-design/components/form-field';
import { useState } from 'react';
import { send } from '../../api/request';
import type { FunctionDetail } from '../../api/types';
import { useChange } from '../../api/useChange';
import { FormDialog } from '../../forms/FormDialog';
import { faultOf } from '../../forms/faults';
import { TextField } from '../../forms/fields';
import { QualifierField } from '../QualifierField';

const members = ['statementId', 'principal', 'action', 'sourceArn', 'sourceAccount'];

/** Services that bring events of their resources, and what such a resource's ARN looks like. */
const services = [
  { value: 's3.amazonaws.com', description: 'Events of a bucket', source: 'arn:aws:s3:::bucket' },
  { value: 'sns.amazonaws.com', description: 'Messages of a topic', source: 'arn:aws:sns:region:account:topic' },
  { value: 'events.amazonaws.com', description: 'Events of a rule', source: 'arn:aws:events:region:account:rule/name' },
  { value: 'apigateway.amazonaws.com', description: 'Requests of an API', source: 'arn:aws:execute-api:region:account:api/*/*/path' },
];

/** Lets a service, an account or anybody else invoke the function. */
export function PermissionDialog({ detail, onClose }: { detail: FunctionDetail; onClose: () => void }) {
  const [qualifier, setQualifier] = useState('');
  const [statementId, setStatementId] = useState('');
  const [principal, setPrincipal] = useState('s3.amazonaws.com');
  const [action, setAction] = useState('lambda:InvokeFunction');
  const [sourceArn, setSourceArn] = useState('');
  const [sourceAccount, setSourceAccount] = useState('');
  const add = useChange(
    () =>
      send('post', '/functions/{name}/permissions', {
        path: { name: detail.name },
        query: { qualifier: qualifier || undefined },
        body: { statementId, action, principal, sourceArn: sourceArn || null, sourceAccount: sourceAccount || null },
      }),
    { topics: ['functions'], onDone: onClose },
  );
  const { error } = add;
  return (
    <FormDialog title="Add a statement" verb="Add" busy={add.isPending} error={error} members={members} onSubmit={() => { add.mutate(undefined); }} onCancel={onClose}>
      <TextField label="Statement ID" constraint="Letters, digits, hyphens and underscores." member="statementId" error={error} value={statementId} onChange={setStatementId} autoFocus />
      <FormField label="Principal" description="A service, an account's number, the ARN of a role or user, or * for everybody." errorText={faultOf(error, 'principal')}>
        <Autosuggest
          value={principal}
          onChange={({ detail: { value } }) => { setPrincipal(value); }}
          options={services.map(({ value, description }) => ({ value, description }))}
          enteredTextLabel={(text) => `Use "${text}"`}
          filteringType="none"
          ariaLabel="Principal"
        />
      </FormField>
      <TextField
        label="Source ARN"
        description="For which bucket, topic or rule a service may; empty for any."
        placeholder={services.find(({ value }) => value === principal)?.source ?? ''}
        member="sourceArn"
        error={error}
        value={sourceArn}
        onChange={setSourceArn}
      />
      <TextField label="Source account" description="Whose resource it has to be: ARNs of buckets do not say. Empty for any." member="sourceAccount" error={error} value={sourceAccount} onChange={setSourceAccount} />
      <TextField label="Action" member="action" error={error} value={action} onChange={setAction} />
      <QualifierField detail={detail} value={qualifier} onChange={setQualifier} />
    </FormDialog>
  );
}
