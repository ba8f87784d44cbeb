import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Grid from '@cloudscape-design/components/grid';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { send } from '../../api/request';
import type { FunctionDetail, FunctionRun } from '../../api/types';
import { useChange } from '../../api/useChange';
import { FormFailure } from '../../forms/FormFailure';
import { faultOf } from '../../forms/faults';
import { notify } from '../../shell/notices';
import { QualifierField } from '../QualifierField';
import { useFunction, useTestEvents } from '../queries';
import { sampleEvents } from './sampleEvents';
import { formatJson } from './eventText';
import { RunResult } from './RunResult';

/** What was run last, which stays while its function's other tabs are looked at. */
const lastRuns = new Map<string, FunctionRun>();

/** Tests a function with an event, and shows result, log and trace of it together. */
export function TestTab({ detail }: { detail: FunctionDetail }) {
  const events = useTestEvents(detail.name);
  const [text, setText] = useState(sampleEvents[0]?.event ?? '{}');
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [qualifier, setQualifier] = useState('');
  const [kind, setKind] = useState<'wait' | 'queue'>('wait');
  const [run, setRun] = useState<FunctionRun | null>(lastRuns.get(detail.name) ?? null);

  const invoke = useChange(
    () => send('post', '/functions/{name}/runs', { path: { name: detail.name }, body: { event: text, qualifier, asynchronous: kind === 'queue' } }),
    {
      topics: ['traces', 'environments', 'logs'],
      onDone: (done) => {
        lastRuns.set(detail.name, done);
        setRun(done);
      },
    },
  );
  const save = useChange(() => send('put', '/functions/{name}/test-events/{event}', { path: { name: detail.name, event: name }, body: { event: text } }), {
    topics: ['functions'],
    onDone: () => {
      setChosen(name);
      notify({ type: 'success', header: `Test event ${name} was saved` });
    },
  });
  const remove = useChange((event: string) => send('delete', '/functions/{name}/test-events/{event}', { path: { name: detail.name, event } }), {
    topics: ['functions'],
    onDone: () => {
      setChosen(null);
      setName('');
    },
  });

  const saved = events.data?.events ?? [];
  const choose = (value: string) => {
    const [group, id] = [value.slice(0, value.indexOf(':')), value.slice(value.indexOf(':') + 1)];
    const event = group === 'saved' ? saved.find((item) => item.name === id)?.event : sampleEvents.find((item) => item.name === id)?.event;
    setText(event ?? '{}');
    setChosen(group === 'saved' ? id : null);
    setName(group === 'saved' ? id : '');
  };
  return (
    <SpaceBetween size="l">
      {invoke.isPending && <StatusIndicator type="loading">The function runs</StatusIndicator>}
      {run && !invoke.isPending && <RunResult key={run.requestId} name={detail.name} run={run} />}
      <Container
        header={
          <Header
            variant="h2"
            description="The event is sent as a caller would whose request is traced, so that there is always a trace."
            actions={<Button variant="primary" loading={invoke.isPending} onClick={() => { invoke.mutate(undefined); }}>Test</Button>}
          >
            Test event
          </Header>
        }
      >
        <SpaceBetween size="m">
          <Grid gridDefinition={[{ colspan: { default: 12, s: 5 } }, { colspan: { default: 12, s: 4 } }, { colspan: { default: 12, s: 3 } }]}>
            <FormField label="Event">
              <Select
                selectedOption={chosen === null ? { value: '', label: 'New event' } : { value: `saved:${chosen}`, label: chosen }}
                statusType={events.isPending ? 'loading' : 'finished'}
                options={[
                  { label: 'Saved', options: saved.map((event) => ({ value: `saved:${event.name}`, label: event.name })) },
                  { label: 'Samples to start from', options: sampleEvents.map((event) => ({ value: `sample:${event.name}`, label: event.name })) },
                ].filter((group) => group.options.length > 0)}
                onChange={({ detail: { selectedOption } }) => { choose(selectedOption.value ?? ''); }}
              />
            </FormField>
            <FormField label="Invocation">
              <Select
                selectedOption={kind === 'wait' ? { value: 'wait', label: 'Wait for the result' } : { value: 'queue', label: 'Asynchronous' }}
                options={[
                  { value: 'wait', label: 'Wait for the result', description: 'RequestResponse' },
                  { value: 'queue', label: 'Asynchronous', description: 'Event: queued, retried when it fails' },
                ]}
                onChange={({ detail: { selectedOption } }) => { setKind(selectedOption.value === 'queue' ? 'queue' : 'wait'); }}
              />
            </FormField>
            <QualifierField detail={detail} value={qualifier} onChange={setQualifier} constraint={<QualifiedSettings detail={detail} qualifier={qualifier} />} />
          </Grid>
          <FormField label="Event JSON" stretch secondaryControl={<Button onClick={() => { setText(formatJson(text)); }}>Format</Button>} errorText={faultOf(save.error, 'event')}>
            <div className="event-text">
              <Textarea value={text} rows={8} spellcheck={false} onChange={({ detail: { value } }) => { setText(value); }} ariaLabel="Event JSON" />
            </div>
          </FormField>
          <FormField
            label="Save this event"
            description={`It is kept on the server for everybody; up to ${events.data?.countMax ?? 50} for each function.`}
            errorText={faultOf(save.error, 'name')}
          >
            <SpaceBetween direction="horizontal" size="xs">
              <Input ariaLabel="Name of the event" placeholder="Name" value={name} onChange={({ detail: { value } }) => { setName(value); }} />
              <Button disabled={name === ''} loading={save.isPending} onClick={() => { save.mutate(undefined); }}>Save</Button>
              <Button disabled={chosen === null} loading={remove.isPending} onClick={() => { if (chosen !== null) remove.mutate(chosen); }}>Delete</Button>
            </SpaceBetween>
          </FormField>
          <FormFailure error={save.error} members={['name', 'event']} />
          <FormFailure error={remove.error} />
          <FormFailure error={invoke.error} />
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}

/** What a test will run with: each version has a configuration of its own, and an alias leads to one or two of them. */
function QualifiedSettings({ detail, qualifier }: { detail: FunctionDetail; qualifier: string }) {
  const { data } = useFunction(detail.name, qualifier || undefined);
  const alias = detail.aliases.find(({ name }) => name === qualifier);
  const { settings, version } = data ?? detail;
  const second = alias?.secondVersion ? ` and ${alias.secondVersion}` : '';
  const leads = alias ? `Version ${version}${second}: ` : '';
  return <>{leads}{settings.runtime}, {settings.handler}, {settings.memorySize} MB, {settings.timeout} s, tracing {settings.activeTracing ? 'active' : 'passed through'}</>;
}
