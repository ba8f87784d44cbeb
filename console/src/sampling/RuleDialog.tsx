import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { send } from '../api/request';
import type { SamplingRuleItem } from '../api/types';
import { useChange } from '../api/useChange';
import { FormDialog } from '../forms/FormDialog';
import { faultOf } from '../forms/faults';
import { NumberField, TextField } from '../forms/fields';
import { notify } from '../shell/notices';

interface RuleDialogProps {
  /** Null for a new one. */
  rule: SamplingRuleItem | null;
  onClose: () => void;
}

const members = ['RuleName', 'Priority', 'ReservoirSize', 'FixedRate', 'ServiceName', 'ServiceType', 'Host', 'HTTPMethod', 'URLPath', 'ResourceARN'];

/** Makes a sampling rule, or changes one; of the default rule only how much it samples. */
export function RuleDialog({ rule, onClose }: RuleDialogProps) {
  const [name, setName] = useState(rule?.name ?? '');
  const [priority, setPriority] = useState<number | null>(rule?.priority ?? 1000);
  const [reservoirSize, setReservoirSize] = useState<number | null>(rule?.reservoirSize ?? 1);
  const [ratePercent, setRatePercent] = useState<number | null>(rule === null ? 5 : Number((rule.fixedRate * 100).toPrecision(6)));
  const [matching, setMatching] = useState({
    serviceName: rule?.serviceName ?? '*',
    serviceType: rule?.serviceType ?? '*',
    host: rule?.host ?? '*',
    httpMethod: rule?.httpMethod ?? '*',
    urlPath: rule?.urlPath ?? '*',
    resourceArn: rule?.resourceArn ?? '*',
  });
  const [attributes, setAttributes] = useState(Object.entries(rule?.attributes ?? {}).map(([key, value]) => ({ key, value })));
  const change = (changed: Partial<typeof matching>) => { setMatching({ ...matching, ...changed }); };
  const isDefault = rule?.isDefault ?? false;

  const save = useChange(
    () => {
      const body = {
        name,
        priority,
        reservoirSize,
        fixedRate: ratePercent === null ? null : ratePercent / 100,
        ...matching,
        attributes: Object.fromEntries(attributes.filter(({ key }) => key !== '').map(({ key, value }) => [key, value])),
        boostMaxRate: null,
        boostCooldownMinutes: null,
      };
      return rule === null ? send('post', '/sampling-rules', { body }) : send('put', '/sampling-rules/{name}', { path: { name: rule.name }, body });
    },
    {
      topics: ['sampling'],
      onDone: (saved) => {
        notify({ type: 'success', header: `Sampling rule ${saved.name} was saved` });
        onClose();
      },
    },
  );
  const { error } = save;
  return (
    <FormDialog
      title={rule === null ? 'Create a sampling rule' : `Edit ${rule.name}`}
      verb="Save"
      busy={save.isPending}
      error={error}
      members={isDefault ? ['ReservoirSize', 'FixedRate'] : members}
      onSubmit={() => { save.mutate(undefined); }}
      onCancel={onClose}
    >
      {rule === null && <TextField label="Name" member="RuleName" constraint="Up to 32 characters." error={error} value={name} onChange={setName} autoFocus />}
      <ColumnLayout columns={3}>
        {!isDefault && <NumberField label="Priority" description="1 to 9999; the lowest is tried first." member="Priority" error={error} value={priority} onChange={setPriority} />}
        <NumberField label="Reservoir" description="Requests each second that are always sampled." member="ReservoirSize" error={error} value={reservoirSize} onChange={setReservoirSize} />
        <NumberField label="Fixed rate (percent)" description="Of the requests beyond the reservoir." member="FixedRate" step={0.1} error={error} value={ratePercent} onChange={setRatePercent} />
      </ColumnLayout>
      {!isDefault && (
        <ColumnLayout columns={3}>
          <TextField label="Service name" member="ServiceName" error={error} value={matching.serviceName} onChange={(serviceName) => { change({ serviceName }); }} />
          <TextField label="Service type" member="ServiceType" error={error} value={matching.serviceType} onChange={(serviceType) => { change({ serviceType }); }} />
          <TextField label="Host" member="Host" error={error} value={matching.host} onChange={(host) => { change({ host }); }} />
          <TextField label="HTTP method" member="HTTPMethod" error={error} value={matching.httpMethod} onChange={(httpMethod) => { change({ httpMethod }); }} />
          <TextField label="URL path" member="URLPath" error={error} value={matching.urlPath} onChange={(urlPath) => { change({ urlPath }); }} />
          <TextField label="Resource ARN" member="ResourceARN" error={error} value={matching.resourceArn} onChange={(resourceArn) => { change({ resourceArn }); }} />
        </ColumnLayout>
      )}
      {!isDefault && (
        <FormField label="Attributes" description="Of the segment; values may have * and ?. All fields above may, too." stretch errorText={faultOf(error, 'Attributes')}>
          <AttributeEditor
            items={attributes}
            addButtonText="Add an attribute"
            removeButtonText="Remove"
            removeButtonAriaLabel={({ key }) => `Remove ${key || 'the attribute without a name'}`}
            empty="The rule asks for no attributes."
            onAddButtonClick={() => { setAttributes([...attributes, { key: '', value: '' }]); }}
            onRemoveButtonClick={({ detail }) => { setAttributes(attributes.filter((_, at) => at !== detail.itemIndex)); }}
            definition={[
              { label: 'Name', control: ({ key }, index) => <Input value={key} onChange={({ detail }) => { setAttributes(attributes.map((one, at) => (at === index ? { ...one, key: detail.value } : one))); }} /> },
              { label: 'Value', control: ({ value }, index) => <Input value={value} onChange={({ detail }) => { setAttributes(attributes.map((one, at) => (at === index ? { ...one, value: detail.value } : one))); }} /> },
            ]}
          />
        </FormField>
      )}
    </FormDialog>
  );
}
