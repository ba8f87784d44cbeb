import FormField from '@cloudscape-design/components/form-field';
import Input, { type InputProps } from '@cloudscape-design/components/input';
import type { ReactNode } from 'react';
import { faultOf } from './faults';

interface FieldProps {
  label: string;
  description?: ReactNode;
  constraint?: ReactNode;
  /** As the server's refusals name it. */
  member: string;
  error: Error | null;
}

interface TextFieldProps extends FieldProps, Pick<InputProps, 'placeholder' | 'disabled' | 'autoFocus'> {
  value: string;
  onChange: (value: string) => void;
}

/** A line of text, with what the server says of it beneath. */
export function TextField({ label, description, constraint, member, error, value, onChange, ...input }: TextFieldProps) {
  return (
    <FormField label={label} description={description} constraintText={constraint} errorText={faultOf(error, member)}>
      <Input {...input} value={value} onChange={({ detail }) => { onChange(detail.value); }} />
    </FormField>
  );
}

interface NumberFieldProps extends FieldProps {
  value: number | null;
  onChange: (value: number | null) => void;
  step?: number;
}

/** A number, with what the server says of it beneath: the limits are the server's to know. */
export function NumberField({ label, description, constraint, member, error, value, onChange, step = 1 }: NumberFieldProps) {
  return (
    <FormField label={label} description={description} constraintText={constraint} errorText={faultOf(error, member)}>
      <Input
        type="number"
        step={step}
        value={value === null ? '' : String(value)}
        onChange={({ detail }) => { onChange(detail.value.trim() === '' ? null : Number(detail.value)); }}
      />
    </FormField>
  );
}
