import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';

export interface Pair {
  name: string;
  value: string;
}

interface PairsFieldProps {
  label: string;
  /** With its article: "a variable". */
  one: string;
  /** What a name is called. */
  nameLabel: string;
  empty: string;
  pairs: readonly Pair[];
  onChange: (pairs: readonly Pair[]) => void;
  fault: string | undefined;
}

/** Names with values, a row for each. */
export function PairsField({ label, one, nameLabel, empty, pairs, onChange, fault }: PairsFieldProps) {
  const change = (index: number, changed: Partial<Pair>) => {
    onChange(pairs.map((pair, at) => (at === index ? { ...pair, ...changed } : pair)));
  };
  return (
    <FormField label={label} stretch errorText={fault}>
      <AttributeEditor
        items={pairs}
        addButtonText={`Add ${one}`}
        removeButtonText="Remove"
        removeButtonAriaLabel={({ name }) => `Remove ${name || `${one} without a name`}`}
        empty={empty}
        onAddButtonClick={() => { onChange([...pairs, { name: '', value: '' }]); }}
        onRemoveButtonClick={({ detail }) => { onChange(pairs.filter((_, at) => at !== detail.itemIndex)); }}
        definition={[
          { label: nameLabel, control: ({ name }, index) => <Input value={name} onChange={({ detail }) => { change(index, { name: detail.value }); }} /> },
          { label: 'Value', control: ({ value }, index) => <Input value={value} onChange={({ detail }) => { change(index, { value: detail.value }); }} /> },
        ]}
      />
    </FormField>
  );
}
