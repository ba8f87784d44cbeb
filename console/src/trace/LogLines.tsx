import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TraceRequest } from '../api/types';
import { useTraceRequests } from '../api/useTrace';
import { LogLines as FunctionLogLines } from '../functions/logs/LogLines';
import { links } from '../routing/links';
import { Failure } from '../shell/Failure';
import './logLines.css';

/** What the functions of a trace logged while they worked on it. */
export function LogLines({ traceId, rowId }: { traceId: string; rowId?: string }) {
  const { data, error, refetch } = useTraceRequests(traceId);
  if (error) return <Failure header="The log lines could not be read" error={error} onRetry={() => void refetch()} />;
  if (!data) return <StatusIndicator type="loading">Reading log lines</StatusIndicator>;
  const requests = data.requests.filter((request) => rowId === undefined || request.rowId === rowId);
  if (requests.length === 0) return <Box padding="m">No function of this server was invoked in this trace.</Box>;
  return (
    <div className="log-requests">
      <SpaceBetween size="m">
        {requests.map((request) => (
          <OneRequest key={request.rowId} request={request} />
        ))}
      </SpaceBetween>
    </div>
  );
}

function OneRequest({ request }: { request: TraceRequest }) {
  const { functionName, requestId, lines, lineCount, logGroup } = request;
  return (
    <section aria-label={`Log of ${functionName}`}>
      <Box variant="h4" tagOverride="h3">
        {request.functionExists ? <Link href={links.functionLogs(functionName)}>{functionName}</Link> : functionName}{' '}
        <Box variant="small" display="inline">request <span className="id">{requestId}</span></Box>
      </Box>
      <FunctionLogLines lines={lines} empty={`Nothing is in ${logGroup} for this request: nothing was logged, or it is not kept any more.`} />
      {lineCount > lines.length && <Box variant="small">{`${lineCount - lines.length} more lines are in the function's log`}</Box>}
    </section>
  );
}
