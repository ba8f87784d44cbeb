import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { TraceTimeline } from '../api/types';
import { StatusLabel } from '../status/StatusLabel';
import { formatExactDuration } from '../units/durations';
import { formatExactMoment, isOffUtc } from '../units/moments';
import { TraceActions } from './TraceActions';

/** What a trace was, in one line, and what can be done with it. */
export function TraceHeader({ trace }: { trace: TraceTimeline }) {
  const start = trace.startTime;
  return (
    <Container
      header={
        <Header variant="h1" actions={<TraceActions trace={trace} />}>
          Trace <TraceId id={trace.id} />
        </Header>
      }
    >
      <KeyValuePairs
        columns={4}
        items={[
          { label: 'Status', value: <StatusLabel status={trace.status} /> },
          { label: 'Duration', value: <span className="number">{formatExactDuration(trace.duration)}</span> },
          {
            label: 'Start time',
            value: (
              <span className="number">
                {formatExactMoment(start, 'local')}
                {isOffUtc(start) && <Box variant="small" display="block">{formatExactMoment(start, 'utc')}</Box>}
              </span>
            ),
          },
          { label: 'Segments and subsegments', value: trace.rows.length },
        ]}
      />
    </Container>
  );
}

function TraceId({ id }: { id: string }) {
  return (
    <>
      <span className="id">{id}</span>{' '}
      <CopyToClipboard
        variant="icon"
        textToCopy={id}
        copyButtonAriaLabel="Copy trace id"
        copySuccessText="Trace id copied"
        copyErrorText="The trace id could not be copied"
      />
    </>
  );
}
