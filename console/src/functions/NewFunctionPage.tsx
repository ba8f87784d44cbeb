import Button from '@cloudscape-design/components/button';
import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { send } from '../api/request';
import type { FunctionChanged } from '../api/types';
import { useChange } from '../api/useChange';
import { FormFailure } from '../forms/FormFailure';
import { faultOf } from '../forms/faults';
import { NumberField, TextField } from '../forms/fields';
import { toRecord } from '../forms/pairs';
import type { Pair } from '../forms/PairsField';
import { links } from '../routing/links';
import { hrefTo } from '../routing/place';
import { go } from '../routing/usePlace';
import { Page } from '../shell/Page';
import { CodeField } from './CodeField';
import { noCode, toCode } from './codeChoice';
import { RoleField } from './RoleField';
import { tellOfChange } from './tellOfChange';
import { TracingField } from './TracingField';
import { useFunctionOptions, useRuntime } from './queries';
import { VariablesField } from './VariablesField';

const members = ['functionName', 'runtime', 'handler', 'role', 'description', 'memorySize', 'timeout', 'environment.variables'];

/** Creates a function from a zip, of this computer or in S3. */
export function NewFunctionPage() {
  const options = useFunctionOptions();
  const [name, setName] = useState('');
  const [runtime, setRuntime] = useState('nodejs22.x');
  const [handler, setHandler] = useState<string | null>(null);
  const [ownRole, setOwnRole] = useState(true);
  const [role, setRole] = useState('');
  const [code, setCode] = useState(noCode);
  const [activeTracing, setActiveTracing] = useState(true);
  const [description, setDescription] = useState('');
  const [memorySize, setMemorySize] = useState<number | null>(128);
  const [timeout, setTimeout] = useState<number | null>(3);
  const [variables, setVariables] = useState<readonly Pair[]>([]);
  const availability = useRuntime(runtime);
  const usualHandler = options.data?.runtimes.find((option) => option.name === runtime)?.handler ?? '';

  const create = useChange(
    async () =>
      send('post', '/functions', {
        body: {
          name,
          runtime,
          handler: handler ?? usualHandler,
          role: ownRole ? null : role,
          description,
          memorySize,
          timeout,
          architecture: null,
          variables: toRecord(variables),
          activeTracing,
          ...(await toCode(code)),
        },
      }),
    { topics: ['functions'], onDone: tellOfCreation },
  );

  return (
    <Page title="Create function" trail={[{ text: 'Functions', href: hrefTo(['functions']) }]} contentType="form">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(undefined);
        }}
      >
        <Form
          header={<Header variant="h1" description="From a deployment package, by the same rules as CreateFunction of the Lambda API.">Create function</Header>}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" formAction="none" href={hrefTo(['functions'])}>Cancel</Button>
              <Button variant="primary" loading={create.isPending}>Create function</Button>
            </SpaceBetween>
          }
        >
          <SpaceBetween size="l">
            <FormFailure error={create.error} members={members} />
            <Container header={<Header variant="h2">Function</Header>}>
              <SpaceBetween size="l">
                <TextField label="Name" member="functionName" constraint="Up to 64 letters, digits, hyphens and underscores." error={create.error} value={name} onChange={setName} autoFocus />
                <FormField label="Runtime" errorText={faultOf(create.error, 'runtime')}>
                  <SpaceBetween size="xs">
                    <Select
                      statusType={options.isPending ? 'loading' : 'finished'}
                      loadingText="Reading runtimes"
                      options={(options.data?.runtimes ?? []).map((option) => ({ value: option.name, label: option.name }))}
                      selectedOption={{ value: runtime, label: runtime }}
                      onChange={({ detail }) => { setRuntime(detail.selectedOption.value ?? runtime); }}
                    />
                    {availability.data?.unavailable && <Alert type="warning">{availability.data.unavailable}</Alert>}
                  </SpaceBetween>
                </FormField>
                <TextField label="Handler" member="handler" description="File and function that Lambda calls." error={create.error} value={handler ?? usualHandler} onChange={setHandler} />
                <CodeField code={code} onChange={setCode} description="The zip with your code and its packages." error={create.error} />
              </SpaceBetween>
            </Container>
            <Container header={<Header variant="h2">Permissions and tracing</Header>}>
              <SpaceBetween size="l">
                <FormField label="Execution role">
                  <RadioGroup
                    value={ownRole ? 'new' : 'existing'}
                    onChange={({ detail }) => { setOwnRole(detail.value === 'new'); }}
                    items={[
                      { value: 'new', label: 'Create a new role', description: 'It may write logs, and traces when active tracing is enabled.' },
                      { value: 'existing', label: 'Use an existing role' },
                    ]}
                  />
                </FormField>
                {!ownRole && <RoleField roles={options.data?.roles ?? []} value={role} onChange={setRole} error={create.error} />}
                <TracingField checked={activeTracing} onChange={setActiveTracing} mayTrace />
              </SpaceBetween>
            </Container>
            <ExpandableSection variant="container" headerText="Memory, timeout, environment variables">
              <SpaceBetween size="l">
                <TextField label="Description" member="description" error={create.error} value={description} onChange={setDescription} />
                <NumberField label="Memory (MB)" member="memorySize" error={create.error} value={memorySize} onChange={setMemorySize} />
                <NumberField label="Timeout (seconds)" member="timeout" error={create.error} value={timeout} onChange={setTimeout} />
                <VariablesField variables={variables} onChange={setVariables} error={create.error} />
              </SpaceBetween>
            </ExpandableSection>
          </SpaceBetween>
        </Form>
      </form>
    </Page>
  );
}

function tellOfCreation(created: FunctionChanged): void {
  tellOfChange(`Function ${created.name} was created`, created);
  go(links.function(created.name));
}
