import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { send } from '../../api/request';
import type { AliasDetail, FunctionDetail } from '../../api/types';
import { useChange } from '../../api/useChange';
import { FormDialog } from '../../forms/FormDialog';
import { NumberField, TextField } from '../../forms/fields';

interface AliasDialogProps {
  detail: FunctionDetail;
  /** Null for a new one. */
  alias: AliasDetail | null;
  onClose: () => void;
}

/** Names a version, or moves a name to another; a part of the invocations may go to a second one. */
export function AliasDialog({ detail, alias, onClose }: AliasDialogProps) {
  const versions = ['$LATEST', ...detail.versions.map(({ version }) => version)];
  const [name, setName] = useState(alias?.name ?? '');
  const [version, setVersion] = useState(alias?.functionVersion ?? versions.at(-1) ?? '$LATEST');
  const [second, setSecond] = useState(alias?.secondVersion ?? '');
  const [weight, setWeight] = useState<number | null>(alias?.secondWeight === null || alias === null ? 10 : alias.secondWeight * 100);
  const [description, setDescription] = useState(alias?.description ?? '');
  const save = useChange(
    () =>
      send('put', '/functions/{name}/aliases/{alias}', {
        path: { name: detail.name, alias: name },
        body: { functionVersion: version, description, secondVersion: second || null, secondWeight: second === '' ? null : (weight ?? 0) / 100 },
      }),
    { topics: ['functions'], onDone: onClose },
  );
  const { error } = save;
  return (
    <FormDialog
      title={alias === null ? 'Create an alias' : `Edit ${alias.name}`}
      verb="Save"
      busy={save.isPending}
      error={error}
      members={['name', 'description', 'functionVersion']}
      onSubmit={() => { save.mutate(undefined); }}
      onCancel={onClose}
    >
      <TextField label="Name" member="name" error={error} value={name} onChange={setName} disabled={alias !== null} autoFocus={alias === null} />
      <FormField label="Version">
        <Select
          selectedOption={{ value: version, label: version }}
          options={versions.map((value) => ({ value, label: value }))}
          onChange={({ detail: { selectedOption } }) => { setVersion(selectedOption.value ?? version); }}
        />
      </FormField>
      <FormField label="Second version" description="It gets a part of the invocations.">
        <Select
          selectedOption={{ value: second, label: second || 'None' }}
          options={['', ...versions.filter((value) => value !== '$LATEST' && value !== version)].map((value) => ({ value, label: value || 'None' }))}
          onChange={({ detail: { selectedOption } }) => { setSecond(selectedOption.value ?? ''); }}
        />
      </FormField>
      {second !== '' && <NumberField label="Its part (percent)" member="routingConfig.additionalVersionWeights" error={error} value={weight} onChange={setWeight} />}
      <TextField label="Description" member="description" error={error} value={description} onChange={setDescription} />
    </FormDialog>
  );
}
