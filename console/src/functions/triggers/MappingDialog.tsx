import Autosuggest from '@cloudscape-design/components/autosuggest';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { send } from '../../api/request';
import type { FunctionDetail, MappingDetail } from '../../api/types';
import { useChange } from '../../api/useChange';
import { FormDialog } from '../../forms/FormDialog';
import { faultOf } from '../../forms/faults';
import { NumberField, TextField } from '../../forms/fields';
import { QualifierField } from '../QualifierField';
import { useEventSources } from '../queries';
import { fromFilters, toFilters } from './filterLines';

interface MappingDialogProps {
  detail: FunctionDetail;
  /** Null for a new one. */
  mapping: MappingDetail | null;
  onClose: () => void;
}

type Settings = MappingDetail['settings'];

/** What AWS takes where nothing is said is left to it: the fields begin empty. */
const unsaid: Settings = {
  batchSize: null,
  maximumBatchingWindow: null,
  filters: [],
  reportsItemFailures: false,
  maximumConcurrency: null,
  maximumRetryAttempts: null,
  maximumRecordAge: null,
  bisectsBatches: null,
  parallelizationFactor: null,
  onFailure: null,
};

const members = [
  'eventSourceArn', 'batchSize', 'maximumBatchingWindowInSeconds', 'filterCriteria.filters', 'scalingConfig.maximumConcurrency', 'maximumRetryAttempts', 'maximumRecordAgeInSeconds',
  'parallelizationFactor', 'destinationConfig.onFailure.destination',
];

const positions = [
  { value: 'LATEST', label: 'Latest', description: 'What comes from now on.' },
  { value: 'TRIM_HORIZON', label: 'Trim horizon', description: 'All that the stream still has.' },
];

/** Has Lambda poll a queue or a stream for the function, or changes how it does. */
export function MappingDialog({ detail, mapping, onClose }: MappingDialogProps) {
  const sources = useEventSources();
  const [source, setSource] = useState(mapping?.sources[0] ?? '');
  const [qualifier, setQualifier] = useState('');
  const [position, setPosition] = useState('LATEST');
  const [settings, setSettings] = useState(mapping?.settings ?? unsaid);
  const [filters, setFilters] = useState(fromFilters(settings.filters));
  const [enabled, setEnabled] = useState(true);
  const change = (changed: Partial<Settings>) => { setSettings({ ...settings, ...changed }); };
  const isStream = mapping?.isStream ?? /:(kinesis|dynamodb):/.test(source);
  const isQueue = source.includes(':sqs:');

  const save = useChange(
    () => {
      const body = { ...settings, filters: toFilters(filters) };
      return mapping === null
        ? send('post', '/functions/{name}/event-source-mappings', {
            path: { name: detail.name },
            query: { qualifier: qualifier || undefined },
            body: { source, startingPosition: isStream ? position : null, enabled, settings: body },
          })
        : send('put', '/event-source-mappings/{uuid}', { path: { uuid: mapping.uuid }, body: { enabled: null, settings: body } });
    },
    { topics: ['functions'], onDone: onClose },
  );
  const { error } = save;
  return (
    <FormDialog
      title={mapping === null ? 'Create an event source mapping' : `Edit the mapping of ${mapping.kind}`}
      verb={mapping === null ? 'Create' : 'Save'}
      busy={save.isPending}
      error={error}
      members={members}
      onSubmit={() => { save.mutate(undefined); }}
      onCancel={onClose}
    >
      {mapping === null ? (
        <FormField label="Source" description="A queue or stream, by its ARN." errorText={faultOf(error, 'eventSourceArn')}>
          <Autosuggest
            value={source}
            onChange={({ detail: { value } }) => { setSource(value); }}
            options={(sources.data?.sources ?? []).map((arn) => ({ value: arn }))}
            enteredTextLabel={(text) => `Use "${text}"`}
            placeholder="arn:aws:sqs:…"
            empty="There is no queue or stream yet"
            ariaLabel="Source"
          />
        </FormField>
      ) : (
        <FormField label="Source"><span className="id">{mapping.sources.join(', ')}</span></FormField>
      )}
      {mapping === null && <QualifierField detail={detail} value={qualifier} onChange={setQualifier} />}
      {mapping === null && isStream && (
        <FormField label="Starting position">
          <Select
            selectedOption={positions.find(({ value }) => value === position) ?? null}
            options={positions}
            onChange={({ detail: { selectedOption } }) => { setPosition(selectedOption.value ?? position); }}
          />
        </FormField>
      )}
      <NumberField label="Batch size" description="Records that the function gets at most in one event." member="batchSize" error={error} value={settings.batchSize} onChange={(batchSize) => { change({ batchSize }); }} />
      <NumberField
        label="Batch window (seconds)"
        description="How long a batch may wait for more records."
        member="maximumBatchingWindowInSeconds"
        error={error}
        value={settings.maximumBatchingWindow}
        onChange={(maximumBatchingWindow) => { change({ maximumBatchingWindow }); }}
      />
      <FormField label="Filters" description="Patterns in JSON, one a line; records that fit none of them are dropped. Empty lets all through." stretch errorText={faultOf(error, 'filterCriteria.filters')}>
        <Textarea rows={3} spellcheck={false} value={filters} ariaLabel="Filters" placeholder={'{"body":{"kind":["order"]}}'} onChange={({ detail: { value } }) => { setFilters(value); }} />
      </FormField>
      <Checkbox
        checked={settings.reportsItemFailures ?? false}
        description="The function answers with batchItemFailures, and only those are tried again."
        onChange={({ detail: { checked } }) => { change({ reportsItemFailures: checked }); }}
      >
        Report batch item failures
      </Checkbox>
      {isQueue && (
        <NumberField
          label="Maximum concurrency"
          description="Batches at work at once; empty for as many as there are."
          member="scalingConfig.maximumConcurrency"
          error={error}
          value={settings.maximumConcurrency}
          onChange={(maximumConcurrency) => { change({ maximumConcurrency }); }}
        />
      )}
      {isStream && <StreamFields settings={settings} onChange={change} error={error} />}
      {mapping === null && <Checkbox checked={enabled} onChange={({ detail: { checked } }) => { setEnabled(checked); }}>Enabled at once</Checkbox>}
    </FormDialog>
  );
}

/** What only records in shards have: they are tried again in order, until they are done or given up. */
function StreamFields({ settings, onChange, error }: { settings: Settings; onChange: (changed: Partial<Settings>) => void; error: Error | null }) {
  return (
    <>
      <NumberField label="Retry attempts" description="-1 for as often as it takes." member="maximumRetryAttempts" error={error} value={settings.maximumRetryAttempts} onChange={(maximumRetryAttempts) => { onChange({ maximumRetryAttempts }); }} />
      <NumberField
        label="Maximum age of a record (seconds)"
        description="-1 for as long as the stream keeps it."
        member="maximumRecordAgeInSeconds"
        error={error}
        value={settings.maximumRecordAge}
        onChange={(maximumRecordAge) => { onChange({ maximumRecordAge }); }}
      />
      <NumberField label="Batches of a shard at once" member="parallelizationFactor" error={error} value={settings.parallelizationFactor} onChange={(parallelizationFactor) => { onChange({ parallelizationFactor }); }} />
      <Checkbox checked={settings.bisectsBatches ?? false} onChange={({ detail: { checked } }) => { onChange({ bisectsBatches: checked }); }}>Split a batch that failed, and try both halves</Checkbox>
      <TextField
        label="On failure"
        description="ARN of a queue, topic or bucket that is told of batches that are given up; empty for none."
        member="destinationConfig.onFailure.destination"
        error={error}
        value={settings.onFailure ?? ''}
        onChange={(onFailure) => { onChange({ onFailure }); }}
      />
    </>
  );
}
