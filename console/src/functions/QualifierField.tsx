import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import type { ReactNode } from 'react';
import type { FunctionDetail } from '../api/types';

interface QualifierFieldProps {
  detail: FunctionDetail;
  /** Empty for $LATEST. */
  value: string;
  onChange: (qualifier: string) => void;
  description?: ReactNode;
  constraint?: ReactNode;
}

/** A version or an alias of a function. */
export function QualifierField({ detail, value, onChange, description, constraint }: QualifierFieldProps) {
  const qualifiers = ['', ...detail.aliases.map(({ name }) => name), ...detail.versions.map(({ version }) => version)];
  return (
    <FormField label="Version or alias" description={description} constraintText={constraint}>
      <Select
        selectedOption={{ value, label: value || '$LATEST' }}
        options={qualifiers.map((qualifier) => ({ value: qualifier, label: qualifier || '$LATEST' }))}
        onChange={({ detail: { selectedOption } }) => { onChange(selectedOption.value ?? ''); }}
      />
    </FormField>
  );
}
