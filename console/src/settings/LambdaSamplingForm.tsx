import ColumnLayout from '@cloudscape-design/components/column-layout';
import { send } from '../api/request';
import type { LambdaSampling } from '../api/types';
import { NumberField } from '../forms/fields';
import { percent } from '../sampling/matching';
import { SettingForm } from './SettingForm';
import { useDraft } from './useDraft';

/** How Lambda samples functions with active tracing. */
export function LambdaSamplingForm({ sampling, configured }: { sampling: LambdaSampling; configured: LambdaSampling }) {
  const [firstPerMinute, setFirstPerMinute] = useDraft<number | null>(sampling.firstPerMinute);
  const [ratePercent, setRatePercent] = useDraft<number | null>(Number((sampling.rate * 100).toPrecision(6)));
  return (
    <SettingForm
      title="Sampling of active tracing"
      description={`For requests that come without a decision. The server was started with ${configured.firstPerMinute} a minute and ${percent(configured.rate)}.`}
      members={['FirstPerMinute', 'Rate']}
      save={() => send('put', '/settings/lambda-sampling', { body: { firstPerMinute, rate: ratePercent === null ? null : ratePercent / 100 } })}
    >
      {(error) => (
        <ColumnLayout columns={2}>
          <NumberField label="First requests of each minute" description="For each function." member="FirstPerMinute" error={error} value={firstPerMinute} onChange={setFirstPerMinute} />
          <NumberField label="Of the others (percent)" description="0 to 100." member="Rate" step={0.1} error={error} value={ratePercent} onChange={setRatePercent} />
        </ColumnLayout>
      )}
    </SettingForm>
  );
}
