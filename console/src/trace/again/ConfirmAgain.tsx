import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation } from '@tanstack/react-query';
import { send } from '../../api/request';
import type { TraceRequest } from '../../api/types';
import { links } from '../../routing/links';
import { go } from '../../routing/usePlace';
import { notify } from '../../shell/notices';
import { linkToComparison } from '../compare/linkToComparison';
import { JsonText } from '../Details/JsonText';
import { nameOf } from './InvokeAgain';

interface ConfirmAgainProps {
  traceId: string;
  request: TraceRequest;
  onClose: () => void;
}

/** Shows the event before the function gets it once more: what it does may be done twice by that. */
export function ConfirmAgain({ traceId, request, onClose }: ConfirmAgainProps) {
  const again = useMutation({
    mutationFn: () => send('post', '/traces/{traceId}/requests/{requestId}/again', { path: { traceId, requestId: request.requestId } }),
    onSuccess: (invoked) => {
      notify({
        type: invoked.functionError === null ? 'success' : 'warning',
        header: invoked.isAsynchronous
          ? `${nameOf(request)} was sent the event again`
          : `${nameOf(request)} was invoked again${invoked.functionError === null ? '' : ' and failed'}`,
        action: <Button href={linkToComparison(traceId, invoked.traceId)}>Compare with the first</Button>,
      });
      go(links.trace(invoked.traceId));
    },
  });
  return (
    <Modal
      visible
      size="large"
      header={`Invoke ${nameOf(request)} again`}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>Cancel</Button>
            <Button variant="primary" loading={again.isPending} onClick={() => { again.mutate(); }}>Invoke</Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        {again.error && <Alert type="error" header="The function was not invoked">{again.error.message}</Alert>}
        <Box>
          {request.event?.isAsynchronous ? 'It is sent this event for later, as before.' : 'It is invoked with this event and answers at once, as before.'}{' '}
          The new invocation has a trace of its own.
        </Box>
        <JsonText of={parsed(request.event?.payload ?? '{}')} />
      </SpaceBetween>
    </Modal>
  );
}

// The server took it in as JSON, but numbers beyond JavaScript's would read back as others: those are shown as text.
function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}
