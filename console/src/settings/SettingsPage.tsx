import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ServerSettings } from '../api/types';
import { Failure } from '../shell/Failure';
import { Page } from '../shell/Page';
import { formatBytes } from '../units/bytes';
import { EncryptionForm } from './EncryptionForm';
import { IndexingForm } from './IndexingForm';
import { LambdaSamplingForm } from './LambdaSamplingForm';
import { useSession } from '../signin/useSession';
import { useSettings } from './queries';

/** How the server runs, how clients reach it, and what can be changed while it does. */
export function SettingsPage() {
  const { data, error, refetch } = useSettings();
  return (
    <Page title="Settings">
      <SpaceBetween size="l">
        <Header variant="h1" description="How this server runs. What can be changed at once has a button; the rest is set when the server is started.">Settings</Header>
        {error && <Failure header="The settings could not be read" error={error} onRetry={() => void refetch()} />}
        {!data && !error && <StatusIndicator type="loading">Reading the settings</StatusIndicator>}
        {data && (
          <SpaceBetween size="l">
            <Endpoints settings={data} />
            <LambdaSamplingForm sampling={data.lambdaSampling} configured={data.configuredSampling} />
            <EncryptionForm keyId={data.encryption.keyId} />
            <IndexingForm percentage={data.indexing.desiredPercentage} />
            <Account settings={data} />
            <Server settings={data} />
          </SpaceBetween>
        )}
      </SpaceBetween>
    </Page>
  );
}

function Endpoints({ settings: { server } }: { settings: ServerSettings }) {
  const endpoint = window.location.origin;
  const isSigned = useSession().data?.isRequired ?? false;
  const keys = isSigned ? 'AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=…' : 'AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test';
  return (
    <Container header={<Header variant="h2" description={`Any AWS client reaches this server by its endpoint; ${isSigned ? 'requests have to be signed with an access key of this account, such as the root\u2019s, which “lambray credentials” shows on the server\u2019s machine.' : 'credentials may be any.'}`}>For clients</Header>}>
      <KeyValuePairs
        columns={1}
        items={[
          { label: 'AWS CLI', value: <Copyable text={`aws --endpoint-url ${endpoint} --region ${server.region} lambda list-functions`} what="command" /> },
          { label: 'SDKs that read it from the environment', value: <Copyable text={`export AWS_ENDPOINT_URL=${endpoint} AWS_DEFAULT_REGION=${server.region} ${keys}`} what="line" /> },
          {
            label: 'X-Ray SDKs',
            value: server.daemon === null ? 'No X-Ray daemon runs in this server.' : <Copyable text={`export AWS_XRAY_DAEMON_ADDRESS=${server.daemon}`} what="line" />,
          },
        ]}
      />
    </Container>
  );
}

function Copyable({ text, what }: { text: string; what: string }) {
  return <CopyToClipboard variant="inline" textToCopy={text} copyButtonAriaLabel={`Copy the ${what}`} copySuccessText="Copied" copyErrorText="It could not be copied" />;
}

function Account({ settings: { account, server } }: { settings: ServerSettings }) {
  return (
    <Container header={<Header variant="h2" description="Set when the server is started, each by its option.">Account</Header>}>
      <KeyValuePairs
        columns={4}
        items={[
          { label: 'Account', value: set(server.accountId, 'account-id') },
          { label: 'Region', value: set(server.region, 'region') },
          { label: 'Concurrent executions', value: set(`${account.concurrentExecutions}, ${account.unreservedConcurrentExecutions} of them unreserved`, 'concurrent-executions') },
          {
            label: 'Code storage',
            value: set(`${formatBytes(account.codeBytes)} of ${formatBytes(account.codeBytesMax)}, ${account.functions === 1 ? '1 function' : `${account.functions} functions`}`, 'code-storage'),
          },
        ]}
      />
    </Container>
  );
}

function Server({ settings: { server, machine } }: { settings: ServerSettings }) {
  return (
    <Container header={<Header variant="h2" description="Set when the server is started, each by its option, its variable (--logs-max is LAMBRAY_LOGS_MAX) or the configuration file.">Server</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'Version', value: `Lambray ${server.version}` },
          { label: 'Data directory', value: set(server.dataDirectory, 'data-dir') },
          { label: 'Isolation of functions', value: set(server.isolation, 'isolation') },
          { label: 'Network of functions', value: set(server.network, 'network') },
          {
            label: 'Environments',
            value: set(`At most ${machine.environmentsMax}, promised at most ${machine.memoryMax} MB, kept ${machine.idleSecondsMax / 60} min without work`, 'environments-max', 'memory'),
          },
          { label: 'Traces are kept', value: set(`${server.traceRetentionDays} days`, 'trace-retention') },
          { label: 'Logs are kept', value: set(`The newest ${server.logsMaxMegabytes} MB`, 'logs-max') },
          { label: 'Calls that no SDK records', value: set(server.recordsCalls ? 'Shown, marked as inferred' : 'Not shown, as in AWS', 'record-calls') },
        ]}
      />
    </Container>
  );
}

/** A value with the options of `lambray serve` that set it. */
function set(value: string | undefined, ...options: string[]) {
  return (
    <>
      {value}
      <Box variant="small" display="block">
        {options.map((option) => `--${option}`).join(', ')}
      </Box>
    </>
  );
}
