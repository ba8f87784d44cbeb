import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Cause, TraceException } from './cause';
import './details.css';

/** The exceptions behind a failed row, with their stacks. */
export function Exceptions({ cause }: { cause: Cause }) {
  if (cause.kind === 'reference') {
    return (
      <Box>
        Passed on from another row of the trace: exception <span className="id">{cause.exceptionId}</span>.
      </Box>
    );
  }
  return (
    <SpaceBetween size="l">
      {cause.exceptions.map((exception, index) => (
        <OneException key={index} exception={exception} />
      ))}
    </SpaceBetween>
  );
}

function OneException({ exception }: { exception: TraceException }) {
  const { type, message, remote, stack, truncated } = exception;
  return (
    <div className="details-exception">
      <Box variant="h4" display="inline">{type}</Box>
      {remote && <Box variant="small" display="inline"> thrown by the service that was called</Box>}
      <div className="details-value">{message}</div>
      {stack.length > 0 && <pre>{stack.join('\n')}</pre>}
      {truncated > 0 && <Box variant="small">{truncated} more frames were not sent</Box>}
    </div>
  );
}
