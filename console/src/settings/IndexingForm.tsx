import { send } from '../api/request';
import { NumberField } from '../forms/fields';
import { SettingForm } from './SettingForm';
import { useDraft } from './useDraft';

/** X-Ray's indexing rule. */
export function IndexingForm({ percentage }: { percentage: number | null }) {
  const [value, setValue] = useDraft(percentage);
  return (
    <SettingForm
      title="Trace indexing"
      description="What UpdateIndexingRule asks for. This server indexes every trace, whatever it says."
      members={['DesiredSamplingPercentage']}
      save={() => send('put', '/settings/indexing', { body: { desiredPercentage: value } })}
    >
      {(error) => <NumberField label="Desired percentage" member="DesiredSamplingPercentage" error={error} value={value} onChange={setValue} />}
    </SettingForm>
  );
}
