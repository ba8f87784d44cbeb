import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { useState } from 'react';
import type { TraceRequest } from '../../api/types';
import { useTraceRequests } from '../../api/useTrace';
import { ConfirmAgain } from './ConfirmAgain';

/** Invokes a function of a trace with the same event, where that was kept; a trace of no function has no such button. */
export function InvokeAgain({ traceId }: { traceId: string }) {
  const { data } = useTraceRequests(traceId);
  const [chosen, setChosen] = useState<TraceRequest | null>(null);
  const requests = data?.requests ?? [];
  const [only] = requests;
  if (only === undefined) return null;
  return (
    <>
      {requests.length === 1 ? (
        <Button {...stateOf(only)} iconName="redo" onClick={() => { setChosen(only); }}>Invoke again</Button>
      ) : (
        <ButtonDropdown
          items={requests.map((request) => ({ id: request.rowId, text: nameOf(request), ...stateOf(request) }))}
          onItemClick={({ detail }) => {
            setChosen(requests.find(({ rowId }) => rowId === detail.id) ?? null);
          }}
        >
          Invoke again
        </ButtonDropdown>
      )}
      {chosen && <ConfirmAgain traceId={traceId} request={chosen} onClose={() => { setChosen(null); }} />}
    </>
  );
}

export function nameOf({ functionName, qualifier }: TraceRequest): string {
  return qualifier === null ? functionName : `${functionName}:${qualifier}`;
}

function stateOf({ event, functionExists, functionName }: TraceRequest): { disabled: boolean; disabledReason?: string } {
  if (!functionExists) return { disabled: true, disabledReason: `There is no function ${functionName} any more.` };
  if (event) return { disabled: false };
  return {
    disabled: true,
    disabledReason: 'The event was not kept: the newest of traced invocations are, up to 100 for each function and 256 kB each (--kept-events-max).',
  };
}
