import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { send } from '../api/request';
import { useChange } from '../api/useChange';
import { links } from '../routing/links';
import { hrefTo } from '../routing/place';
import { go } from '../routing/usePlace';
import { notify } from '../shell/notices';
import { Page } from '../shell/Page';

/** What an empty server shows: one click to a first trace, and the ways to one's own. */
export function StartPage() {
  const first = useChange(() => send('post', '/start/first-trace', {}), {
    topics: ['functions', 'traces', 'environments'],
    onDone: ({ function: name, traceId, failed }) => {
      notify(
        failed
          ? { type: 'warning', header: `${name} failed`, content: 'Its trace and its log say why.' }
          : { type: 'success', header: `${name} ran, and this is its trace`, content: 'Its role, its bucket and the function were made for it; they are yours to keep, change or delete.' },
      );
      go(links.trace(traceId));
    },
  });
  return (
    <Page title="Start">
      <SpaceBetween size="l">
        <Header variant="h1" description="AWS Lambda and AWS X-Ray in one program: functions run here, and every request is seen through.">Welcome to Lambray</Header>
        <Container header={<Header variant="h2">See a first trace</Header>}>
          <SpaceBetween size="m">
            <Box>
              One click creates a small function with its execution role and a bucket, invokes it, and opens the trace: from the Lambda service through its cold start to the object that it
              puts into S3.
            </Box>
            <Button variant="primary" loading={first.isPending} loadingText="Creating and invoking" onClick={() => { first.mutate(undefined); }}>Create and trace a sample</Button>
            {first.error && <Alert type="error" header="The sample could not be run">{first.error.message}</Alert>}
          </SpaceBetween>
        </Container>
        <ColumnLayout columns={2}>
          <Container header={<Header variant="h2">Your own function</Header>}>
            <SpaceBetween size="m">
              <Box>Upload a zip, or deploy a folder from a terminal:</Box>
              <Command text="lambray deploy my-function" />
              <Button href={hrefTo(['new-function'])}>Create function</Button>
            </SpaceBetween>
          </Container>
          <Container header={<Header variant="h2">Your own clients</Header>}>
            <SpaceBetween size="m">
              <Box>The AWS CLI, SDKs and infrastructure tools as they are, by endpoint URL:</Box>
              <Command text={`aws --endpoint-url ${window.location.origin} lambda list-functions`} />
              <Button href={hrefTo(['settings'])}>All about this server</Button>
            </SpaceBetween>
          </Container>
        </ColumnLayout>
      </SpaceBetween>
    </Page>
  );
}

function Command({ text }: { text: string }) {
  return <CopyToClipboard variant="inline" textToCopy={text} copyButtonAriaLabel="Copy the command" copySuccessText="Command copied" copyErrorText="The command could not be copied" />;
}
