import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Grid from '@cloudscape-design/components/grid';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { FunctionRun } from '../../api/types';
import { links } from '../../routing/links';
import { formatDuration } from '../../units/durations';
import { LogLines } from '../logs/LogLines';
import { useRunLog } from '../queries';
import { formatJson } from './eventText';
import { reportOf } from './report';
import { RunTrace } from './RunTrace';
import './test.css';

interface RunResultProps {
  name: string;
  run: FunctionRun;
}

/** What came of a test: result, log and trace. */
export function RunResult({ name, run }: RunResultProps) {
  const isQueued = run.payload === null;
  // The log of an event that is handled later grows while it is looked at.
  const later = useRunLog(name, run.requestId, run.started, isQueued);
  const lines = isQueued ? (later.data?.lines ?? []) : run.log;
  const report = reportOf(lines);
  return (
    <SpaceBetween size="l">
      <Grid gridDefinition={[{ colspan: { default: 12, s: 6 } }, { colspan: { default: 12, s: 6 } }]}>
        <Container fitHeight header={<Header variant="h2" actions={<Button href={links.trace(run.traceId)}>Open the trace</Button>}>Result</Header>}>
          <SpaceBetween size="m">
            <div role="status"><Outcome run={run} /></div>
            {run.payload !== null && <pre className="payload" tabIndex={0} aria-label="Response">{formatJson(run.payload)}</pre>}
            <KeyValuePairs
              columns={3}
              items={[
                { label: 'Waited', value: run.took === null ? '–' : formatDuration(run.took) },
                { label: 'Duration', value: report.duration ?? '–' },
                { label: 'Init duration', value: report.initDuration ?? (report.duration ? 'None: warm start' : '–') },
                { label: 'Billed duration', value: report.billedDuration ?? '–' },
                { label: 'Memory used', value: report.memoryUsed ?? '–' },
                { label: 'Version', value: run.executedVersion ?? '–' },
                { label: 'Request ID', value: <span className="id">{run.requestId}</span> },
              ]}
            />
          </SpaceBetween>
        </Container>
        <Container fitHeight header={<Header variant="h2" description="All that the invocation has written.">Log</Header>}>
          <LogLines lines={lines} loading={isQueued && later.isPending} empty={isQueued ? 'Nothing was logged yet.' : 'Nothing was logged, or the role may not log.'} />
        </Container>
      </Grid>
      <Container disableContentPaddings header={<Header variant="h2" description={<Box variant="span" fontSize="body-s"><span className="id">{run.traceId}</span></Box>}>Trace</Header>}>
        <RunTrace id={run.traceId} />
      </Container>
    </SpaceBetween>
  );
}

function Outcome({ run }: { run: FunctionRun }) {
  if (run.payload === null) return <StatusIndicator type="pending">Accepted; the function handles it later</StatusIndicator>;
  if (run.functionError !== null) return <StatusIndicator type="error">The function failed ({run.functionError})</StatusIndicator>;
  return <StatusIndicator>The function succeeded</StatusIndicator>;
}
