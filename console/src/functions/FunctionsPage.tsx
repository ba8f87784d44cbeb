import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { hrefTo } from '../routing/place';
import { Failure } from '../shell/Failure';
import { Page } from '../shell/Page';
import { ResourceTable } from '../tables/ResourceTable';
import { columns } from './columns';
import { useFunctions } from './queries';

const minutes = 60;

/** All functions, with how they fared in the last hour. */
export function FunctionsPage() {
  const { data, error, isPending, refetch } = useFunctions(minutes);
  return (
    <Page title="Functions" contentType="table">
      <SpaceBetween size="m">
        {error && <Failure header="The functions could not be read" error={error} onRetry={() => void refetch()} />}
        {data?.isWhole === false && <Alert type="info">These are the first {data.functions.length} functions; the AWS CLI lists all of them.</Alert>}
        {(data ?? !error) && (
          <ResourceTable
            id="functions"
            title="Functions"
            description="Invocations, errors and throttles are those of the last hour."
            isPage
            items={data?.functions ?? []}
            loading={isPending}
            columns={columns}
            keyOf={({ name }) => name}
            textOf={({ name, runtime, description, state }) => `${name} ${runtime} ${description} ${state}`}
            actions={[<CreateButton key="create" />]}
            empty={<NoFunctions />}
          />
        )}
      </SpaceBetween>
    </Page>
  );
}

function CreateButton() {
  return <Button variant="primary" href={hrefTo(['new-function'])}>Create function</Button>;
}

function NoFunctions() {
  return (
    <Box textAlign="center" padding="l">
      <SpaceBetween size="s" alignItems="center">
        <Box variant="strong">There is no function yet</Box>
        <Box color="inherit">Create one from a zip, or deploy a folder with <Box variant="code">lambray deploy DIR</Box>.</Box>
        <SpaceBetween direction="horizontal" size="xs" alignItems="center">
          <CreateButton />
          <Button href={hrefTo(['start'])}>Try a sample</Button>
        </SpaceBetween>
      </SpaceBetween>
    </Box>
  );
}
