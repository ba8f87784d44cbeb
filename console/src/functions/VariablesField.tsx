import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { faultOf } from '../forms/faults';

export interface Variable {
  name: string;
  value: string;
}

interface VariablesFieldProps {
  variables: readonly Variable[];
  onChange: (variables: readonly Variable[]) => void;
  error: Error | null;
}

/** Environment variables, a row for each. */
export function VariablesField({ variables, onChange, error }: VariablesFieldProps) {
  const change = (index: number, changed: Partial<Variable>) => {
    onChange(variables.map((variable, at) => (at === index ? { ...variable, ...changed } : variable)));
  };
  return (
    <FormField label="Environment variables" stretch errorText={faultOf(error, 'environment.variables')}>
      <AttributeEditor
        items={variables}
        addButtonText="Add a variable"
        removeButtonText="Remove"
        removeButtonAriaLabel={({ name }) => `Remove ${name || 'the variable without a name'}`}
        empty="The function has no environment variables."
        onAddButtonClick={() => { onChange([...variables, { name: '', value: '' }]); }}
        onRemoveButtonClick={({ detail }) => { onChange(variables.filter((_, at) => at !== detail.itemIndex)); }}
        definition={[
          { label: 'Name', control: ({ name }, index) => <Input value={name} onChange={({ detail }) => { change(index, { name: detail.value }); }} /> },
          { label: 'Value', control: ({ value }, index) => <Input value={value} onChange={({ detail }) => { change(index, { value: detail.value }); }} /> },
        ]}
      />
    </FormField>
  );
}

/** As the server takes them; rows without a name are rows that nobody has filled in. */
export function toVariables(variables: readonly Variable[]): Record<string, string> {
  return Object.fromEntries(variables.filter(({ name }) => name !== '').map(({ name, value }) => [name, value]));
}

export function fromVariables(variables: Record<string, string>): Variable[] {
  return Object.entries(variables).map(([name, value]) => ({ name, value })).sort((one, other) => one.name.localeCompare(other.name));
}
