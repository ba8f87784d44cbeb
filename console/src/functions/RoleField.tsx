import Autosuggest from '@cloudscape-design/components/autosuggest';
import FormField from '@cloudscape-design/components/form-field';
import { faultOf } from '../forms/faults';

interface RoleFieldProps {
  roles: readonly string[];
  value: string;
  onChange: (role: string) => void;
  error: Error | null;
}

/** An execution role: one that this server knows, or the ARN of any other. */
export function RoleField({ roles, value, onChange, error }: RoleFieldProps) {
  return (
    <FormField
      label="Role"
      description="A role of this server, or the ARN of any other, whose permissions are then not checked."
      errorText={faultOf(error, 'role')}
    >
      <Autosuggest
        value={value}
        onChange={({ detail }) => { onChange(detail.value); }}
        options={roles.map((role) => ({ value: role, label: role }))}
        enteredTextLabel={(text) => `Use "${text}"`}
        placeholder="arn:aws:iam::000000000000:role/name"
        empty="This server has no roles yet"
        ariaLabel="Role"
      />
    </FormField>
  );
}
