import { PairsField, type Pair } from '../forms/PairsField';
import { faultOf } from '../forms/faults';

interface VariablesFieldProps {
  variables: readonly Pair[];
  onChange: (variables: readonly Pair[]) => void;
  error: Error | null;
}

/** Environment variables, a row for each. */
export function VariablesField({ variables, onChange, error }: VariablesFieldProps) {
  return (
    <PairsField
      label="Environment variables"
      one="a variable"
      nameLabel="Name"
      empty="The function has no environment variables."
      pairs={variables}
      onChange={onChange}
      fault={faultOf(error, 'environment.variables')}
    />
  );
}
