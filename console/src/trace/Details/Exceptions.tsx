import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Cause, TraceException } from './cause';
import './details.css';

interface ExceptionsProps {
  cause: Cause;
  /** The row that describes the exception which this one only names. */
  causeRowId: string | null;
  onSelect: (rowId: string) => void;
}

/** The exceptions behind a failed row, with their stacks. */
export function Exceptions({ cause, causeRowId, onSelect }: ExceptionsProps) {
  if (cause.kind === 'reference') {
    return (
      <Box>
        Passed on from another row of the trace: exception <span className="id">{cause.exceptionId}</span>.{' '}
        {causeRowId !== null && (
          <Link href="#" onFollow={(event) => { event.preventDefault(); onSelect(causeRowId); }}>Go to the row that has it</Link>
        )}
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
