import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { send } from '../../api/request';
import type { FunctionDetail } from '../../api/types';
import { useChange } from '../../api/useChange';
import { FormFailure } from '../../forms/FormFailure';
import { faultOf } from '../../forms/faults';
import { NumberField, TextField } from '../../forms/fields';
import { fromRecord, toRecord } from '../../forms/pairs';
import type { Pair } from '../../forms/PairsField';
import { useFunctionOptions } from '../queries';
import { RoleField } from '../RoleField';
import { tellOfChange } from '../tellOfChange';
import { TracingField } from '../TracingField';
import { VariablesField } from '../VariablesField';
import { ConcurrencyPanel } from './ConcurrencyPanel';
import { EventHandlingPanel } from './EventHandlingPanel';
import { TagsPanel } from './TagsPanel';

const members = ['description', 'handler', 'runtime', 'role', 'memorySize', 'timeout', 'ephemeralStorage.size', 'environment.variables', 'loggingConfig.logGroup', 'layers', 'deadLetterConfig.targetArn'];

/** What a function is configured with; saved whole, against the revision that was shown. */
export function ConfigurationTab({ detail }: { detail: FunctionDetail }) {
  return (
    <SpaceBetween size="l">
      {/* Somebody else's change begins the form anew. */}
      <SettingsForm key={detail.revisionId} detail={detail} />
      <ConcurrencyPanel detail={detail} />
      <EventHandlingPanel detail={detail} />
      <TagsPanel key={`tags ${detail.revisionId}`} detail={detail} />
    </SpaceBetween>
  );
}

function SettingsForm({ detail }: { detail: FunctionDetail }) {
  const options = useFunctionOptions();
  const [settings, setSettings] = useState(detail.settings);
  const [variables, setVariables] = useState<readonly Pair[]>(fromRecord(detail.settings.variables));
  const [layers, setLayers] = useState(detail.settings.layers.join('\n'));
  const change = (changed: Partial<typeof settings>) => { setSettings({ ...settings, ...changed }); };

  const save = useChange(
    () =>
      send('put', '/functions/{name}/configuration', {
        path: { name: detail.name },
        body: {
          ...settings,
          applicationLogLevel: settings.logFormat === 'JSON' ? settings.applicationLogLevel : null,
          systemLogLevel: settings.logFormat === 'JSON' ? settings.systemLogLevel : null,
          deadLetterTarget: settings.deadLetterTarget ?? '',
          variables: toRecord(variables),
          layers: layers.split('\n').map((line) => line.trim()).filter((line) => line !== ''),
          revisionId: detail.revisionId,
        },
      }),
    {
      topics: ['functions'],
      onDone: (changed) => { tellOfChange(`The configuration of ${detail.name} was saved`, changed); },
    },
  );
  const { error } = save;
  return (
    <form onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
      <Form actions={<Button variant="primary" loading={save.isPending}>Save</Button>}>
        <SpaceBetween size="l">
          <Container header={<Header variant="h2">Monitoring</Header>}>
            <TracingField
              checked={settings.activeTracing}
              onChange={(activeTracing) => { change({ activeTracing }); }}
              mayTrace={detail.role.mayTrace || settings.role !== detail.settings.role}
              sampling={detail.sampling}
            />
          </Container>
          <Container header={<Header variant="h2">General</Header>}>
            <SpaceBetween size="l">
              <TextField label="Description" member="description" error={error} value={settings.description} onChange={(description) => { change({ description }); }} />
              <FormField label="Runtime" errorText={faultOf(error, 'runtime')}>
                <Select
                  options={(options.data?.runtimes ?? []).map(({ name }) => ({ value: name, label: name }))}
                  selectedOption={{ value: settings.runtime, label: settings.runtime }}
                  onChange={({ detail: { selectedOption } }) => { change({ runtime: selectedOption.value ?? settings.runtime }); }}
                />
              </FormField>
              <TextField label="Handler" member="handler" error={error} value={settings.handler} onChange={(handler) => { change({ handler }); }} />
              <NumberField label="Memory (MB)" member="memorySize" error={error} value={settings.memorySize} onChange={(memorySize) => { change({ memorySize: memorySize ?? 0 }); }} />
              <NumberField label="Timeout (seconds)" member="timeout" error={error} value={settings.timeout} onChange={(timeout) => { change({ timeout: timeout ?? 0 }); }} />
              <NumberField
                label="Ephemeral storage (MB)"
                description="The size of /tmp."
                member="ephemeralStorage.size"
                error={error}
                value={settings.ephemeralStorage}
                onChange={(ephemeralStorage) => { change({ ephemeralStorage: ephemeralStorage ?? 0 }); }}
              />
            </SpaceBetween>
          </Container>
          <Container header={<Header variant="h2" info={<RoleMark detail={detail} />}>Execution role</Header>}>
            <SpaceBetween size="m">
              <RoleField roles={options.data?.roles ?? []} value={settings.role} onChange={(role) => { change({ role }); }} error={error} />
              {detail.role.policies.length > 0 && (
                <FormField label="Its policies">
                  <ul className="plain-list">{detail.role.policies.map((policy) => <li key={policy}>{policy}</li>)}</ul>
                </FormField>
              )}
            </SpaceBetween>
          </Container>
          <Container header={<Header variant="h2">Environment variables</Header>}>
            <VariablesField variables={variables} onChange={setVariables} error={error} />
          </Container>
          <Container header={<Header variant="h2">Layers, logging, dead letters</Header>}>
            <SpaceBetween size="l">
              <FormField label="Layers" description="ARNs of layer versions, one a line; the last lies over the others." stretch errorText={faultOf(error, 'layers')}>
                <Textarea rows={3} value={layers} ariaLabel="Layers" onChange={({ detail: { value } }) => { setLayers(value); }} />
              </FormField>
              <FormField label="Log format">
                <Choice value={settings.logFormat} values={['Text', 'JSON']} onChange={(logFormat) => { change({ logFormat }); }} />
              </FormField>
              {settings.logFormat === 'JSON' && (
                <SpaceBetween direction="horizontal" size="l">
                  <FormField label="Level of the function's lines">
                    <Choice
                      value={settings.applicationLogLevel ?? 'INFO'}
                      values={['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']}
                      onChange={(applicationLogLevel) => { change({ applicationLogLevel }); }}
                    />
                  </FormField>
                  <FormField label="Level of Lambda's lines">
                    <Choice value={settings.systemLogLevel ?? 'INFO'} values={['DEBUG', 'INFO', 'WARN']} onChange={(systemLogLevel) => { change({ systemLogLevel }); }} />
                  </FormField>
                </SpaceBetween>
              )}
              <TextField label="Log group" member="loggingConfig.logGroup" error={error} value={settings.logGroup} onChange={(logGroup) => { change({ logGroup }); }} />
              <TextField
                label="Dead-letter target"
                description="ARN of a queue or topic for asynchronous events that are given up; empty for none."
                member="deadLetterConfig.targetArn"
                error={error}
                value={settings.deadLetterTarget ?? ''}
                onChange={(deadLetterTarget) => { change({ deadLetterTarget }); }}
              />
            </SpaceBetween>
          </Container>
          <FormFailure error={error} members={members} />
        </SpaceBetween>
      </Form>
    </form>
  );
}

function RoleMark({ detail: { role } }: { detail: FunctionDetail }) {
  if (!role.isKnown) return <StatusIndicator type="info">Not known here: its permissions are not checked</StatusIndicator>;
  if (!role.mayLog) return <StatusIndicator type="warning">May not write logs</StatusIndicator>;
  return role.mayTrace ? <StatusIndicator>May write logs and traces</StatusIndicator> : <StatusIndicator type="info">May write logs, but no traces</StatusIndicator>;
}

function Choice({ value, values, onChange }: { value: string; values: readonly string[]; onChange: (value: string) => void }) {
  return (
    <Select
      selectedOption={{ value, label: value }}
      options={values.map((option) => ({ value: option, label: option }))}
      onChange={({ detail }) => { onChange(detail.selectedOption.value ?? value); }}
    />
  );
}
